// Package rendertest checks documents against rules of formats for which no
// checker runs here: JSON Feed 1.1.
package rendertest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// JSONFeed lists what in a document breaks a rule of JSON Feed 1.1, by its
// place; none: nothing does.
func JSONFeed(document []byte) []string {
	c := &checker{}
	if !utf8.Valid(document) {
		c.say("", "is not UTF-8")
	}
	dec := json.NewDecoder(bytes.NewReader(document))
	dec.UseNumber()
	v, err := c.value(dec, "")
	if err != nil {
		c.say("", "is no JSON: %v", err)
		return c.found
	}
	if _, err := dec.Token(); err != io.EOF {
		c.say("", "goes on after its end")
	}
	c.object("", v, topRules())
	m, _ := v.(map[string]any)
	if m["version"] != "https://jsonfeed.org/version/1.1" {
		c.say("version", "is %v", m["version"])
	}
	if m["next_url"] != nil && m["next_url"] == m["feed_url"] {
		c.say("next_url", "is the feed's own address")
	}
	ids := make(map[any]bool)
	items, _ := m["items"].([]any)
	for i, it := range items {
		item, _ := it.(map[string]any)
		at := fmt.Sprintf("items[%d]", i)
		if id, ok := item["id"].(string); ok && id == "" {
			c.say(at+".id", "is empty")
		}
		if ids[item["id"]] {
			c.say(at+".id", "stands twice: %v", item["id"])
		}
		ids[item["id"]] = true
		if item["content_html"] == nil && item["content_text"] == nil {
			c.say(at, "has neither content_html nor content_text")
		}
	}
	return c.found
}

type checker struct{ found []string }

func (c *checker) say(at, format string, args ...any) {
	if at == "" {
		at = "the document"
	}
	c.found = append(c.found, at+" "+fmt.Sprintf(format, args...))
}

// value reads a value; names that stand twice in an object are found only so.
func (c *checker) value(dec *json.Decoder, at string) (any, error) {
	t, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch t {
	case json.Delim('{'):
		m := make(map[string]any)
		for dec.More() {
			k, err := dec.Token()
			if err != nil {
				return nil, err
			}
			name, _ := k.(string)
			if _, twice := m[name]; twice {
				c.say(at+"."+name, "stands twice")
			}
			if m[name], err = c.value(dec, at+"."+name); err != nil {
				return nil, err
			}
		}
		_, err = dec.Token()
		return m, err
	case json.Delim('['):
		list := []any{}
		for dec.More() {
			v, err := c.value(dec, at+"[]")
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err = dec.Token()
		return list, err
	}
	return t, nil
}

// rule says what a member must be; need: it must be there.
type rule struct {
	is   func(c *checker, at string, v any)
	need bool
}

// The members of each object, as the specification has them. What begins with
// an underscore is an extension.

func topRules() map[string]rule {
	return map[string]rule{
		"version": {text, true}, "title": {text, true}, "home_page_url": {is: address}, "feed_url": {is: address}, "description": {is: text}, "user_comment": {is: text},
		"next_url": {is: address}, "icon": {is: address}, "favicon": {is: address}, "authors": {is: list(authors)}, "language": {is: language}, "expired": {is: boolean},
		"hubs": {is: list(of(hubRules()))}, "items": {list(of(itemRules())), true},
	}
}

func itemRules() map[string]rule {
	return map[string]rule{
		"id": {text, true}, "url": {is: address}, "external_url": {is: address}, "title": {is: text}, "content_html": {is: text}, "content_text": {is: text},
		"summary": {is: text}, "image": {is: address}, "banner_image": {is: address}, "date_published": {is: date}, "date_modified": {is: date},
		"authors": {is: list(authors)}, "tags": {is: list(text)}, "language": {is: language}, "attachments": {is: list(of(attachmentRules()))},
	}
}

func authorRules() map[string]rule {
	return map[string]rule{"name": {is: text}, "url": {is: address}, "avatar": {is: address}}
}

func hubRules() map[string]rule {
	return map[string]rule{"type": {text, true}, "url": {address, true}}
}

func attachmentRules() map[string]rule {
	return map[string]rule{"url": {address, true}, "mime_type": {mime, true}, "title": {is: text}, "size_in_bytes": {is: number}, "duration_in_seconds": {is: number}}
}

var extension = regexp.MustCompile(`^_[A-Za-z][^.]*$`)

func (c *checker) object(at string, v any, rules map[string]rule) {
	m, ok := v.(map[string]any)
	if !ok {
		c.say(at, "is no object")
		return
	}
	for name, r := range rules {
		if v, there := m[name]; there {
			r.is(c, strings.TrimPrefix(at+"."+name, "."), v)
		} else if r.need {
			c.say(at, "lacks %s", name)
		}
	}
	for name, v := range m {
		if _, known := rules[name]; known {
			continue
		}
		if !extension.MatchString(name) {
			c.say(at, "has a member %q that is neither of the format nor named as an extension", name)
			continue
		}
		if _, ok := v.(map[string]any); !ok {
			c.say(at+"."+name, "is an extension that is no object")
		}
		c.plain(at+"."+name, v)
	}
}

// plain checks the names within an extension: without dots.
func (c *checker) plain(at string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for name, v := range v {
			if strings.Contains(name, ".") {
				c.say(at, "has a dot in the name %q", name)
			}
			c.plain(at+"."+name, v)
		}
	case []any:
		for _, v := range v {
			c.plain(at+"[]", v)
		}
	case nil:
		c.say(at, "is null")
	}
}

