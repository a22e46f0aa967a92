package schemaorg

import (
	"strings"
	"testing"
)

// An article is found wherever a script nests it, however its names are
// written, and in a script that is not well formed.
func TestArticles(t *testing.T) {
	for script, want := range map[string]string{
		`{"@type":"NewsArticle","headline":"a"}`:                                                     "a",
		`[{"@type":"WebSite","headline":"x"},{"@type":["Article"],"headline":"a"}]`:                  "a",
		`{"@graph":[{"@type":"https://schema.org/NewsArticle","schema:headline":"a"}]}`:              "a",
		`{"@type":"WebSite","mainEntity":{"@type":"BlogPosting","headline":["a","b"]}}`:              "a b",
		`{"@type":"NewsArticle","headline":{"@value":"a"}}`:                                          "a",
		"<!-- {\"@type\":\"NewsArticle\",\"headline\":\"a\nb\",} -->":                                "a b",
		`{"@type":"Product","headline":"x"}`:                                                         "",
		`{"@type":"NewsArticle"`:                                                                     "unreadable",
		strings.Repeat("[", 50) + `{"@type":"NewsArticle","headline":"a"}` + strings.Repeat("]", 50): "",
	} {
		var list []string
		read := Articles([]byte(script), func(a Object) { list = append(list, Texts(a["headline"])...) })
		got := strings.Join(list, " ")
		if !read {
			got = "unreadable"
		}
		if got != want {
			t.Errorf("%s: %q, want %q", script, got, want)
		}
	}
}
