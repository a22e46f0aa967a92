package rendertest

import (
	"strings"
	"testing"
)

const good = `{"version":"https://jsonfeed.org/version/1.1","title":"T","feed_url":"https://a.example/f.json","hubs":[{"type":"WebSub","url":"https://a.example/hub"}],
"_a":{"about":"https://a.example/"},"items":[{"id":"1","url":"https://a.example/1","content_html":"<p>x","date_published":"2026-11-26T10:00:00+07:00",
"authors":[{"name":"N"}],"tags":["t"],"language":"id-ID","attachments":[{"url":"https://a.example/a.mp3","mime_type":"audio/mpeg","size_in_bytes":12}]}]}`

// The checker passes what is right and names what is wrong, each by its place.
func TestJSONFeed(t *testing.T) {
	if found := JSONFeed([]byte(good)); len(found) > 0 {
		t.Errorf("a good document: %q", found)
	}
	for _, c := range [][3]string{
		{`version/1.1`, `version/1`, "version is"},
		{`"title":"T",`, ``, "lacks title"},
		{`"title":"T"`, `"title":7`, "title is no string"},
		{`{"type":"WebSub",`, `{`, "hubs[0] lacks type"},
		{`"id":"1",`, ``, "items[0] lacks id"},
		{`"id":"1"`, `"id":1`, "items[0].id is no string"},
		{`"id":"1"`, `"id":""`, "items[0].id is empty"},
		{`"items":[`, `"items":[{"id":"1","content_text":"y"},`, "stands twice: 1"},
		{`"id":"1"`, `"id":"1","id":"1"`, "items[].id stands twice"},
		{`"content_html":"<p>x",`, ``, "neither content_html nor content_text"},
		{`2026-11-26T10:00:00+07:00`, `26 Nov 2026`, "date_published is no time"},
		{`[{"name":"N"}]`, `[{"nama":"N"}]`, `a member "nama"`},
		{`[{"name":"N"}]`, `[{}]`, "neither name nor url"},
		{`[{"name":"N"}]`, `{"name":"N"}`, "authors is no list"},
		{`"mime_type":"audio/mpeg"`, `"mime_type":"mp3"`, "is no media type"},
		{`"size_in_bytes":12`, `"size_in_bytes":"12"`, "is no number"},
		{`"https://a.example/1"`, `"/1"`, "items[0].url is no absolute address"},
		{`"_a":{"about":`, `"_a":{"x.y":1,"about":`, "has a dot"},
		{`"_a":{"about":"https://a.example/"}`, `"_a":1`, "no object"},
		{`"_a":`, `"_1":`, "neither of the format"},
		{`"id-ID"`, `"bahasa Indonesia"`, "is no language"},
		{`]}]}`, `]}]} {}`, "goes on after its end"},
		{`]}]}`, `]}]`, "is no JSON"},
	} {
		bad := strings.Replace(good, c[0], c[1], 1)
		if bad == good {
			t.Fatalf("%s is not there", c[0])
		}
		if found := strings.Join(JSONFeed([]byte(bad)), "\n"); !strings.Contains(found, c[2]) {
			t.Errorf("%s for %s: found %q, want %q", c[1], c[0], found, c[2])
		}
	}
}
