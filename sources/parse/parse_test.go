package parse

import (
	"context"
	"testing"

	"warta/sources"
)

func mustParse(t *testing.T, in Input) *sources.Document {
	t.Helper()
	doc, err := Parse(context.Background(), in)
	if err != nil {
		t.Fatalf("Parse: %v", err)
	}
	return doc
}

func TestParseSmall(t *testing.T) {
	doc := mustParse(t, Input{URL: "http://example.com/feed", Body: []byte(`<?xml version="1.0"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Kabar</title><link>http://example.com/</link>
<item><title>Satu &amp; dua</title><guid isPermaLink="false"> 7 </guid><dc:creator>Ani</dc:creator><dc:creator>Budi</dc:creator>
<description><![CDATA[<p>Isi</p>]]></description><link>/satu</link></item></channel></rss>`)})
	if doc.Format != "rss2.0" || doc.Title.Value != "Kabar" || len(doc.Items) != 1 {
		t.Fatalf("%+v", doc)
	}
	it := doc.Items[0]
	if it.ID != "7" || it.Title.Value != "Satu & dua" || len(it.Authors) != 2 || it.Summary.Value != "<p>Isi</p>" || it.Link != "/satu" {
		t.Errorf("%+v", it)
	}
}
