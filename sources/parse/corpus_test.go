package parse

import (
	"encoding/json"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"
	ext "github.com/mmcdole/gofeed/extensions"

	"warta/sources"
)

// sharedData finds the test data beside the checkout.
func sharedData(t testing.TB, sub string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for dir != "/" {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	dir = filepath.Join(dir, "..", "shared", "data", sub)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("test data not present: %s", sub)
	}
	return dir
}

// expectation is another reader's reading of a file.
type expectation struct {
	Version  string           `json:"version"`
	Encoding string           `json:"encoding"`
	Feed     map[string]any   `json:"feed"`
	N        int              `json:"n_entries"`
	Entries  []map[string]any `json:"entries"`
	Quirks   []string         `json:"quirks"`
	Message  string           `json:"bozo_message"`
}

func readExpectation(t testing.TB, file string) expectation {
	t.Helper()
	b, err := os.ReadFile(file + ".expect.json")
	if err != nil {
		t.Fatal(err)
	}
	var e expectation
	if err := json.Unmarshal(b, &e); err != nil {
		t.Fatal(err)
	}
	return e
}

// reader is a reading brought to one shape, ours or gofeed's alone.
type plainReading struct {
	feed    map[string][]string // all the values that are acceptable for a field
	entries []map[string][]string
}

func ourReading(d *sources.Document) plainReading {
	r := plainReading{feed: map[string][]string{
		"title": {d.Title.Value}, "link": {d.Link}, "id": {d.ID}, "subtitle": {d.Subtitle.Value}, "language": {d.Language},
		"updated_raw": {d.Updated.Raw}, "published_raw": {d.Updated.Raw}, "generator": {d.Generator}, "hub": d.Hubs, "self": {d.FeedURL},
		"next": {d.Next}, "rights": statementTexts(d.Rights), "author": personForms(d.Authors), "feed_url": {d.FeedURL},
	}}
	if d.Image != nil {
		r.feed["image"] = []string{d.Image.URL}
	}
	if d.Schedule.TTL > 0 {
		r.feed["ttl"] = []string{fmt.Sprint(d.Schedule.TTL)}
	}
	r.feed["sy_updateperiod"] = []string{d.Schedule.Period}
	list := d.Items
	if d.Partial != nil {
		list = append(list[:len(list):len(list)], *d.Partial)
	}
	for _, it := range list {
		m := map[string][]string{
			"title": {it.Title.Value}, "link": {it.Link, resolve(it.Base, it.Link)}, "id": {it.GUID}, "published_raw": {it.Published.Raw},
			"updated_raw": {it.Updated.Raw, it.Published.Raw}, "created_raw": {it.Published.Raw, it.Updated.Raw}, "comments": {it.Comments},
			"author": personForms(it.Authors), "authors": personNames(it.Authors), "rights": statementTexts(it.Rights),
			"summary_head": {it.Summary.Value, it.Content.Value}, "content": {it.Content.Value, it.Summary.Value},
		}
		for _, c := range it.Categories {
			m["tags"] = append(m["tags"], c.Term)
		}
		for _, e := range it.Enclosures {
			m["enclosures"] = append(m["enclosures"], e.URL)
		}
		for _, e := range it.Media {
			m["media"] = append(m["media"], e.URL)
		}
		if it.Origin != nil {
			m["source"] = []string{it.Origin.Title, it.Origin.FeedURL, it.Origin.URL, it.Origin.ID}
			for _, p := range it.Origin.Authors { // which feedparser lets run into the address
				m["source"] = append(m["source"], p.URL)
			}
		}
		for _, p := range it.Points {
			m["geo"] = append(m["geo"], fmt.Sprint(p.Longitude, p.Latitude))
		}
		for _, s := range it.Shapes {
			var corners []string
			for _, p := range s.Points {
				corners = append(corners, fmt.Sprint(p.Longitude, p.Latitude))
			}
			m["geo"] = append(m["geo"], strings.Join(corners, " "))
		}
		r.entries = append(r.entries, m)
	}
	return r
}

func statementTexts(list []sources.Statement) (out []string) {
	for _, s := range list {
		out = append(out, s.Text)
	}
	return out
}

func personNames(list []sources.Person) (out []string) {
	for _, p := range list {
		out = append(out, p.Name)
	}
	return out
}

// personForms are the ways another reader may put the same person.
func personForms(list []sources.Person) (out []string) {
	for _, p := range list {
		out = append(out, p.Name, p.Email, p.Raw, p.Name+" ("+p.Email+")")
	}
	return out
}

