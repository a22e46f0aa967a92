package render

import (
	"strings"
	"time"

	"warta/feed"
	"warta/sources"
)

// CreditLine is the one visible line that says whose a story is, for readers
// that show nothing else: byline with roles, outlet, agency, dateline, the
// story's address and its terms, in the given language ("id" or "en"). Wording
// that the owner demands, else the operator's, stands first, and what it says
// is not said again; what it leaves out is added.
func CreditLine(e *feed.Entry, d feed.Decision, language string) (html, text string) {
	p := partiesOf(e, &d)
	return creditLine(e, &d, wordsFor(language), &p)
}

// segment is a piece of the line; href makes it a link, joined puts it right
// behind the one before.
type segment struct {
	label, text, href string
	joined            bool
}

const (
	maxTerms   = 240 // of the owner's words in the line; the whole stands in rights
	maxAddress = 160
)

func creditLine(e *feed.Entry, d *feed.Decision, w *words, p *parties) (html, text string) {
	segs := segments(e, d, w, p, maxTerms)
	h := append(make([]byte, 0, 1024), `<p class="warta-credit"><small>— `...)
	t := append(make([]byte, 0, 512), "— "...)
	for i, s := range segs {
		if i > 0 && !s.joined {
			h, t = append(h, " · "...), append(t, " · "...)
		}
		h, t = escape(h, s.label, htmlEscapes), append(t, s.label...)
		if s.href != "" {
			h = append(escape(append(h, `<a href="`...), s.href, htmlEscapes), `">`...)
		}
		h = escape(h, s.text, htmlEscapes)
		if s.href != "" {
			h = append(h, "</a>"...)
		}
		t = append(t, s.text...)
	}
	return string(append(h, "</small></p>"...)), string(t)
}

func segments(e *feed.Entry, d *feed.Decision, w *words, p *parties, most int) []segment {
	a := &e.Attribution
	segs := make([]segment, 0, 12)
	var said string
	var used map[string]bool
	if form := oneLine(first(d.CreditLine, d.CreditForm)); form != "" {
		segs, said, used = worded(form, e, d, w, p, most)
	}
	// add leaves out what the wording already says.
	add := func(label, text, href string) {
		if text != "" && !says(said, text) {
			segs = append(segs, segment{label: label, text: text, href: href})
		}
	}
	if e.Advertorial {
		add("", w.advertorial, "")
	}
	add(w.by, names(p.byline), "")
	for i, helpers := 0, p.others; i < len(helpers); {
		n := i + 1
		for n < len(helpers) && helpers[n].Role == helpers[i].Role {
			n++
		}
		add(w.role(helpers[i].Role)+": ", names(helpers[i:n]), "")
		i = n
	}
	add("", oneLine(a.Credit), "")
	add(w.source, p.source.Title, p.source.URL)
	if s := oneLine(a.Source.Title); a.Origin != nil && s != "" && s != p.source.Title {
		add(w.via, s, href(a.Source.URL))
	}
	for _, o := range firstOutlets(a, &p.source) {
		add(w.first, oneLine(o.Outlet), href(o.URL))
	}
	add(w.agency, oneLine(a.Agency), "")
	add("", oneLine(a.Dateline), "")
	if e.Image != nil {
		add(w.photo, first(oneLine(e.Image.Credit), oneLine(e.Image.Copyright)), "")
	}
	if !used["link"] {
		label := w.original
		if !p.paged {
			label = w.unpaged
		}
		segs = append(segs, segment{label: label, text: shortAddress(p.link), href: p.link})
	}
	if used["terms"] {
		return segs
	}
	return termSegments(segs, e, d, w, p, most)
}

// termSegments adds on what terms the story stands here.
func termSegments(segs []segment, e *feed.Entry, d *feed.Decision, w *words, p *parties, most int) []segment {
	before := len(segs)
	for _, l := range p.licences {
		if l == Unspecified {
			continue
		}
		segs = append(segs, segment{label: w.licence, text: first(licenceName(l), shortAddress(l)), href: href(l)})
	}
	for _, l := range wordedLicences(e) {
		segs = append(segs, segment{label: w.licence, text: cut(l, most)})
	}
	words := terms(e, p.source.Rights)
	if words != "" {
		segs = append(segs, segment{text: cut(words, most)})
	}
	if len(segs) == before {
		segs = append(segs, segment{label: w.rights, text: first(oneLine(e.Attribution.Holder), p.source.Title)})
	}
	if d.Permission != "" {
		segs = append(segs, segment{text: w.permitted})
	}
	return segs
}

// names lists people.
func names(ps []sources.Person) string {
	switch len(ps) {
	case 0:
		return ""
	case 1:
		return ps[0].Name
	}
	var b strings.Builder
	for i, p := range ps {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(p.Name)
	}
	return b.String()
}

// shortAddress shows an address where only text is shown: whole, unless it is
// too long to be read by anybody.
func shortAddress(s string) string {
	if len(s) <= maxAddress {
		return s
	}
	scheme, rest, _ := strings.Cut(s, "://")
	name, _, _ := strings.Cut(rest, "/")
	return scheme + "://" + name + "/…"
}

// noticeHTML is what happened to a story later, where readers see it first:
// corrections, replies, updates; what, when and where it is explained (Pedoman
// Pemberitaan Media Siber, butir 4.b, 4.c).
func noticeHTML(e *feed.Entry, w *words, zone *time.Location) string {
	notices := e.Notices()
	if len(notices) == 0 {
		return ""
	}
	b := make([]byte, 0, 256*len(notices))
	for i := range notices {
		b = oneNotice(b, &notices[i], w, zone)
	}
	return string(b)
}

// noticeText is noticeHTML for readers of plain text.
func noticeText(e *feed.Entry, w *words, zone *time.Location) string {
	var list []string
	for _, n := range e.Notices() {
		home := href(n.URL)
		n.URL = ""
		list = append(list, strings.TrimSpace(plain(string(oneNotice(nil, &n, w, zone)))+" "+home))
	}
	return strings.Join(list, "\n")
}

// NoticeName is what people call a kind of notice.
func NoticeName(k feed.NoticeKind, language string) string {
	return first(wordsFor(language).notices[k], string(k))
}

func oneNotice(b []byte, n *feed.Notice, w *words, zone *time.Location) []byte {
	b = append(b, `<p class="warta-notice"><strong>`...)
	b = escape(b, first(w.notices[n.Kind], string(n.Kind)), htmlEscapes)
	if statable(n.When) {
		b = append(b, ", "...)
		b = append(b, w.moment(n.When, zone)...)
	}
	b = append(b, ":</strong> "...)
	if n.Kind == feed.Withdrawal {
		by := w.origin
		if n.By == "operator" {
			by = w.operator
		}
		b = append(append(append(b, w.withdrawnBy...), ' '), by...)
		b = append(b, ". "...)
		if n.Reason != "" {
			b = append(append(b, w.reason...), ": "...)
		}
	}
	b = escape(b, oneLine(n.Reason), htmlEscapes)
	if q := oneLine(n.Quote); q != "" {
		b = append(escape(append(append(append(b, ' '), w.quoted...), "“"...), q, htmlEscapes), "”"...)
	}
	if u := href(n.URL); u != "" {
		b = append(escape(append(b, ` <a href="`...), u, htmlEscapes), `">`...)
		b = append(append(b, w.more...), "</a>"...)
	}
	return append(b, "</p>"...)
}
