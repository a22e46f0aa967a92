package config

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"warta/feed"
)

// boolean is true or false; YAML 1.2 knows no yes, no, on and off.
func (o *object) boolean(name string) (value, ok bool) {
	s, ok := o.scalar(name)
	if !ok {
		return false, false
	}
	if b, is := s.node.(*ast.BoolNode); is {
		return b.Value, true
	}
	if s.env && (s.text == "true" || s.text == "false") {
		return s.text == "true", true
	}
	o.wrong(name, s.found())
	return false, false
}

// whole is a whole number within bounds.
func (o *object) whole(name string, low, high int) (int, bool) {
	s, ok := o.scalar(name)
	if !ok {
		return 0, false
	}
	if _, is := s.node.(*ast.IntegerNode); !is && !s.env {
		o.wrong(name, s.found())
		return 0, false
	}
	n, err := strconv.Atoi(s.text)
	if err != nil {
		o.wrong(name, s.found())
		return 0, false
	}
	if n < low || n > high {
		o.problem(name, fmt.Sprintf("%s must be from %d to %d, not %s", name, low, high, s.raw), "")
		return 0, false
	}
	return n, true
}

// duration is a time such as 30s, 15m, 24h, 7d or 1h30m, within bounds.
func (o *object) duration(name string, low, high time.Duration) (time.Duration, bool) {
	s, ok := o.scalar(name)
	if !ok {
		return 0, false
	}
	d, err := parseDuration(s.text)
	if err != nil {
		hint := "write 30s, 15m, 24h or 7d"
		if _, is := s.node.(*ast.IntegerNode); is {
			hint = fmt.Sprintf("a unit is missing: %ss or %sm", s.raw, s.raw)
		}
		o.problem(name, fmt.Sprintf("%s must be a duration, not %s", name, s.shown()), hint)
		return 0, false
	}
	if d < low || d > high {
		o.problem(name, fmt.Sprintf("%s must be from %s to %s, not %s", name, formatDuration(low), formatDuration(high), s.raw), "")
		return 0, false
	}
	return d, true
}

// parseDuration is time.ParseDuration with days, and no fractions of them.
func parseDuration(s string) (time.Duration, error) {
	var days time.Duration
	if head, rest, ok := strings.Cut(s, "d"); ok {
		n, err := strconv.ParseUint(head, 10, 16)
		if err != nil {
			return 0, fmt.Errorf("reading the days of %q: %w", s, err)
		}
		days, s = time.Duration(n)*24*time.Hour, rest
		if s == "" {
			return days, nil
		}
	}
	d, err := time.ParseDuration(s)
	if err != nil {
		return 0, fmt.Errorf("reading the duration %q: %w", s, err)
	}
	if d > math.MaxInt64-days {
		return 0, fmt.Errorf("the duration %q is too long", s)
	}
	return days + d, nil
}

// formatDuration writes a duration as people do: 15m, not 15m0s.
func formatDuration(d time.Duration) string {
	const day = 24 * time.Hour
	if d >= 2*day && d%day == 0 {
		return strconv.Itoa(int(d/day)) + "d"
	}
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// units of sizes; the two-letter ones are powers of ten (IEC 80000-13).
var units = []struct {
	name string
	n    int64
}{
	{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30},
	{"kB", 1e3}, {"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"B", 1},
}

// size is a number of bytes such as 10MiB or 512KiB, within bounds.
func (o *object) size(name string, low, high int64) (int64, bool) {
	s, ok := o.scalar(name)
	if !ok {
		return 0, false
	}
	n, ok := parseSize(s.text)
	if !ok {
		o.problem(name, fmt.Sprintf("%s must be a size, not %s", name, s.shown()), "write 10MiB, 512KiB or a number of bytes")
		return 0, false
	}
	if n < low || n > high {
		o.problem(name, fmt.Sprintf("%s must be from %s to %s, not %s", name, formatSize(low), formatSize(high), s.raw), "")
		return 0, false
	}
	return n, true
}

func parseSize(s string) (int64, bool) {
	factor := int64(1)
	for _, u := range units {
		if head, ok := strings.CutSuffix(s, u.name); ok {
			s, factor = strings.TrimRight(head, " "), u.n
			break
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 || n > math.MaxInt64/factor {
		return 0, false
	}
	return n * factor, true
}

func formatSize(n int64) string {
	for _, u := range []string{"GiB", "MiB", "KiB"} {
		for _, known := range units {
			if known.name == u && n >= known.n && n%known.n == 0 {
				return strconv.FormatInt(n/known.n, 10) + u
			}
		}
	}
	return strconv.FormatInt(n, 10) + "B"
}

// choice is one of a few words.
func (o *object) choice(name string, valid []string) (string, bool) {
	s, ok := o.scalar(name)
	if !ok {
		return "", false
	}
	for _, v := range valid {
		if s.text == v {
			return v, true
		}
	}
	hint := "choose " + strings.Join(valid, ", ")
	if near := nearest(s.raw, valid); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	o.problem(name, fmt.Sprintf("%s can't be %s", name, s.shown()), hint)
	return "", false
}

// use is one of the uses that are valid here.
func (o *object) use(name string, valid ...feed.Use) (feed.Use, bool) {
	words := make([]string, len(valid))
	for i, u := range valid {
		words[i] = u.String()
	}
	word, ok := o.choice(name, words)
	if !ok {
		return feed.None, false
	}
	u, err := feed.ParseUse(word)
	return u, err == nil
}
