package parse

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode"
)

// What gofeed is given is written anew, member by member: encoding/json would
// refuse a whole feed for one value of the wrong type.

// jsonKind is the type a member should have.
type jsonKind uint8

const (
	jsonString jsonKind = iota + 1
	jsonAny
	jsonAuthor
	jsonAuthorList
	jsonTags
	jsonFile
	jsonFiles
)

var jsonFeedMembers = map[string]jsonKind{
	"version": jsonString, "title": jsonString, "home_page_url": jsonString, "feed_url": jsonString, "description": jsonString,
	"next_url": jsonString, "icon": jsonString, "favicon": jsonString, "language": jsonString, "expired": jsonAny,
	"author": jsonAuthor, "authors": jsonAuthorList,
}

var jsonItemMembers = map[string]jsonKind{
	"id": jsonString, "url": jsonString, "external_url": jsonString, "title": jsonString, "content_html": jsonString,
	"content_text": jsonString, "summary": jsonString, "image": jsonString, "banner_image": jsonString,
	"date_published": jsonString, "date_modified": jsonString, "language": jsonString,
	"author": jsonAuthor, "authors": jsonAuthorList, "tags": jsonTags, "attachments": jsonFiles,
}

var jsonAuthorMembers = map[string]jsonKind{"name": jsonString, "url": jsonString, "avatar": jsonString}

var jsonFileMembers = map[string]jsonKind{"url": jsonString, "mime_type": jsonString, "title": jsonString,
	"size_in_bytes": jsonAny, "duration_in_seconds": jsonAny}

// jsonWriter writes what gofeed reads.
type jsonWriter struct {
	s     jsonScanner
	warn  *warnings
	out   bytes.Buffer
	notes notes // long strings go round gofeed, which decodes each several times
}

// object writes the known members of the object at v.
func (w *jsonWriter) object(v jsonValue, members map[string]jsonKind) {
	w.out.WriteByte('{')
	first := true
	_, _, err := w.s.object(v.start, func(m jsonMember) (int, error) {
		end, ok, err := w.s.skip(m.value.start)
		if err != nil || !ok {
			return -1, err
		}
		m.value.end = end
		w.member(m, members[m.name], &first)
		return end, nil
	})
	if err != nil {
		w.warn.add("wrong-type", v.start, "an object can't be read to its end")
	}
	w.out.WriteByte('}')
}

func (w *jsonWriter) member(m jsonMember, k jsonKind, first *bool) {
	if k == 0 || m.value.end <= m.value.start || w.s.b[m.value.start] == 'n' {
		return
	}
	mark := w.out.Len()
	if !*first {
		w.out.WriteByte(',')
	}
	w.out.Write(w.s.b[m.key.start:m.key.end])
	w.out.WriteByte(':')
	if !w.value(m.value, k) {
		w.out.Truncate(mark)
		w.warn.add("wrong-type", m.value.start, "%q is not of the type it should be and was left out", clip([]byte(m.name)))
		return
	}
	*first = false
}

// value writes a value if it is, or can be read as, of kind k.
func (w *jsonWriter) value(v jsonValue, k jsonKind) bool {
	c := w.s.b[v.start]
	switch k {
	case jsonString:
		return w.str(v)
	case jsonAny:
		if !json.Valid(w.s.b[v.start:v.end]) {
			return false
		}
		w.out.Write(w.s.b[v.start:v.end])
	case jsonAuthor:
		switch c {
		case '{':
			w.object(v, jsonAuthorMembers)
		case '"':
			w.out.WriteString(`{"name":`)
			if !w.str(v) {
				return false
			}
			w.out.WriteByte('}')
		default:
			return false
		}
	case jsonAuthorList:
		return w.list(v, jsonAuthor)
	case jsonTags:
		return w.list(v, jsonString)
	case jsonFile:
		if c != '{' {
			return false
		}
		w.object(v, jsonFileMembers)
	case jsonFiles:
		return w.list(v, jsonFile)
	}
	return true
}

// list writes those elements that are of kind k; one alone counts as a list.
func (w *jsonWriter) list(v jsonValue, k jsonKind) bool {
	w.out.WriteByte('[')
	first := true
	one := func(v jsonValue) {
		mark := w.out.Len()
		if !first {
			w.out.WriteByte(',')
		}
		if c := w.s.b[v.start]; c == 'n' || c == '[' || !w.value(v, k) {
			w.out.Truncate(mark)
			w.warn.add("wrong-type", v.start, "an element of a list is not of the type it should be and was left out")
			return
		}
		first = false
	}
	if w.s.b[v.start] != '[' {
		one(v)
	} else if _, _, err := w.s.elements(v.start, func(v jsonValue) error { one(v); return nil }); err != nil {
		return false
	}
	w.out.WriteByte(']')
	return true
}

// str writes a string, or a number as one. Control characters that should have
// been escaped are.
func (w *jsonWriter) str(v jsonValue) bool {
	raw := w.s.b[v.start:v.end]
	switch c := raw[0]; {
	case c == '{' || c == '[' || c == 't' || c == 'f':
		return false
	case c != '"':
		if bytes.IndexFunc(raw, unicode.IsControl) >= 0 {
			return false
		}
		w.out.Write(appendJSONString(w.out.AvailableBuffer(), string(raw)))
		return true
	}
	mark := w.out.Len()
	control := bytes.IndexFunc(raw, func(r rune) bool { return r < 0x20 })
	if control >= 0 {
		w.warn.add("control-character", v.start+control, "a control character (0x%02X) stands in a string", raw[control])
	}
	if control >= 0 || bytes.IndexByte(raw, '\\') >= 0 && !json.Valid(raw) {
		raw = w.escaped(raw, v.start)
	}
	w.out.Write(raw)
	if b := w.out.Bytes()[mark:]; len(b) > 64 || len(b) > len(noteMark) && string(b[1:1+len(noteMark)]) == noteMark {
		var v string
		if json.Unmarshal(b, &v) != nil {
			return false
		}
		w.out.Truncate(mark)
		w.out.WriteString(`"` + w.notes.add(note{value: v}) + `"`)
	}
	return true
}

// escaped doubles the backslashes of a string that escape nothing, escapes
// line breaks and tabs and leaves out other control characters (RFC 8259
// section 7).
func (w *jsonWriter) escaped(s []byte, offset int) []byte {
	out := make([]byte, 0, len(s)+8)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\n':
			out = append(out, '\\', 'n')
		case c == '\t':
			out = append(out, '\\', 't')
		case c < 0x20:
		case c == '\\' && !escape(s[i+1:]):
			w.warn.add("wrong-escape", offset+i, "a backslash in a string escapes nothing; it was taken as text")
			out = append(out, '\\', '\\')
		case c == '\\':
			out = append(out, c, s[i+1])
			i++
		default:
			out = append(out, c)
		}
	}
	return out
}

// escape reports whether what follows a backslash makes an escape with it.
func escape(s []byte) bool {
	if len(s) == 0 {
		return false
	}
	if s[0] != 'u' {
		return bytes.IndexByte([]byte(`"\/bfnrt`), s[0]) >= 0
	}
	if len(s) < 5 {
		return false
	}
	for _, c := range s[1:5] {
		if (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'f') {
			return false
		}
	}
	return true
}

func appendJSONString(dst []byte, s string) []byte {
	b, err := json.Marshal(strings.ToValidUTF8(s, "\uFFFD"))
	if err != nil {
		return append(dst, `""`...)
	}
	return append(dst, b...)
}