// gofeedReading is what gofeed alone, as most use it, makes of the bytes.
func gofeedReading(b []byte) (r plainReading, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	f, err := gofeed.NewParser().ParseString(string(b))
	if err != nil {
		return r, err
	}
	people := func(list []*gofeed.Person) (forms, names []string) {
		for _, p := range list {
			forms = append(forms, p.Name, p.Email, p.Name+" ("+p.Email+")")
			names = append(names, p.Name)
		}
		return forms, names
	}
	forms, _ := people(f.Authors)
	r.feed = map[string][]string{"title": {f.Title}, "link": {f.Link}, "subtitle": {f.Description}, "language": {f.Language},
		"updated_raw": {f.Updated, f.Published}, "published_raw": {f.Published}, "generator": {f.Generator}, "rights": {f.Copyright},
		"author": forms, "self": {f.FeedLink}}
	if f.Image != nil {
		r.feed["image"] = []string{f.Image.URL}
	}
	for _, it := range f.Items {
		forms, names := people(it.Authors)
		m := map[string][]string{"title": {it.Title}, "link": {it.Link}, "id": {it.GUID}, "published_raw": {it.Published},
			"updated_raw": {it.Updated, it.Published}, "created_raw": {it.Published, it.Updated}, "author": forms, "authors": names,
			"summary_head": {it.Description, it.Content}, "content": {it.Content, it.Description}, "tags": it.Categories}
		for _, e := range it.Enclosures {
			m["enclosures"] = append(m["enclosures"], e.URL)
		}
		if it.DublinCoreExt != nil {
			m["rights"] = it.DublinCoreExt.Rights
		}
		for _, list := range [][]ext.Extension{it.Extensions["georss"]["point"]} {
			for _, e := range list {
				if f := strings.Fields(e.Value); len(f) == 2 {
					m["geo"] = append(m["geo"], f[1]+" "+f[0])
				}
			}
		}
		r.entries = append(r.entries, m)
	}
	return r, nil
}

// words is the text of markup without its tags, in whatever way they are
// spelled, and without white space.
func words(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			b.WriteString(s)
			break
		}
		b.WriteString(s[:i])
		j := strings.IndexByte(s[i:], '>')
		if j < 0 {
			break
		}
		s = s[i+j+1:]
	}
	return strings.Join(strings.Fields(sameSigns.Replace(html.UnescapeString(b.String()))), "")
}

// squeeze compares texts without regard to white space.
func squeeze(s string) string { return strings.Join(strings.Fields(sameSigns.Replace(s)), " ") }

// sameSigns are what Japanese encodings and their tables disagree on.
var sameSigns = strings.NewReplacer("〜", "～", "−", "－", "∼", "～", "‖", "∥", "―", "—")

func has(list []string, want string) bool {
	want = squeeze(want)
	return slices.ContainsFunc(list, func(s string) bool { return squeeze(s) == want })
}

// agree compares one field of a reading with what is expected of it. checked
// is false where nothing is expected.
func agree(field string, want any, got []string) (ok, checked bool) {
	switch w := want.(type) {
	case nil:
		return true, false
	case string:
		if w == "" {
			return true, false
		}
		if field == "summary_head" {
			// An open tag or reference may have been cut off at its end.
			w = words(w)
			return slices.ContainsFunc(got, func(s string) bool {
				s = words(s)
				return strings.HasPrefix(s, w) || len(w) > 8 && strings.HasPrefix(s, w[:len(w)-8])
			}), true
		}
		if len([]rune(w)) >= 200 { // cut off there
			return slices.ContainsFunc(got, func(s string) bool {
				return strings.HasPrefix(squeeze(s), squeeze(w)) || strings.HasPrefix(words(s), words(w))
			}), true
		}
		return has(got, w) || strings.ContainsAny(w, "<&") && slices.ContainsFunc(got, func(s string) bool { return words(s) == words(w) }), true
	case float64:
		return has(got, fmt.Sprint(w)), true
	case map[string]any:
		if c, ok := w["coordinates"].([]any); ok {
			if srs, ok := w["srsName"].(string); len(c) < 2 && w["type"] == "Point" || ok && !strings.HasSuffix(srs, "4326") && !strings.HasSuffix(srs, "4979") {
				return true, false
			}
			return has(got, corners(c)), true
		}
		all := true
		for _, k := range []string{"title", "href", "id", "link"} {
			if v, ok := w[k].(string); ok && v != "" {
				all = all && has(got, v)
			}
		}
		return all, true
	case []any:
		if len(w) == 0 {
			return true, false
		}
		all := true
		for _, x := range w {
			switch x := x.(type) {
			case string:
				all = all && (x == "" || has(got, x))
			case map[string]any:
				if h, ok := x["href"].(string); ok {
					all = all && has(got, h)
				} else if n, ok := x["len"].(float64); ok {
					all = all && slices.ContainsFunc(got, func(s string) bool {
						return near(utf8.RuneCountInString(strings.TrimSpace(s)), int(n), x["type"] == "application/xhtml+xml")
					})
				}
			}
		}
		return all, true
	}
	return true, false
}

