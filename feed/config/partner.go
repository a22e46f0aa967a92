package config

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"warta/feed"
)

// formats are those that a partner's contract may be narrowed to, as the names
// of documents end.
var formats = []string{"atom", "rss", "json", "ninjs", "html"}

// partner reads one portal and its contract.
func (l *loader) partner(v value) {
	o, ok := l.object(v, partnerSection)
	if !ok {
		return
	}
	o.require("id", "channels")
	p := feed.Partner{
		ID:      o.id(),
		Title:   o.text("title"),
		Use:     feed.Full,
		Contact: o.contact(),
		Webhook: o.webhook(),

		WebhookSecret: o.secret("webhook_secret"),
	}
	p.Title = cmp.Or(p.Title, p.ID)
	for _, s := range o.scalars("channels") {
		l.refer(s.place, channelSection.name, s.text)
		p.Channels = append(p.Channels, s.text)
	}
	if use, ok := o.use("use", feed.Headline, feed.Excerpt, feed.Full); ok {
		p.Use = use
	}
	if commercial, ok := o.boolean("commercial"); ok {
		p.Noncommercial = !commercial
	}
	p.Formats, p.Limit, p.Addresses = o.formats(), o.rate("limit"), o.addresses("addresses")
	from, until := o.day("from"), o.day("until")
	if from != nil && until != nil && until.before(*from) {
		o.problem("until", fmt.Sprintf("until (%s) is before from (%s)", until, from), "")
	}
	i := len(l.cfg.Partners)
	l.cfg.Partners = append(l.cfg.Partners, p)
	l.later = append(l.later, func() {
		if from != nil {
			l.cfg.Partners[i].From = from.midnight(0, l.cfg.TimeZone)
		}
		if until != nil { // the last day counts, as with permissions
			l.cfg.Partners[i].Until = until.midnight(1, l.cfg.TimeZone)
		}
	})
}

// scalars are the elements of a list of single words, each given once.
func (o *object) scalars(name string) []scalar {
	k, _ := o.section.key(name)
	var out []scalar
	for _, v := range o.list(name) {
		if isMapping(v.node) || kind(v.node) == "a list" || kind(v.node) == "nothing" {
			o.l.problem(v.place, fmt.Sprintf("%s must be %s, not of %s", name, k.takes, kind(v.node)), "for example "+k.example)
			continue
		}
		s, ok := o.l.scalar(v)
		if !ok {
			continue
		}
		if slices.ContainsFunc(out, func(other scalar) bool { return other.text == s.text }) {
			o.l.problem(v.place, fmt.Sprintf("%s stands twice in %s", s.shown(), name), "")
			continue
		}
		out = append(out, s)
	}
	return out
}

func (o *object) formats() []string {
	if n, ok := o.fields["formats"].value.node.(*ast.SequenceNode); ok && len(n.Values) == 0 {
		o.problem("formats", "formats names none", "leave the key out for all of them")
	}
	var out []string
	for _, s := range o.scalars("formats") {
		if !slices.Contains(formats, s.text) {
			hint := "choose from " + strings.Join(formats, ", ")
			if near := nearest(s.raw, formats); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			o.l.problem(s.place, fmt.Sprintf("there is no format %s", s.shown()), hint)
			continue
		}
		out = append(out, s.text)
	}
	return out
}

// spans are the times a limit may speak of.
var spans = map[string]time.Duration{"s": time.Second, "m": time.Minute, "h": time.Hour, "d": 24 * time.Hour}

const mostRequests = 1_000_000

// rate is a number of requests in a time, such as 600/h.
func (o *object) rate(name string) feed.Limit {
	s, ok := o.scalar(name)
	if !ok {
		return feed.Limit{}
	}
	const hint = "write requests/time, as in 600/h, 10/m, 5000/d or 2/s"
	head, unit, found := strings.Cut(s.text, "/")
	n, err := strconv.Atoi(strings.TrimSpace(head))
	per, known := spans[strings.TrimSpace(unit)]
	switch {
	case !found || err != nil || !known:
		o.problem(name, fmt.Sprintf("%s can't be %s", name, s.shown()), hint)
	case n < 1 || n > mostRequests:
		o.problem(name, fmt.Sprintf("the requests of %s must be from 1 to %d, not %d", name, mostRequests, n), "leave the key out for no limit")
	default:
		return feed.Limit{Requests: n, Per: per}
	}
	return feed.Limit{}
}

// addresses are single addresses and ranges in the notation of CIDR.
func (o *object) addresses(name string) []netip.Prefix {
	var out []netip.Prefix
	for _, s := range o.scalars(name) {
		if a, err := netip.ParseAddr(s.text); err == nil && a.Zone() == "" {
			a = a.Unmap()
			out = append(out, netip.PrefixFrom(a, a.BitLen()))
			continue
		}
		r, err := netip.ParsePrefix(s.text)
		switch {
		case err != nil:
			o.l.problem(s.place, fmt.Sprintf("%s is no address or range of addresses", s.shown()), `for example "192.0.2.7", "192.0.2.0/24" or "2001:db8::/32"`)
		case r.Masked() != r:
			o.l.problem(s.place, fmt.Sprintf("%s is an address within a range, not the range", s.shown()), fmt.Sprintf("did you mean %q?", r.Masked()))
		default:
			out = append(out, r)
		}
	}
	return out
}

// secret is a text that nobody guesses. It is never repeated in a message.
func (o *object) secret(name string) string {
	s, ok := o.scalar(name)
	if !ok {
		return ""
	}
	if n := len(s.text); !s.isText() && !s.env || n < 16 || n > 200 {
		o.problem(name, name+" must be a text of 16 to 200 characters", `keep it out of the file: webhook_secret: "${PORTAL_SECRET}"`)
		return ""
	}
	return s.text
}

// webhook is an address, or nothing.
func (o *object) webhook() string {
	if n, ok := o.fields["webhook"].value.node.(*ast.StringNode); ok && n.Value == "" {
		return ""
	}
	return o.address("webhook")
}
