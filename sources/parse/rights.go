package parse

import (
	"slices"
	"sort"
	"strings"

	ext "github.com/mmcdole/gofeed/extensions"

	"warta/sources"
)

// statements collects what is said about rights in words.
func (x extensions) statements(where string) (out []sources.Statement) {
	for _, n := range [...][2]string{{"w", "rights"}, {"dc", "rights"}, {"dcterms", "rights"}, {"atom", "rights"}, {"rss", "copyright"},
		{"media", "copyright"}, {"prism", "copyright"}, {"dcterms", "accessrights"}} {
		for _, e := range x.all(n[0], n[1]) {
			name := strings.TrimPrefix(n[0]+":"+n[1], "w:")
			if s, ok := x.r.statement(e.Value, where+" "+name); ok {
				out = append(out, s)
			}
		}
	}
	for _, p := range [...]string{"creativeCommons", "cc"} { // a licence in words is no address, but a statement
		for _, v := range x.texts(p, "license") {
			if !strings.Contains(v, "://") {
				out = append(out, sources.Statement{Text: v, Where: where + " " + p + ":license"})
			}
		}
	}
	return out
}

// licenses collects links to licences of the text; media:license speaks of the
// media it stands with (Media RSS 1.5.1) and must not open the story.
func (x extensions) licenses() (out []string) {
	add := func(v string) {
		if v = trimmed(v); v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	for _, l := range x.links() {
		if isLicense(l.Rel) {
			add(l.Href)
		}
	}
	for _, p := range [...]string{"creativeCommons", "cc", "dcterms"} {
		for _, e := range x.all(p, "license") {
			for _, a := range [...]string{"resource", "href", "about"} {
				add(x.r.attr(e, a))
			}
			if v := x.r.str(e.Value); strings.Contains(v, "://") {
				add(v)
			}
		}
	}
	for _, v := range x.texts("w", "license") {
		add(v)
	}
	return out
}

// isLicense reports whether a link relation is "license", in whatever case (RFC
// 8288 section 2.1.1) or spelt as the address that it stands for (RFC 4287
// section 4.2.7.2).
func isLicense(rel string) bool {
	rel = strings.TrimSpace(rel)
	return strings.EqualFold(rel, "license") || strings.EqualFold(rel, "http://www.iana.org/assignments/relation/license")
}

// signals keeps markup that speaks of rights and has no field of its own.
func (x extensions) signals(where string) (out []sources.Signal) {
	add := func(prefix string, list []ext.Extension) {
		for _, e := range list {
			attrs := make(map[string]string, len(e.Attrs))
			for k, v := range e.Attrs {
				attrs[k] = x.r.str(v)
			}
			s := sources.Signal{Name: prefix + ":" + e.Name, Value: x.r.str(e.Value), Attrs: attrs, Where: where}
			var b strings.Builder
			x.r.spell(&b, prefix, e)
			s.Markup = b.String()
			out = append(out, s)
		}
	}
	for _, n := range [...][2]string{{"access", "restriction"}, {"itunes", "block"}, {"media", "restriction"}, {"media", "rights"}, {"podcast", "locked"}, {"podcast", "license"}, {"dcterms", "available"}} {
		add(n[0], x.all(n[0], n[1]))
	}
	for _, e := range x.all("w", "embargoed") {
		v := x.r.str(e.Value)
		out = append(out, sources.Signal{Name: "embargoed", Value: v, Where: where, Markup: "<embargoed>" + v + "</embargoed>"})
	}
	add("odrl", x.all("odrl", "haspolicy"))
	for _, p := range [...]string{"rsl", "tdm"} {
		names := make([]string, 0, len(x.m[p]))
		for n := range x.m[p] {
			names = append(names, n)
		}
		sort.Strings(names)
		for _, n := range names {
			add(p, x.m[p][n])
		}
	}
	return out
}

// spell writes an extension element out again.
func (r *reading) spell(b *strings.Builder, prefix string, e ext.Extension) {
	quote := func(s string) string { return string(appendEscaped(nil, []byte(s))) }
	name := prefix + ":" + e.Name
	if p, l, ok := strings.Cut(e.Name, "."); ok {
		name = p + ":" + l
	}
	b.WriteString("<" + name)
	keys := make([]string, 0, len(e.Attrs))
	for k := range e.Attrs {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		b.WriteString(" " + k + `="` + quote(r.str(e.Attrs[k])) + `"`)
	}
	b.WriteString(">" + quote(r.str(e.Value)))
	names := make([]string, 0, len(e.Children))
	for n := range e.Children {
		names = append(names, n)
	}
	sort.Strings(names)
	for _, n := range names {
		for _, c := range e.Children[n] {
			r.spell(b, prefix, c)
		}
	}
	b.WriteString("</" + name + ">")
}

// rootSignals keeps what the root element says of indexing in an attribute:
// indexing:index="no" (urn:atom-extension:indexing), under whatever prefix.
func rootSignals(d *decoder, t token) []sources.Signal {
	prefix := "indexing"
	list := attributes{d.doc[t.in:t.out]}
	for a, ok := list.next(); ok; a, ok = list.next() {
		if p, own := strings.CutPrefix(string(a.name), "xmlns:"); own && strings.Trim(string(a.value), white) == "urn:atom-extension:indexing" {
			prefix = p
		}
	}
	value := d.attribute(t, prefix+":index")
	if value == "" {
		return nil
	}
	return []sources.Signal{{Name: "indexing:index", Value: value, Where: "feed", Markup: prefix + `:index="` + value + `"`}}
}
