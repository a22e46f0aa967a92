package config

import (
	"fmt"
	"strings"
)

// expand replaces ${NAME} and ${NAME:-default} by variables of the
// environment, and $${ by a plain ${. What a variable holds is not expanded
// again. It works on one value at a time, after YAML was read, so that a
// variable can't bring in keys.
func expand(s string, env func(string) (string, bool)) (out string, used bool, err error) {
	if !strings.Contains(s, "${") {
		return s, false, nil
	}
	var b strings.Builder
	for {
		i := strings.Index(s, "${")
		if i < 0 {
			b.WriteString(s)
			return b.String(), used, nil
		}
		if i > 0 && s[i-1] == '$' {
			b.WriteString(s[:i-1] + "${")
			s = s[i+2:]
			continue
		}
		b.WriteString(s[:i])
		end := strings.IndexByte(s[i:], '}')
		if end < 0 {
			return "", used, fmt.Errorf("%q is not closed by }", s[i:])
		}
		name, fallback, hasFallback := strings.Cut(s[i+2:i+end], ":-")
		if !isVariable(name) {
			return "", used, fmt.Errorf("%q names no variable", s[i:i+end+1])
		}
		v, ok := env(name)
		switch {
		case hasFallback && v == "":
			v = fallback
		case !ok:
			return "", used, fmt.Errorf("the environment variable %s is not set", name)
		}
		b.WriteString(v)
		used = true
		s = s[i+end+1:]
	}
}

func isVariable(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}
