package storetest

import (
	"flag"
	"strconv"
	"testing"
)

// FewChecks has a property that opens databases tried a quarter as often under
// the race detector, which sees in the first tries whatever it will ever see.
func FewChecks(t testing.TB) {
	t.Helper()
	f := flag.Lookup("rapid.checks")
	if !raced || f == nil {
		return
	}
	before := f.Value.String()
	n, err := strconv.Atoi(before)
	if err != nil {
		t.Fatal(err)
	}
	set := func(s string) {
		if err := f.Value.Set(s); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { set(before) })
	set(strconv.Itoa(max(1, n/4)))
}
