package parse

import (
	"strconv"
	"strings"

	ext "github.com/mmcdole/gofeed/extensions"

	"warta/sources"
)

// reading is what the readers of the dialects share: the skeleton's notes and
// the document that is filled.
type reading struct {
	*written
	doc *sources.Document
}

func (r *reading) text(s string) sources.Text {
	n := r.notes.get(s)
	return sources.Text{Value: n.value, Type: n.typ, Language: n.lang, Base: n.base, Src: n.src}
}

// headText, headStr and headStatement return what the head says under the
// first of some names.
func (r *reading) headText(names ...string) sources.Text {
	n := r.firstSaid(names)
	return sources.Text{Value: n.value, Type: n.typ, Language: n.lang, Base: n.base, Src: n.src}
}

func (r *reading) headStr(names ...string) string { return trimmed(r.firstSaid(names).value) }

func (r *reading) headStatement(name, where string) (sources.Statement, bool) {
	return stated(r.kept[name], where)
}

func (r *reading) firstSaid(names []string) note {
	for _, name := range names {
		if n, ok := r.kept[name]; ok {
			return n
		}
	}
	return note{}
}

// statement is a text construct about rights.
func (r *reading) statement(s, where string) (sources.Statement, bool) {
	return stated(r.notes.get(s), where)
}

func stated(n note, where string) (sources.Statement, bool) {
	return sources.Statement{Text: trimmed(n.value), Where: where, Type: n.typ, Language: n.lang, Base: n.base}, trimmed(n.value) != ""
}

// str and date return a value that came back from gofeed.
func (r *reading) str(s string) string        { return trimmed(r.notes.str(s)) }
func (r *reading) date(s string) sources.Date { return sources.Date{Raw: r.str(s)} }

// extensions are the elements of other vocabularies, by prefix and name.
type extensions struct {
	r *reading
	m ext.Extensions
}

func (x extensions) all(prefix, name string) []ext.Extension { return x.m[prefix][name] }

// texts returns what every element of that name says.
func (x extensions) texts(prefix, name string) (out []string) {
	for _, e := range x.m[prefix][name] {
		if v := x.r.str(e.Value); v != "" {
			out = append(out, v)
		}
	}
	return out
}

// first returns the text of the first of these elements that says anything.
func (x extensions) first(prefix string, names ...string) string {
	for _, n := range names {
		for _, e := range x.m[prefix][n] {
			if v := x.r.str(e.Value); v != "" {
				return v
			}
		}
	}
	return ""
}

// last is first from the other end: of dates that are stated again the later
// one holds.
func (x extensions) last(prefix, name string) string {
	list := x.m[prefix][name]
	for i := len(list) - 1; i >= 0; i-- {
		if v := x.r.str(list[i].Value); v != "" {
			return v
		}
	}
	return ""
}

func (x extensions) construct(prefix, name string) (sources.Text, bool) {
	for _, e := range x.m[prefix][name] {
		if t := x.r.text(e.Value); t.Value != "" || t.Src != "" {
			if t.Type == "" {
				t.Type = "text"
			}
			return t, true
		}
	}
	return sources.Text{}, false
}

// attr returns an attribute of an extension element.
func (r *reading) attr(e ext.Extension, name string) string { return r.str(e.Attrs[name]) }

func (r *reading) child(e ext.Extension, name string) string {
	for _, c := range e.Children[name] {
		if v := r.str(c.Value); v != "" {
			return v
		}
	}
	return ""
}

// links reads atom:link elements wherever they are not at home.
func (x extensions) links() (out []sources.Link) {
	for _, e := range x.all("atom", "link") {
		if l := x.r.link(e); l.Href != "" {
			out = append(out, l)
		}
	}
	return out
}

func (r *reading) link(e ext.Extension) sources.Link {
	l := sources.Link{Rel: r.attr(e, "rel"), Href: r.attr(e, "href"), Type: r.attr(e, "type"),
		Language: r.attr(e, "hreflang"), Title: r.attr(e, "title"), Length: number(r.attr(e, "length"))}
	if l.Rel == "" {
		l.Rel = "alternate"
	}
	l.Rel = relation(l.Rel)
	return l
}

// relation gives a registered relation its short name (RFC 4287 section 4.2.7.2).
func relation(rel string) string {
	return strings.TrimPrefix(rel, "http://www.iana.org/assignments/relation/")
}

