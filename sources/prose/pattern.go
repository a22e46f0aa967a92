package prose

import (
	"regexp"
	"sync"
)

// Pattern compiles a pattern when it is first needed: most runs need few. Patterns
// are in small letters and meet text made so by Lower, which costs less than
// ignoring case in every comparison.
func Pattern(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp {
		re, err := regexp.Compile(pattern)
		if err != nil { // seen by the tests, which need each
			return nil
		}
		return re
	})
}
