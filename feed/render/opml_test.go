package render

import (
	"bytes"
	"testing"

	"warta/sources"
)

func TestOPML(t *testing.T) {
	var b bytes.Buffer
	subs := []Subscription{
		{Source: sources.Source{ID: "pemkab", Title: "Pemkab \"Paser\" & Co", URL: "https://pemkab.example/", Feed: "https://pemkab.example/feed/?a=1&b=2", Language: "id"}},
		{Source: sources.Source{ID: "kabar", Feed: "https://kabar.example/rss"}, Title: "Kabar <Grogot>"},
		{Source: sources.Source{ID: "halaman", URL: "https://no-feed.example/"}},
	}
	if err := OPML(&b, testSite, "", subs); err != nil {
		t.Fatal(err)
	}
	golden(t, "sources.opml", b.Bytes())
	b.Reset()
	if err := ChannelsOPML(&b, testSite, []Head{testHead}); err != nil {
		t.Fatal(err)
	}
	golden(t, "channels.opml", b.Bytes())
}
