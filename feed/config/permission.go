package config

import (
	"fmt"
	"regexp"
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
		Credit:    o.creditForms(checkDemand),
	}
	if s, ok := o.scalar("source"); ok {
		p.Source = s.text
		l.refer(s.place, sourceSection.name, s.text)
	}
	p.Use, _ = o.use("use", feed.Headline, feed.Excerpt, feed.Full)
	p.Images, _ = o.boolean("images")
	p.Enclosures, _ = o.boolean("enclosures")
	p.Basis = o.basis()
	p.Article = o.article(p.Basis)
	for name, on := range map[string]bool{"images": p.Images, "enclosures": p.Enclosures} {
		if on && p.Basis == feed.Statutory {
			o.problem(name, "a statutory ground covers the text alone, no pictures and no files", "take "+name+" out; where their owner granted them, record that as a permission of its own")
		}
	}
	p.Abridging = o.answer("abridging")
	p.Commerce = o.answer("commerce")
	p.Indexing, _ = o.boolean("indexing")
	p.PerDay, _ = o.whole("per_day", 1, 10000)
	if p.Use == feed.Excerpt && p.Abridging == feed.No {
		o.problem("abridging", "an excerpt is an abridged text: use: excerpt and abridging: false exclude each other", "write use: full, or use: headline")
	}
	// The days are whole only when the zone is known, which another file may say.
	from, until := o.day("from"), o.day("until")
	if from != nil && until != nil && until.before(*from) {
		o.problem("until", fmt.Sprintf("until (%s) is before from (%s)", until, from), "until is the last day that counts; change one of the two")
	}
	p.Notify = o.notify(until != nil)
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

// checkDemand looks at a wording that an owner demands: what it leaves out of
// whose a story is will be added.
func checkDemand(wording string) error {
	_, err := feed.ParseCredit(wording)
	return err
}

func (o *object) basis() feed.Basis {
	words := make([]string, len(feed.Bases))
	for i, b := range feed.Bases {
		words[i] = string(b)
	}
	word, ok := o.choice("basis", words)
	if !ok {
		return ""
	}
	return feed.Basis(word)
}

// article is the article of the law that a statutory ground rests on; other
// grounds have none.
func (o *object) article(basis feed.Basis) string {
	article := o.text("article")
	const example = `for example article: "UU 28/2014 Pasal 43 huruf c"`
	switch {
	case basis == feed.Statutory && !o.has("article"):
		o.problem("basis", "the basis statutory needs the article of the law it rests on", example)
	case basis != feed.Statutory && basis != "" && o.has("article"):
		o.problem("article", "article belongs to the basis statutory, not to "+string(basis), "file what was agreed under document")
	}
	return article
}

// answer is a yes or no that may also be left open.
func (o *object) answer(name string) feed.Answer { return feed.AnswerOf(o.boolean(name)) }

// usualNotify is how long before its end the operator is told of a permission
// that says nothing about it.
const usualNotify = 30 * 24 * time.Hour

func (o *object) notify(ends bool) time.Duration {
	if !o.has("notify") {
		return usualNotify
	}
	d, _ := o.duration("notify", 0, 366*24*time.Hour)
	if !ends {
		o.problem("notify", "notify says how long before its end to tell, but the permission has no until", "add until, or take notify out")
	}
	return d
}

// day is a day of the calendar, without a zone yet.
type day struct {
	year  int
	month time.Month
	day   int
}

func (d day) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day) }

func (d day) before(e day) bool { return d.String() < e.String() }

// midnight is the first moment of the day, or of one some days later. Where
// clocks are put forward at midnight that is when they are: the day begins at
// one o'clock, for which time.Date may give the hour before.
func (d day) midnight(later int, zone *time.Location) time.Time {
	t := time.Date(d.year, d.month, d.day+later, 0, 0, 0, 0, zone)
	if t.Hour() != 0 {
		if start, end := t.ZoneBounds(); t.Hour() > 12 && !end.IsZero() {
			return end
		} else if t.Hour() <= 12 && !start.IsZero() {
			return start
		}
	}
	return t
}

var writtenDay = regexp.MustCompile(`^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$`)

var isoDay = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

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
	if err != nil && isoDay.MatchString(s.raw) {
		hint = "there is no such day"
	} else if m := writtenDay.FindStringSubmatch(s.raw); m != nil {
		hint = fmt.Sprintf("write the year first: %s-%02s-%02s", m[3], m[2], m[1])
	} else if len(s.raw) > 10 && err != nil {
		if _, err := time.Parse(time.DateOnly, s.raw[:10]); err == nil {
			hint = "a day without a time: " + s.raw[:10]
		}
	}
	o.problem(name, fmt.Sprintf("%s can't be %s", name, s.shown()), hint)
	return nil
}
