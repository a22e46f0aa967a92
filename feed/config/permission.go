package config

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"warta/feed"
)

// permission reads one grant of an owner.
func (l *loader) permission(v value) {
	o, ok := l.object(v, permissionSection)
	if !ok {
		return
	}
	o.require("id", "source", "use", "basis")
	p := feed.Permission{
		ID:        o.id(),
		Audience:  o.audience(),
		GrantedBy: o.text("granted_by"),
		Document:  o.text("document"),
		Credit:    o.text("credit"),
	}
	if s, ok := o.scalar("source"); ok {
		p.Source = s.text
		l.refer(s.place, sourceSection.name, s.text)
	}
	p.Use, _ = o.use("use", feed.Headline, feed.Excerpt, feed.Full)
	p.Images, _ = o.boolean("images")
	p.Enclosures, _ = o.boolean("enclosures")
	p.Basis = o.basis(p.Document)
	// The days are whole only when the zone is known, which another file may say.
	from, until := o.day("from"), o.day("until")
	if from != nil && until != nil && until.before(*from) {
		o.problem("until", fmt.Sprintf("until (%s) is before from (%s)", until, from), "")
	}
	i := len(l.cfg.Permissions)
	l.cfg.Permissions = append(l.cfg.Permissions, p)
	l.later = append(l.later, func() {
		if from != nil {
			l.cfg.Permissions[i].From = from.midnight(0, l.cfg.TimeZone)
		}
		if until != nil { // the last day counts: the end is the midnight after it
			l.cfg.Permissions[i].Until = until.midnight(1, l.cfg.TimeZone)
		}
	})
}

func (o *object) basis(document string) feed.Basis {
	words := make([]string, len(feed.Bases))
	for i, b := range feed.Bases {
		words[i] = string(b)
	}
	word, ok := o.choice("basis", words)
	if !ok {
		return ""
	}
	if feed.Basis(word) == feed.Statutory && document == "" {
		o.problem("basis", "the basis statutory needs the article it rests on", `for example document: "UU 28/2014, pasal 43 huruf c"`)
	}
	return feed.Basis(word)
}

// audience is public, or partner:ID.
func (o *object) audience() feed.Audience {
	s, ok := o.scalar("audience")
	if !ok {
		return feed.Public
	}
	if s.text == string(feed.Public) {
		return feed.Public
	}
	if id, is := strings.CutPrefix(s.text, "partner:"); is && isID(id) {
		o.l.refer(s.place, partnerSection.name, id)
		return feed.Audience(s.text)
	}
	hint := "choose public or partner:ID"
	if isID(s.raw) && nearest(s.raw, []string{"public"}) == "" {
		hint = fmt.Sprintf("did you mean \"partner:%s\"?", s.raw)
	}
	o.problem("audience", fmt.Sprintf("audience can't be %s", s.shown()), hint)
	return feed.Public
}

// day is a day of the calendar, without a zone yet.
type day struct {
	year  int
	month time.Month
	day   int
}

func (d day) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day) }

func (d day) before(e day) bool { return d.String() < e.String() }

// midnight is the first moment of the day, or of one some days later.
func (d day) midnight(later int, zone *time.Location) time.Time {
	return time.Date(d.year, d.month, d.day+later, 0, 0, 0, 0, zone)
}

var writtenDay = regexp.MustCompile(`^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$`)

// day is a date as ISO 8601 writes it: 2026-12-31.
func (o *object) day(name string) *day {
	s, ok := o.scalar(name)
	if !ok {
		return nil
	}
	t, err := time.Parse(time.DateOnly, s.text)
	if err == nil && t.Year() >= 1900 {
		return &day{t.Year(), t.Month(), t.Day()}
	}
	hint := "write year-month-day, as in 2026-12-31"
	if m := writtenDay.FindStringSubmatch(s.raw); m != nil {
		hint = fmt.Sprintf("write the year first: %s-%02s-%02s", m[3], m[2], m[1])
	} else if len(s.raw) > 10 && err != nil {
		if _, err := time.Parse(time.DateOnly, s.raw[:10]); err == nil {
			hint = "a day without a time: " + s.raw[:10]
		}
	}
	o.problem(name, fmt.Sprintf("%s can't be %s", name, s.shown()), hint)
	return nil
}