func of(rules map[string]rule) func(*checker, string, any) {
	return func(c *checker, at string, v any) { c.object(at, v, rules) }
}

func list(each func(*checker, string, any)) func(*checker, string, any) {
	return func(c *checker, at string, v any) {
		l, ok := v.([]any)
		if !ok {
			c.say(at, "is no list")
		}
		for i, v := range l {
			each(c, fmt.Sprintf("%s[%d]", at, i), v)
		}
	}
}

// authors have at least one of their members.
func authors(c *checker, at string, v any) {
	c.object(at, v, authorRules())
	if m, _ := v.(map[string]any); m["name"] == nil && m["url"] == nil && m["avatar"] == nil {
		c.say(at, "has neither name nor url nor avatar")
	}
}

func text(c *checker, at string, v any) {
	if _, ok := v.(string); !ok {
		c.say(at, "is no string: %v", v)
	}
}

func boolean(c *checker, at string, v any) {
	if _, ok := v.(bool); !ok {
		c.say(at, "is neither true nor false: %v", v)
	}
}

func number(c *checker, at string, v any) {
	n, ok := v.(json.Number)
	if f, err := n.Float64(); !ok || err != nil || f < 0 {
		c.say(at, "is no number: %v", v)
	}
}

func address(c *checker, at string, v any) {
	s, _ := v.(string)
	if u, err := url.Parse(s); err != nil || u.Scheme == "" || u.Host == "" && u.Opaque == "" {
		c.say(at, "is no absolute address: %v", v)
	}
}

func date(c *checker, at string, v any) {
	s, _ := v.(string)
	if _, err := time.Parse(time.RFC3339, s); err != nil {
		c.say(at, "is no time of RFC 3339: %v", v)
	}
}

var (
	mimeForm     = regexp.MustCompile(`^[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(\s*;.*)?$`)
	languageForm = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)
)

func mime(c *checker, at string, v any) {
	if s, _ := v.(string); !mimeForm.MatchString(s) {
		c.say(at, "is no media type: %v", v)
	}
}

func language(c *checker, at string, v any) {
	if s, _ := v.(string); !languageForm.MatchString(s) {
		c.say(at, "is no language (RFC 5646): %v", v)
	}
}
