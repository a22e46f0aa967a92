package publish

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"warta/feed"
	"warta/sources"
)

// sentinel is an entry with a word of its own in every field that a decision
// can take away.
func sentinel() feed.Draft {
	image := func(name string) sources.Image {
		return sources.Image{URL: "https://pemkab.example/" + name + ".jpg", Credit: "Foto", License: "https://creativecommons.org/licenses/by/4.0/"}
	}
	return draft("pemkab", 1, func(e *feed.Entry) {
		e.Summary = sources.Text{Type: "html", Value: "<p>SUMMARY awal.</p>"}
		e.Content = sources.Text{Type: "html", Value: `<p>CONTENT isi.</p><img src="https://pemkab.example/INLINE.jpg" alt="">`}
		e.Excerpt = "EXCERPT awal."
		main := image("IMAGE")
		e.Image = &main
		e.Media = []sources.Image{image("MEDIA")}
		e.Enclosures = []sources.Enclosure{{URL: "https://pemkab.example/ENCLOSURE.pdf", Type: "application/pdf"}}
		e.Removed = []sources.Removal{{Text: "REMOVED", Why: "share-bar"}}
		e.Title = "TITLE"
	})
}

var sentinels = []string{"SUMMARY", "CONTENT", "INLINE", "EXCERPT", "IMAGE", "MEDIA", "ENCLOSURE", "REMOVED", "TITLE"}

// TestNeverMoreThanAllowed looks for the words in everything that is
// published, and in every exported file.
func TestNeverMoreThanAllowed(t *testing.T) {
	withdrawn := func(d *feed.Draft) {
		d.Notice = &feed.Notice{Kind: feed.Withdrawal, When: morning, Reason: "Salah.", By: "origin"}
		d.Digest += "withdrawn"
	}
	grant := func(use feed.Use, images, enclosures bool) []feed.Permission {
		return []feed.Permission{{ID: "p", Source: "pemkab", Use: use, Images: images, Enclosures: enclosures, Audience: feed.Public, Basis: feed.WrittenPermission}}
	}
	for _, c := range []struct {
		name   string
		use    feed.Use
		perms  []feed.Permission
		change func(*feed.Draft)
		want   string
	}{
		{"none", feed.None, nil, nil, ""},
		{"headline", feed.Headline, nil, nil, "TITLE"},
		{"excerpt", feed.Excerpt, nil, nil, "EXCERPT TITLE"},
		{"full is no grant", feed.Full, nil, nil, "EXCERPT TITLE"},
		{"permission: headline", feed.Headline, grant(feed.Headline, false, false), nil, "TITLE"},
		{"permission: full text", feed.Excerpt, grant(feed.Full, false, false), nil, "CONTENT EXCERPT SUMMARY TITLE"},
		{"permission: all", feed.Excerpt, grant(feed.Full, true, true), nil, "CONTENT ENCLOSURE EXCERPT IMAGE INLINE MEDIA SUMMARY TITLE"},
		{"withdrawn", feed.Excerpt, grant(feed.Full, true, true), withdrawn, ""},
		{"no copying", feed.Excerpt, nil, func(d *feed.Draft) {
			d.Evidence = []sources.Evidence{{Kind: sources.NoCopy, Text: "Dilarang mengutip.", Where: "text"}}
		}, "TITLE"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := testSettings()
			use := c.use
			s.Policy.Sources = map[string]feed.SourcePolicy{"pemkab": {Rights: &use}}
			s.Permissions = c.perms
			b := newBench(t, s)
			d := sentinel()
			if c.change != nil {
				c.change(&d)
			}
			b.save(d)
			dir := t.TempDir()
			b.export(dir)
			found := map[string]bool{}
			outputs := tree(t, dir)
			for path := range b.p.edition.Load().documents {
				outputs["served "+path] = b.body(path)
			}
			for name, body := range outputs {
				for _, word := range sentinels {
					if strings.Contains(body, word) {
						found[word] = true
						if !strings.Contains(c.want, word) {
							t.Errorf("%s shows %s", name, word)
						}
					}
				}
			}
			if c.perms == nil || use < feed.Excerpt {
				want := strings.Fields(c.want)
				if got := slices.Sorted(maps.Keys(found)); !slices.Equal(got, want) {
					t.Errorf("shown in all: %v, want %v", got, want)
				}
			}
			if page := b.get("/entries/" + d.ID).StatusCode; (page == http.StatusNotFound) != (c.use == feed.None) {
				t.Errorf("the page answers %d", page)
			}
		})
	}
}
