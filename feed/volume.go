package feed

import (
	"strconv"
	"strings"
	"time"
)

// Volume is one archive document of a channel (RFC 5005 section 4): entries of
// one month, of UTC, that were filed together. It never gains an entry. One of
// which readers must be told again leaves it, and is filed anew later.
type Volume struct {
	Channel string
	Number  int64  // its place in the chain of the channel's volumes, from 1
	Month   string // such as 2026-11
	Part    int    // of the volumes of that month, from 1
}

// Name is the volume's name below its channel: its month, and its part unless
// that is the first.
func (v Volume) Name() string {
	if v.Part <= 1 {
		return v.Month
	}
	return v.Month + "-" + strconv.Itoa(v.Part)
}

const monthForm = "2006-01"

// VolumeMonth is the month that an entry of a time is filed under.
func VolumeMonth(t time.Time) string { return t.UTC().Format(monthForm) }

// ParseVolume reads a volume's name.
func ParseVolume(channel, name string) (Volume, bool) {
	v := Volume{Channel: channel, Month: name, Part: 1}
	if len(name) > len(monthForm) {
		part, ok := strings.CutPrefix(name[len(monthForm):], "-")
		n, err := strconv.Atoi(part)
		if !ok || err != nil || n < 2 || strconv.Itoa(n) != part {
			return Volume{}, false
		}
		v.Month, v.Part = name[:len(monthForm)], n
	}
	t, err := time.Parse(monthForm, v.Month)
	return v, err == nil && t.Format(monthForm) == v.Month
}

// Unfiled is a member of a channel that is in no volume yet.
type Unfiled struct {
	EntryID string
	Time    time.Time // its place in the channel's order
}
