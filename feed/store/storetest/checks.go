package storetest

import (
	"flag"
	"strconv"
	"testing"
)

// FewChecks has a property that opens databases tried an eighth as often under
// the race detector, which sees in the first tries whatever it will ever see.
func FewChecks(t testing.TB) {
	t.Helper()
	f := flag.Lookup("rapid.checks")
	if !Raced || f == nil {
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
	set(strconv.Itoa(max(1, n/8)))
}

// Passes reports whether the i-th of many captured cases is passed over: five of
// six under the race detector, which sees in the first whatever it will ever
// see, and 19 of 20 with -short.
func Passes(i int) bool {
	return testing.Short() && i%20 != 0 || Raced && i%6 != 0
}
