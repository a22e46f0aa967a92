package feed

import (
	"testing"
	"time"
)

func TestVolumeName(t *testing.T) {
	for _, name := range []string{"2026-11", "2026-11-2", "0999-01-30"} {
		v, ok := ParseVolume("paser", name)
		if !ok || v.Name() != name || v.Channel != "paser" {
			t.Errorf("%s: %+v, %v", name, v, ok)
		}
	}
	for _, name := range []string{"", "2026", "2026-13", "2026-1", "2026-11-", "2026-11-1", "2026-11-02", "2026-11--2", "2026-11x", "2026-11-9999999999999999999999", "２０２６-11"} {
		if v, ok := ParseVolume("paser", name); ok {
			t.Errorf("%q is taken for %+v", name, v)
		}
	}
	if got := VolumeMonth(time.Date(2026, 12, 1, 6, 0, 0, 0, time.FixedZone("WITA", 8*3600))); got != "2026-11" {
		t.Errorf("in UTC it was still November, not %s", got)
	}
}
