package normalize

import (
	"html"
	"strings"

	"golang.org/x/net/html/atom"

	"warta/sources"
)

// titleText makes a text construct plain: markup off, entities decoded also
// where they were escaped twice, white space folded. The outlet's name at the
// end goes only if it is exactly that.
func titleText(t sources.Text, outlet, home string) sources.Text {
	s := t.Value
	if t.Type != "text" && strings.IndexByte(s, '<') >= 0 {
		tree := parseHTML(s, isXHTML(t.Type), true, nil, nil)
		if words := strings.ReplaceAll(linesOf(tree).plain, "\n", " "); words != "" || strings.IndexByte(s, '>') >= 0 {
			s = words
		}
	} else if t.Type != "text" && strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	s = decodeAgain(s)
	s = fold(cleanText(s))
	t.Value = withoutOutlet(s, outlet, home)
	t.Type = "text"
	return t
}

// decodeAgain decodes entities that are left in plain text, however often
// they were escaped, and takes out the inline tags that come to light.
func decodeAgain(s string) string {
	for range 4 {
		before := s
		if strings.IndexByte(s, '&') >= 0 {
			s = html.UnescapeString(ampersands.Replace(s))
		}
		s = dropInlineTags(s)
		if s == before {
			break
		}
	}
	return s
}

// ampersands undoes any depth of escaping of the ampersand that begins an
// entity in one pass: "&amp;amp;quot;" becomes "&quot;".
var ampersands = strings.NewReplacer("&amp;amp;amp;", "&", "&amp;amp;", "&", "&amp;", "&")

// dropInlineTags takes tags of text markup out of a plain text; any other
// "<word>" may be what the title speaks of.
func dropInlineTags(s string) string {
	from := strings.IndexByte(s, '<')
	if from < 0 {
		return s
	}
	closed := strings.Contains(s, "</") // or "<i>" may be what the title speaks of
	var b strings.Builder
	for from >= 0 {
		end := strings.IndexByte(s[from:], '>')
		if end < 0 {
			break
		}
		tag := s[from+1 : from+end]
		name := strings.TrimPrefix(tag, "/")
		if i := strings.IndexAny(name, " \t\n/"); i >= 0 {
			if rest := strings.Trim(name[i:], " \t\n/"); rest != "" && !strings.Contains(rest, "=") {
				name = "" // "a<b and c>d"
			} else {
				name = name[:i]
			}
		}
		kind := atom.Lookup([]byte(lower(name)))
		if !closed && kind != atom.Br {
			kind = 0
		}
		switch kind {
		case atom.B, atom.I, atom.Em, atom.Strong, atom.U, atom.Span, atom.Font, atom.Small,
			atom.Sup, atom.Sub, atom.A, atom.P, atom.Div:
			b.WriteString(s[:from])
		case atom.Br:
			b.WriteString(s[:from])
			b.WriteByte(' ')
		default:
			b.WriteString(s[:from+1])
			end = 0
		}
		s = s[from+end+1:]
		from = strings.IndexByte(s, '<')
	}
	b.WriteString(s)
	return b.String()
}

// titleSeparators stand between a title and the outlet's name.
var titleSeparators = [...]string{" - ", " | ", " – ", " — ", " :: ", " » ", " « ", " • ", " · ", " ~ ", " // ", " : "}

// withoutOutlet takes " - Outlet" or " | Outlet" off the end of a title, and
// what the outlet says of itself after that. home is the story's address: its
// host may be how the outlet is called.
func withoutOutlet(s, outlet, home string) string {
	for _, sep := range titleSeparators {
		for i := strings.Index(s, sep); i > 0; {
			tail := s[i+len(sep):]
			name, _ := cutSeparator(tail)
			head := strings.TrimRight(s[:i], " ")
			exact := strings.EqualFold(strings.TrimSpace(tail), outlet)
			if (exact || len(tail) < 100 && strings.Contains(head, " ") && isOutletName(strings.TrimSpace(name), outlet, home)) && fold(head) != "" {
				return withoutOutlet(head, outlet, home)
			}
			next := strings.Index(tail, sep)
			if next < 0 {
				break
			}
			i += len(sep) + next
		}
	}
	return s
}

func cutSeparator(s string) (head, tail string) {
	at, size := len(s), 0
	for _, sep := range titleSeparators {
		if i := strings.Index(s, sep); i >= 0 && i < at {
			at, size = i, len(sep)
		}
	}
	return s[:at], s[at+size:]
}

// isOutletName reports whether a part of a title is the outlet's name, however
// it is written: "Warta Contoh", "wartacontoh.com".
func isOutletName(part, outlet, home string) bool {
	if part == "" || len(part) > 60 {
		return false
	}
	bare := part
	if isDomain(lower(part)) {
		bare = strings.TrimPrefix(lower(part), "www.")
		bare = bare[:strings.IndexByte(bare, '.')]
	}
	name, rest := cutSeparator(outlet)
	if isDomain(lower(name)) {
		name = name[:strings.IndexByte(name, '.')]
	}
	if outlet != "" && (sameName(part, outlet) || sameName(bare, name) && (rest == "" || len(name) > 5)) {
		return true
	}
	host, _ := hostOf(home)
	label := siteLabel(host)
	return len(label) > 4 && sameName(bare, label)
}

// siteLabel gives the part of a host that names the site: "wartacontoh" of
// www.wartacontoh.co.id.
func siteLabel(host string) string {
	labels := strings.Split(host, ".")
	for len(labels) > 1 {
		switch last := labels[len(labels)-1]; {
		case len(last) <= 3, last == "info", last == "news", last == "asia", last == "online", last == "site", last == "press":
			labels = labels[:len(labels)-1]
		default:
			return last
		}
	}
	return ""
}

func isXHTML(kind string) bool {
	return kind == "xhtml" || strings.HasPrefix(kind, "application/xhtml")
}
