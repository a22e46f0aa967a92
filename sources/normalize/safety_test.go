package normalize

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"warta/sources"
	"warta/sources/parse"
)

// unsafe lists what may run, load or track in a piece of HTML as a browser's
// parser reads it: by code that shares nothing with the sanitizer.
func unsafe(s string) (found []string) {
	nodes, err := html.ParseFragment(strings.NewReader(s), nil)
	if err != nil {
		return []string{err.Error()}
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.CommentNode || n.Type == html.DoctypeNode {
			found = append(found, "comment "+n.Data)
		}
		if n.Type == html.ElementNode {
			switch n.Data {
			case "script", "style", "iframe", "object", "embed", "applet", "form", "input", "button", "textarea", "select",
				"link", "meta", "base", "svg", "math", "template", "frame", "frameset", "noscript", "title", "xmp", "plaintext", "video", "audio", "source":
				found = append(found, "<"+n.Data+">")
			}
			if n.Namespace != "" {
				found = append(found, "namespace "+n.Namespace)
			}
			for _, a := range n.Attr {
				v := strings.ToLower(strings.TrimSpace(a.Val))
				switch {
				case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcset", a.Key == "srcdoc", a.Key == "action", a.Key == "formaction", a.Key == "id", a.Key == "name":
					found = append(found, n.Data+" "+a.Key)
				case a.Key == "href" || a.Key == "src" || a.Key == "cite":
					if !strings.HasPrefix(v, "http://") && !strings.HasPrefix(v, "https://") && !strings.HasPrefix(v, "mailto:") && !strings.HasPrefix(v, "tel:") {
						found = append(found, n.Data+" "+a.Key+"="+a.Val)
					}
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	for _, n := range nodes {
		walk(n)
	}
	return found
}

func TestXSS(t *testing.T) {
	var vectors []struct{ Title, Payload string }
	data, err := os.ReadFile(shared(t, "xss-vectors.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatal(err)
	}
	for _, v := range vectors {
		for _, kind := range []string{"html", "xhtml", "text", ""} {
			it := sources.Item{
				Title:   sources.Text{Value: v.Payload, Type: kind},
				Summary: sources.Text{Value: v.Payload, Type: kind},
				Content: sources.Text{Value: "<p>" + v.Payload + "</p>" + html.EscapeString(v.Payload), Type: kind},
			}
			Item(&it, &sources.Document{URL: "https://contoh.example/feed"}, Options{})
			for _, s := range []string{it.Summary.Value, it.Content.Value} {
				if bad := unsafe(s); len(bad) > 0 {
					t.Errorf("%s: %v in %s", v.Title, bad, s)
				}
			}
		}
	}
	t.Logf("%d vectors", len(vectors))
}

// feedparser's own sanitizing cases, read by our parser: nothing unsafe in
// any, and the words that feedparser keeps are kept.
func TestFeedparserSanitize(t *testing.T) {
	files, err := filepath.Glob(shared(t, "feedparser-tests/wellformed_sanitize") + "/*.xml")
	if err != nil || len(files) == 0 {
		t.Skip("no files", err)
	}
	expect := regexp.MustCompile(`(?s)Expect:\s*(?:not bozo and )?(feed|entries)(?:\[0\])?\[u?'(\w+)'\](\[0\]\['value'\])?\s*==\s*u?(?:'([^\n]*)'|"([^\n]*)")`)
	cases, kept := 0, 0
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := parse.Parse(context.Background(), parse.Input{Body: data, URL: "http://contoh.example/feed"})
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(f), err)
			continue
		}
		Document(doc, Options{})
		it := sources.Item{}
		if len(doc.Items) > 0 {
			it = doc.Items[0]
		}
		for _, s := range []string{it.Content.Value, it.Summary.Value} {
			if bad := unsafe(s); len(bad) > 0 {
				t.Errorf("%s: %v in %s", filepath.Base(f), bad, s)
			}
		}
		m := expect.FindStringSubmatch(string(data))
		if m == nil {
			continue
		}
		var got string
		switch m[1] + " " + m[2] {
		case "feed title":
			got = html.EscapeString(doc.Title.Value)
		case "feed tagline", "feed subtitle", "feed description":
			got = html.EscapeString(doc.Subtitle.Value)
		case "entries title":
			got = html.EscapeString(it.Title.Value)
		case "entries summary", "entries description":
			got = firstOf(it.Summary.Value, it.Content.Value)
		case "entries content":
			got = firstOf(it.Content.Value, it.Summary.Value)
		default:
			continue
		}
		cases++
		want := words(strings.NewReplacer(`\'`, "'", `\n`, " ", `' + '`, "").Replace(m[4] + m[5]))
		if ours := words(addresses.ReplaceAllString(got, " ")); ours == want || it.Removed != nil && ours == "" {
			kept++
		} else {
			t.Logf("%s: %q, feedparser %q", filepath.Base(f), ours, want)
		}
	}
	t.Logf("the same words in %d of %d cases", kept, cases)
	if ratio(kept, cases) < 0.98 {
		t.Errorf("words kept in %.3f", ratio(kept, cases))
	}
}

// addresses are the links that stand for players.
var addresses = regexp.MustCompile(`<a href="[^"]*">http[^<]*</a>`)

func words(s string) string { return strings.Join(strings.Fields(PlainText(s)), " ") }
