package config

import (
	"fmt"
	"time"

	"warta/sources"
)

const (
	slowest = 30 * 24 * time.Hour
	// politest is how often at most a public site is asked. Tests and intranets
	// (fetch.allow_private) may go down to quickest.
	politest = time.Minute
	quickest = 100 * time.Millisecond
)

// fetch reads how sources are visited.
func (l *loader) fetch(o *object) {
	to := &l.cfg.Fetch
	if b, ok := o.boolean("allow_private"); ok {
		to.AllowPrivate = b
	}
	if b, ok := o.boolean("pages"); ok {
		to.Pages = b
	}
	if r, ok := o.every(); ok {
		if r.Min > 0 {
			to.Every.Min = r.Min
		}
		if r.Max > 0 {
			to.Every.Max = r.Max
		}
		// The bound that was not given follows the one that was.
		if r.Max == 0 {
			to.Every.Max = max(to.Every.Max, r.Min)
		}
		if r.Min == 0 {
			to.Every.Min = min(to.Every.Min, to.Every.Max)
		}
	}
	if d, ok := o.duration("timeout", 100*time.Millisecond, 10*time.Minute); ok {
		to.Timeout = d
	}
	if n, ok := o.size("max_body", 1<<10, 1<<30); ok {
		to.MaxBody = n
	}
	if n, ok := o.whole("workers", 1, 256); ok {
		to.Workers = n
	}
}

// every is a mapping of min and max; a bound that is missing is zero.
func (o *object) every() (r sources.Rhythm, ok bool) {
	f, ok := o.fields["every"]
	if !ok {
		return r, false
	}
	if s, is := o.section.key("every"); is && !isMapping(f.value.node) {
		hint := "for example " + s.example
		if kind(f.value.node) == "text" {
			hint = fmt.Sprintf("for example every: {min: %s}", f.value.node.GetToken().Value)
		}
		o.problem("every", "every must be a mapping of min and max, not "+kind(f.value.node), hint)
		return r, false
	}
	e, _ := o.l.object(f.value, everySection)
	r.Min, _ = e.duration("min", quickest, slowest)
	r.Max, _ = e.duration("max", quickest, slowest)
	if r.Min > 0 && r.Max > 0 && r.Min > r.Max {
		e.problem("min", fmt.Sprintf("min (%s) is longer than max (%s)", formatDuration(r.Min), formatDuration(r.Max)), "")
		return r, false
	}
	for name, d := range map[string]time.Duration{"min": r.Min, "max": r.Max} {
		if d > 0 && d < politest {
			at := e.placeOf(name)
			o.l.later = append(o.l.later, func() { o.l.checkPolite(at, name) })
		}
	}
	return r, true
}

// checkPolite waits for the whole, because allow_private may stand elsewhere.
func (l *loader) checkPolite(at place, name string) {
	if !l.cfg.Fetch.AllowPrivate {
		l.problem(at, fmt.Sprintf("every.%s must be at least %s for sites of others", name, formatDuration(politest)),
			"shorter only with fetch.allow_private, for tests and intranets")
	}
}
