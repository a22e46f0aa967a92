package render

import (
	"errors"
	"strings"
	"testing"
	"time"

	"warta/feed"
	"warta/sources"
)

// TestRefuses leaves out what would lose its attribution, and what carries
// more than its decision allows.
func TestRefuses(t *testing.T) {
	tests := []struct {
		why    string
		spoil  func(*feed.Shown)
		expect string
	}{
		{"no id", func(s *feed.Shown) { s.Entry.OriginalID = "" }, "no id"},
		{"no link", func(s *feed.Shown) {
			s.Entry.Attribution.URL, s.Entry.Attribution.Source.URL, s.Entry.Attribution.Source.FeedURL = "javascript:alert(1)", "", ""
		}, "no link home"},
		{"no outlet", func(s *feed.Shown) { s.Entry.Attribution.Source = feed.Outlet{} }, "source has no name"},
		{"no time", func(s *feed.Shown) {
			s.Entry.Published, s.Entry.Updated, s.Entry.Changed, s.Entry.FirstSeen = time.Time{}, time.Time{}, time.Time{}, time.Time{}
		}, "no time is known"},
		{"nothing allowed", func(s *feed.Shown) { s.Decision.Use = feed.None }, "allows nothing"},
		{"text in an excerpt", func(s *feed.Shown) { s.Decision.Use = feed.Excerpt }, "carries its text"},
		{"an excerpt in a headline", func(s *feed.Shown) { s.Decision.Use = feed.Headline; s.Entry.Content = sources.Text{} }, "carries an excerpt"},
		{"images", func(s *feed.Shown) { s.Decision.Images = false }, "carries images"},
		{"files", func(s *feed.Shown) { s.Decision.Enclosures = false }, "carries files"},
		{"withdrawn", func(s *feed.Shown) { s.Entry.Notice = &feed.Notice{Kind: feed.Withdrawal, When: day(1, 1)} }, "tombstone"},
	}
	for _, tt := range tests {
		s := samples()[0]
		tt.spoil(&s)
		for _, f := range Formats {
			_, err := Fragment(f, s, testSite)
			if !errors.Is(err, feed.ErrInvalid) || !strings.Contains(err.Error(), tt.expect) {
				t.Errorf("%s, %s: error %v, want %q", tt.why, f, err, tt.expect)
			}
		}
	}
	if _, err := Fragment("pdf", samples()[0], testSite); !errors.Is(err, feed.ErrInvalid) {
		t.Errorf("unknown format: %v", err)
	}
	if _, err := Tombstone(Atom, samples()[0], testSite); !errors.Is(err, feed.ErrInvalid) {
		t.Errorf("a tombstone for what is not withdrawn: %v", err)
	}
}

// TestNoPageOfItsOwn: short notes and recordings often have no page, and some
// links open nothing. They are at home on their outlet's site, and say so; a
// licence that is no address goes along in words.
func TestNoPageOfItsOwn(t *testing.T) {
	for _, link := range []string{"", "javascript:alert(1)", "tag:pemkab.example,2026:1"} {
		s := samples()[0]
		s.Entry.Attribution.URL, s.Entry.Attribution.Licenses = link, []string{"Lisensi CC BY 4.0", "javascript:alert(2)"}
		for _, f := range Formats {
			b, err := Fragment(f, s, testSite)
			if err != nil {
				t.Errorf("%q, %s: %v", link, f, err)
				continue
			}
			for _, want := range []string{s.Entry.Attribution.Source.URL, "Lisensi CC BY 4.0", "Tanpa halaman sendiri, terbit di"} {
				if !strings.Contains(string(b), want) {
					t.Errorf("%q, %s: lacks %q:\n%s", link, f, want, b)
				}
			}
			if strings.Contains(string(b), "javascript:") {
				t.Errorf("%s carries a script:\n%s", f, b)
			}
		}
		var page strings.Builder
		if err := EntryPage(&page, EntryView{Site: testSite, Shown: s}); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(page.String(), `rel="canonical"`) || strings.Contains(page.String(), "mainEntityOfPage") {
			t.Errorf("%q: the outlet's site is not this story's page:\n%s", link, page.String())
		}
		if want := AtomID(&s.Entry); !strings.HasPrefix(want, "https://pemkab.example/") {
			t.Errorf("its id became %s", want)
		}
	}
}

// TestPictureAsFile: a picture that may be shown may be enclosed.
func TestPictureAsFile(t *testing.T) {
	s := samples()[0]
	s.Decision.Enclosures = false
	s.Entry.Enclosures = []sources.Enclosure{{URL: s.Entry.Image.URL, Type: "image/jpeg", Length: 10}}
	b, err := Fragment(RSS, s, testSite)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(b), `<enclosure url="https://pemkab.example/a.jpg" length="10" type="image/jpeg"/>`) {
		t.Errorf("no enclosure in %s", b)
	}
}

// TestWithdrawnShowsNothing: of a withdrawn story only whose it was remains.
func TestWithdrawnShowsNothing(t *testing.T) {
	s := samples()[0]
	s.Entry.Notice = &feed.Notice{Kind: feed.Withdrawal, When: day(18, 2), Reason: "Keliru.", By: "operator"}
	for _, f := range Formats {
		b, err := Tombstone(f, s, testSite)
		if err != nil {
			t.Fatal(err)
		}
		got := string(b)
		for _, secret := range []string{"meresmikan", "Jembatan dibuka", "a.jpg", "a.pdf"} {
			if strings.Contains(got, secret) {
				t.Errorf("%s: the tombstone holds %q", f, secret)
			}
		}
		for _, want := range []string{"Keliru.", "Siti Aminah", "dicabut oleh pengelola", "18 Juni 2025, 09.30 WIB"} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: the tombstone lacks %q", f, want)
			}
		}
		if f == Atom && !strings.HasPrefix(got, `<at:deleted-entry ref="https://pemkab.example/?p=12" when="2025-06-18T02:30:00Z">`+"\n<at:by><name>Warta Uji</name>") {
			t.Errorf("tombstone: %s", got)
		}
	}
}

// A ban on pictures in words goes along with the story; a directive for robots
// is no sentence.
func TestPictureNoticeTravels(t *testing.T) {
	s := samples()[0]
	s.Entry.Evidence = []sources.Evidence{{Kind: sources.NoImage, Text: "Dilarang memakai foto ini.", Where: "text, last paragraph"},
		{Kind: sources.NoImage, Text: "X-Robots-Tag: noimageindex", Where: "page header X-Robots-Tag"}}
	b, err := Fragment("atom", s, testSite)
	if err != nil || !strings.Contains(string(b), "Dilarang memakai foto ini.") || strings.Contains(string(b), "<rights>X-Robots") || strings.Contains(string(b), "noimageindex</rights>") {
		t.Errorf("%v: %s", err, b)
	}
}