// corners spells coordinates one after another, heights left out.
func corners(c []any) string {
	if _, number := c[0].(float64); number {
		return fmt.Sprint(c[0], c[1])
	}
	var out []string
	for _, x := range c {
		if x, ok := x.([]any); ok && len(x) > 0 {
			out = append(out, corners(x))
		}
	}
	return strings.Join(out, " ")
}

// near allows for what readers do to markup: order of attributes, quotes,
// references.
func near(a, b int, xhtml bool) bool {
	d := max(a-b, b-a)
	if xhtml { // <br/> there is <br></br> here
		return d <= 12 || d*3 <= b
	}
	return d <= 12 || d*16 <= b
}

// tally counts agreement by field.
type tally struct {
	checks, ours, gofeed map[string]int
	missed               []string
}

func newTally() *tally { return &tally{map[string]int{}, map[string]int{}, map[string]int{}, nil} }

func (c *tally) add(field string, ok, other bool) {
	c.checks[field]++
	if ok {
		c.ours[field]++
	}
	if other {
		c.gofeed[field]++
	}
}

func (c *tally) print(t *testing.T, title string) (share float64) {
	t.Helper()
	var fields []string
	for f := range c.checks {
		fields = append(fields, f)
	}
	slices.Sort(fields)
	var b strings.Builder
	n, ok, other := 0, 0, 0
	fmt.Fprintf(&b, "%s\n%-24s %7s %8s %8s\n", title, "field", "checks", "warta", "gofeed")
	for _, f := range fields {
		fmt.Fprintf(&b, "%-24s %7d %7.1f%% %7.1f%%\n", f, c.checks[f], pct(c.ours[f], c.checks[f]), pct(c.gofeed[f], c.checks[f]))
		n, ok, other = n+c.checks[f], ok+c.ours[f], other+c.gofeed[f]
	}
	fmt.Fprintf(&b, "%-24s %7d %7.1f%% %7.1f%%\n", "all", n, pct(ok, n), pct(other, n))
	t.Log(b.String())
	if os.Getenv("MISSED") != "" {
		t.Log(strings.Join(c.missed, "\n"))
	}
	return pct(ok, n)
}

func pct(a, b int) float64 {
	if b == 0 {
		return 100
	}
	return 100 * float64(a) / float64(b)
}

var entryFields = []string{"title", "link", "id", "author", "authors", "published_raw", "updated_raw", "created_raw", "summary_head", "content",
	"tags", "enclosures", "rights", "comments", "source", "geo"}
var feedFields = []string{"title", "link", "id", "subtitle", "language", "author", "rights", "updated_raw", "published_raw", "generator", "image", "self", "hub", "next", "ttl", "sy_updateperiod"}

// idAsLink reports that feedparser put an id that is no address where a link
// should be. A document has one date only for us.
func idAsLink(m map[string]any) bool {
	l, ok := m["link"].(string)
	return ok && m["id"] == l && !webAddress(l)
}

// compare counts the fields of one file and reports whether all of ours agree.
func (c *tally) compare(name string, want expectation, ours plainReading, our error, other plainReading, gofeedErr error) bool {
	all := true
	check := func(field string, w any, a, b []string) {
		ok, checked := agree(field[strings.IndexByte(field, '.')+1:], w, a)
		if !checked {
			return
		}
		ok = ok && our == nil
		two, _ := agree(field[strings.IndexByte(field, '.')+1:], w, b)
		c.add(field, ok, two && gofeedErr == nil)
		if !ok {
			all = false
			j, err := json.Marshal(w)
			if err != nil {
				j = nil
			}
			if len(c.missed) < 5000 {
				c.missed = append(c.missed, fmt.Sprintf("%s %s want %.200s got %.200q %v", name, field, j, a, our))
			}
		}
	}
	for _, f := range feedFields {
		if f == "published_raw" && want.Feed["updated_raw"] != nil || f == "link" && idAsLink(want.Feed) {
			continue
		}
		check("feed."+f, want.Feed[f], ours.feed[f], other.feed[f])
	}
	same := len(ours.entries) == want.N && our == nil
	c.add("n_entries", same, len(other.entries) == want.N && gofeedErr == nil)
	if !same {
		all = false
		c.missed = append(c.missed, fmt.Sprintf("%s n_entries want %d got %d %v", name, want.N, len(ours.entries), our))
	}
	for i, e := range want.Entries {
		var a, b map[string][]string
		if i < len(ours.entries) {
			a = ours.entries[i]
		}
		if i < len(other.entries) {
			b = other.entries[i]
		}
		for _, f := range entryFields {
			if f == "link" && idAsLink(e) {
				continue
			}
			check("entry."+f, e[f], a[f], b[f])
		}
	}
	return all
}