func number(s string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// persons reads atom:author or atom:contributor outside Atom.
func (x extensions) persons(prefix, name, role string) (out []sources.Person) {
	for _, e := range x.all(prefix, name) {
		p := sources.Person{Role: firstOf(x.r.attr(e, "role"), role), Name: x.r.child(e, "name"), Email: firstOf(x.r.child(e, "email"), x.r.attr(e, "email")), URL: x.r.child(e, "uri")}
		if p.URL == "" {
			p.URL = x.r.child(e, "url")
		}
		if v := x.r.str(e.Value); p.Name == "" && v != "" {
			p = personFrom(v, role)
		}
		if p.Raw = p.Name; p.Name != "" || p.Email != "" || p.URL != "" {
			out = append(out, p)
		}
	}
	return out
}

// creators reads persons of Dublin Core, with what another warta says of them
// in attributes.
func (x extensions) creators(name, role string) (out []sources.Person) {
	for _, e := range x.all("dc", name) {
		if v := x.r.str(e.Value); v != "" {
			p := personFrom(v, firstOf(x.r.attr(e, "role"), role))
			p.URL, p.Email = firstOf(p.URL, x.r.attr(e, "url")), firstOf(p.Email, x.r.attr(e, "email"))
			out = append(out, p)
		}
	}
	return out
}

// replies reads thr:in-reply-to (RFC 4685 section 3).
func (x extensions) replies() (out []sources.Reply) {
	for _, e := range x.all("thr", "in-reply-to") {
		out = append(out, sources.Reply{Ref: x.r.attr(e, "ref"), Href: x.r.attr(e, "href"), Source: x.r.attr(e, "source")})
	}
	return out
}

// gone reads warta:notice of a withdrawal: RSS has no tombstones, so another
// warta says within the item that it was withdrawn, when and why.
func (x extensions) gone() *sources.Tombstone {
	for _, e := range x.all("warta", "notice") {
		if x.r.attr(e, "kind") == "withdrawal" {
			return &sources.Tombstone{When: sources.Date{Raw: x.r.attr(e, "when")}, Comment: x.r.str(e.Value)}
		}
	}
	return nil
}

// maxTold bounds how many notices are taken from one item.
const maxTold = 8

// told reads warta:notice of corrections and replies, as another warta passes
// them on.
func (x extensions) told() (out []sources.Told) {
	for _, e := range x.all("warta", "notice") {
		t := sources.Told{
			Kind: sources.AmendmentKind(x.r.attr(e, "kind")), When: sources.Date{Raw: x.r.attr(e, "when")},
			Words: x.r.str(e.Value), Quote: x.r.attr(e, "quote"), URL: x.r.attr(e, "href"),
		}
		if (t.Kind == sources.Corrects || t.Kind == sources.Replies) && len(out) < maxTold {
			out = append(out, t)
		}
	}
	return out
}

// tombstones reads at:deleted-entry (RFC 6721 section 3).
func (x extensions) tombstones() (out []sources.Tombstone) {
	for _, e := range x.all("at", "deleted-entry") {
		t := sources.Tombstone{Ref: x.r.attr(e, "ref"), When: sources.Date{Raw: x.r.attr(e, "when")}, Comment: x.r.child(e, "comment")}
		for _, by := range e.Children["by"] {
			t.By = sources.Person{Name: x.r.child(by, "atom.name"), Email: x.r.child(by, "atom.email"), URL: x.r.child(by, "atom.uri")}
			if t.By.Name == "" {
				t.By.Name = x.r.child(by, "name")
			}
		}
		if t.Ref != "" {
			out = append(out, t)
		}
	}
	return out
}

// derivedFrom reads dc:source, what the item was made from: an address is a
// link to it, a name that of an outlet.
func (x extensions) derivedFrom(it *sources.Item, feed string) {
	for _, v := range x.texts("dc", "source") {
		switch {
		case v == it.Link:
		case webAddress(v):
			it.Links = append(it.Links, sources.Link{Rel: "via", Href: v})
		case it.Origin == nil && len(v) <= 100 && !strings.EqualFold(v, feed):
			it.Origin = &sources.Origin{Title: v}
		}
	}
}

// provenance reads where another warta found the text to have appeared first.
func (x extensions) provenance(it *sources.Item) {
	if x.first("warta", "use") == "" {
		return
	}
	for _, v := range x.texts("dcterms", "source") {
		it.Provenance = append(it.Provenance, sources.Provenance{Text: v, Outlet: v})
	}
}

// categories reads dc:subject, media:category, media:keywords, itunes:keywords
// and itunes:category.
func (x extensions) categories() (out []sources.Category) {
	for _, p := range [...]string{"atom", "rss"} {
		for _, e := range x.all(p, "category") {
			c := sources.Category{Term: firstOf(x.r.attr(e, "term"), x.r.str(e.Value)), Scheme: firstOf(x.r.attr(e, "scheme"), x.r.attr(e, "domain")), Label: x.r.attr(e, "label")}
			if c.Term != "" || c.Label != "" {
				out = append(out, c)
			}
		}
	}
	for _, v := range x.texts("dc", "subject") {
		out = append(out, sources.Category{Term: v})
	}
	for _, e := range x.mediaCategories() {
		c := sources.Category{Term: x.r.str(e.Value), Scheme: x.r.attr(e, "scheme"), Label: x.r.attr(e, "label")}
		if c.Scheme == "" {
			c.Scheme = "http://search.yahoo.com/mrss/category_schema"
		}
		if c.Term != "" {
			out = append(out, c)
		}
	}
	var itunes func(list []ext.Extension)
	itunes = func(list []ext.Extension) {
		for _, e := range list {
			if v := x.r.attr(e, "text"); v != "" {
				out = append(out, sources.Category{Term: v, Scheme: "http://www.itunes.com/"})
			}
			itunes(e.Children["category"])
		}
	}
	itunes(x.all("itunes", "category"))
	for _, v := range x.texts("media", "keywords") {
		for _, w := range strings.Split(v, ",") {
			if w = trimmed(w); w != "" {
				out = append(out, sources.Category{Term: w})
			}
		}
	}
	for _, n := range [...][3]string{{"itunes", "keywords", "http://www.itunes.com/"}, {"w", "keywords"}} {
		for _, v := range x.texts(n[0], n[1]) {
			for w := range strings.SplitSeq(v, ",") {
				if w = trimmed(w); w != "" {
					out = append(out, sources.Category{Term: w, Scheme: n[2]})
				}
			}
		}
	}
	return out
}
