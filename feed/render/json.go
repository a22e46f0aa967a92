package render

import (
	"io"
	"strconv"
	"time"

	"warta/feed"
	"warta/sources"
)

// object builds a JSON object member by member, leaving out what is empty.
// encoding/json would need a struct for each and escapes HTML.
type object struct {
	b    []byte
	more bool
}

func (o *object) key(k string) {
	if o.more {
		o.b = append(o.b, ',')
	}
	o.more = true
	o.b = append(append(append(o.b, '"'), k...), `":`...)
}

func (o *object) str(k, s string) {
	if s != "" {
		o.key(k)
		o.b = append(escape(append(o.b, '"'), s, jsonEscapes), '"')
	}
}

// html is a string put together from parts.
func (o *object) html(k string, parts ...string) {
	o.key(k)
	o.b = append(o.b, '"')
	for _, p := range parts {
		o.b = escape(o.b, p, jsonEscapes)
	}
	o.b = append(o.b, '"')
}

// exact is an id: control characters are kept, as JSON can hold them.
func (o *object) exact(k, s string) {
	o.key(k)
	o.b = append(exact(append(o.b, '"'), s), '"')
}

func (o *object) num(k string, n int64) {
	if n > 0 {
		o.key(k)
		o.b = strconv.AppendInt(o.b, n, 10)
	}
}

func (o *object) yes(k string, v bool) {
	if v {
		o.key(k)
		o.b = append(o.b, "true"...)
	}
}

func (o *object) time(k string, t time.Time) {
	if statable(t) {
		o.key(k)
		o.b = append(t.UTC().AppendFormat(append(o.b, '"'), time.RFC3339), '"')
	}
}

func (o *object) strs(k string, ss []string) {
	list(o, k, ss, func(b []byte, s string) []byte {
		if s == "" {
			return b
		}
		return append(escape(append(b, '"'), s, jsonEscapes), '"')
	})
}

// obj is a nested object, left out if f writes nothing.
func (o *object) obj(k string, f func(*object)) {
	start, more := len(o.b), o.more
	o.key(k)
	in := object{b: append(o.b, '{')}
	f(&in)
	if o.b = append(in.b, '}'); !in.more {
		o.b, o.more = o.b[:start], more
	}
}

// list is an array of what each appends, left out if that is nothing.
func list[T any](o *object, k string, vs []T, each func([]byte, T) []byte) {
	if len(vs) == 0 {
		return
	}
	start, more := len(o.b), o.more
	o.key(k)
	o.b = append(o.b, '[')
	had := false
	for _, v := range vs {
		comma := len(o.b)
		if had {
			o.b = append(o.b, ',')
		}
		n := len(o.b)
		if o.b = each(o.b, v); len(o.b) == n {
			o.b = o.b[:comma]
			continue
		}
		had = true
	}
	if o.b = append(o.b, ']'); !had {
		o.b, o.more = o.b[:start], more
	}
}

// objects is an array of objects.
func objects[T any](o *object, k string, vs []T, each func(*object, T)) {
	list(o, k, vs, func(b []byte, v T) []byte {
		in := object{b: append(b, '{')}
		if each(&in, v); !in.more {
			return b
		}
		return append(in.b, '}')
	})
}

func appendFloat(b []byte, f float64) []byte { return strconv.AppendFloat(b, f, 'f', -1, 64) }

// exact escapes s for JSON and changes nothing but bytes that are no UTF-8.
func exact(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < ' ':
			b = append(b, `\u00`...)
			b = append(b, hex[r>>4], hex[r&15])
		default:
			b = append(b, string(r)...)
		}
	}
	return b
}

// jsonItem appends an item (JSON Feed 1.1) with our member, _warta.
func jsonItem(b []byte, x *facts) []byte {
	e := x.e
	o := object{b: append(b, '{')}
	o.exact("id", x.id)
	o.str("url", x.link)
	o.str("title", x.title)
	o.html("content_html", x.notice, first(x.content, x.summary), x.credit)
	o.str("summary", x.abstract())
	if e.Image != nil {
		o.str("image", href(e.Image.URL))
	}
	o.time("date_published", e.Published)
	o.time("date_modified", x.modified)
	objects(&o, "authors", x.authors, func(o *object, p sources.Person) {
		o.str("name", p.Name)
		o.str("url", p.URL)
	})
	o.strs("tags", tags(x))
	o.str("language", x.lang)
	objects(&o, "attachments", e.Enclosures, jsonAttachment)
	o.obj("_warta", func(o *object) { wartaMember(o, x) })
	return append(o.b, '}')
}

func tags(x *facts) []string {
	out := make([]string, 0, len(x.e.Categories)+1)
	for _, c := range x.e.Categories {
		out = append(out, first(oneLine(c.Label), oneLine(c.Term)))
	}
	if x.e.Advertorial {
		out = append(out, x.words.advertorial)
	}
	return out
}

func jsonAttachment(o *object, c sources.Enclosure) {
	if u := href(c.URL); u != "" {
		o.str("url", u)
		o.str("mime_type", first(c.Type, "application/octet-stream"))
		o.str("title", oneLine(c.Title))
		o.num("size_in_bytes", c.Length)
	}
}

// jsonDocument writes a feed. Authors stand on items alone, which would
// otherwise inherit the feed's.
func jsonDocument(w io.Writer, h *Head, fragments [][]byte) error {
	o := object{b: append(make([]byte, 0, 1024), "{\n"...)}
	o.str("version", "https://jsonfeed.org/version/1.1")
	o.key("title")
	o.b = append(escape(append(o.b, '"'), first(oneLine(h.Channel.Title), h.Channel.ID), jsonEscapes), '"')
	o.str("home_page_url", h.Page)
	o.str("feed_url", h.Self)
	o.str("description", oneLine(h.Channel.Description))
	for _, l := range h.Links {
		if l.Rel == "next" {
			o.str("next_url", l.Href)
			break
		}
	}
	o.str("language", h.language())
	objects(&o, "hubs", h.Hubs, func(o *object, u string) {
		o.str("type", "WebSub")
		o.str("url", u)
	})
	o.obj("_warta", func(o *object) {
		o.str("about", AboutURL(h.Site))
		o.time("updated", h.Updated)
		objects(o, "publisher", []sources.Person{h.publisher()}, jsonPerson)
		objects(o, "links", h.Links, func(o *object, l sources.Link) {
			o.str("rel", l.Rel)
			o.str("url", l.Href)
		})
		o.yes("archive", h.Archive)
		o.yes("complete", h.Complete)
		jsonGone(o, h.Gone)
	})
	b := append(o.b, ",\n\"items\":[\n"...)
	return writeParts(w, b, fragments, ",\n", "\n]\n}\n")
}

// AboutURL is where it says who publishes here and what the _warta member is.
func AboutURL(site feed.Site) string { return site.URL + "about/" }
