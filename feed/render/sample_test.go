package render

import (
	"bytes"
	"testing"
	"time"

	"warta/feed"
	"warta/sources"
)

var testSite = feed.Site{Title: "Warta Uji", URL: "https://warta.example/", Contact: "redaksi@warta.example", Language: "id"}

var testHead = Head{
	Site:    testSite,
	Channel: feed.Channel{ID: "paser", Title: "Paser", Description: "Berita dari Paser & sekitarnya", Language: "id"},
	Self:    "https://warta.example/paser.atom", Page: "https://warta.example/paser/",
	Alternates: map[Format]string{
		Atom: "https://warta.example/paser.atom", RSS: "https://warta.example/paser.rss", JSON: "https://warta.example/paser.json", Ninjs: "https://warta.example/paser.ninjs.json",
	},
	Updated: day(18, 2), Hubs: []string{"https://warta.example/hub"},
}

func (h Head) as(f Format) Head {
	h.Self = "https://warta.example/paser" + f.Extension()
	return h
}

func day(d, h int) time.Time { return time.Date(2025, 6, d, h, 30, 0, 0, time.UTC) }

var pemkab = feed.Outlet{
	ID: "https://pemkab.example/feed/", Title: "Pemkab Paser", URL: "https://pemkab.example/", FeedURL: "https://pemkab.example/feed/",
	Rights: "© 2025 Pemkab Paser", Language: "id", Updated: day(18, 0),
}

const bigText = `<p>Bupati Paser meresmikan jembatan &amp; jalan baru. “Ini untuk warga,” katanya.</p><p>CDATA ]]&gt; stays &lt;b&gt;text&lt;/b&gt;.</p>`

// samples are one entry of each kind that matters.
func samples() []feed.Shown {
	full := feed.Shown{
		Entry: feed.Entry{
			ID: "aaaaaaaaaaaaaaaa", Source: "pemkab", OriginalID: "https://pemkab.example/?p=12", Title: "Bupati resmikan jembatan <baru> & jalan",
			Summary: sources.Text{Value: "<p>Jembatan dibuka.</p>", Type: "html"}, Content: sources.Text{Value: bigText, Type: "html"},
			Excerpt: "Jembatan dibuka.", Language: "id", Published: day(16, 3), Updated: day(17, 4), Edited: day(17, 5),
			FirstSeen: day(16, 4), Changed: day(17, 5), Revision: 2, Seq: 9,
			Attribution: feed.Attribution{
				Authors:      []sources.Person{{Name: "Siti Aminah", Role: "author", Email: "siti@pemkab.example", URL: "https://pemkab.example/siti"}, {Name: "Budi", Role: "author"}},
				Contributors: []sources.Person{{Name: "Brury MP", Role: "editor"}}, Credit: "(hnh/kri)", Agency: "ANTARA", Dateline: "PASER",
				URL: "https://pemkab.example/jembatan/?a=1&b=2", GUID: "https://pemkab.example/?p=12", IDFrom: sources.IDFromFeed,
				Source: pemkab, Via: []feed.Hop{{URL: "https://wire.example/1", Title: "Kabar Kawat"}},
				Provenance: []sources.Provenance{{Text: "Artikel ini telah tayang di Kabar X", Outlet: "Kabar X", URL: "https://x.example/1"}},
				Statements: []sources.Statement{{Text: "© 2025 Pemkab Paser", Where: "feed copyright"}}, Licenses: []string{"https://creativecommons.org/licenses/by/4.0/"},
				Holder: "Pemerintah Kabupaten Paser",
			},
			Categories: []sources.Category{{Term: "infrastruktur", Scheme: "https://pemkab.example/tag", Label: "Infrastruktur"}, {Term: "Paser"}},
			Image:      &sources.Image{URL: "https://pemkab.example/a.jpg", Type: "image/jpeg", Caption: "Jembatan", Credit: "Dok. Pemkab", Width: 800, Height: 600, License: "https://creativecommons.org/licenses/by/4.0/"},
			Enclosures: []sources.Enclosure{{URL: "https://pemkab.example/a.pdf", Type: "application/pdf", Length: 1234, Title: "Siaran pers"}, {URL: "https://pemkab.example/b.mp3", Type: "audio/mpeg"}},
			Points:     []sources.Point{{Latitude: -1.9, Longitude: 116.2}}, InReplyTo: []sources.Reply{{Ref: "https://pemkab.example/?p=11", Href: "https://pemkab.example/lama/"}},
			Regions:  []string{"64.01"},
			Evidence: []sources.Evidence{{Kind: sources.Licence, Text: `<link rel="license" href="https://creativecommons.org/licenses/by/4.0/"/>`, Where: "entry link rel=license", Value: "https://creativecommons.org/licenses/by/4.0/"}},
			Notice:   &feed.Notice{Kind: feed.Correction, When: day(17, 4), Reason: "Nama desa semula salah tulis.", Quote: `Semula tertulis <script>“Desa” & "kota"</script>, seharusnya desa.`, By: "origin", URL: "https://pemkab.example/ralat/"},
		},
		Decision: feed.Decision{Use: feed.Full, Images: true, Enclosures: true, License: "https://creativecommons.org/licenses/by/4.0/", Reasons: []feed.Reason{{
			Rule: "cc-by", Most: feed.Full, Text: feed.Bilingual{ID: "Lisensi CC BY membolehkan teks penuh.", EN: "A CC BY licence allows the full text."},
			Evidence: &sources.Evidence{Kind: sources.Licence, Text: `<link rel="license"/>`, Where: "entry link rel=license"},
		}}},
	}
	excerpt := feed.Shown{
		Entry: feed.Entry{
			ID: "bbbbbbbbbbbbbbbb", Source: "kabar", OriginalID: "kabar 77", Title: "Harga naik 5%", Excerpt: "Harga beras di Grogot naik 5 persen.",
			Language: "id-ID", Published: day(15, 1), FirstSeen: day(15, 2), Changed: day(15, 2), Revision: 1,
			Attribution: feed.Attribution{
				URL: "https://kabar.example/77", GUID: "kabar 77", IsPermaLink: true, IDFrom: sources.IDFromFeed,
				Source: feed.Outlet{ID: "https://kabar.example/rss", Title: "Kabar Grogot", URL: "https://kabar.example/", FeedURL: "https://kabar.example/rss"},
				Origin: &sources.Origin{ID: "urn:antara:feed", Title: "ANTARA Kaltim", URL: "https://antara.example/", FeedURL: "https://antara.example/rss", Rights: "© ANTARA 2025", Language: "id", Updated: sources.Date{Time: day(15, 0)}},
			},
			Evidence: []sources.Evidence{{Kind: sources.Copyright, Text: "© ANTARA 2025", Where: "source rights"}},
		},
		Decision: feed.Decision{Use: feed.Excerpt},
	}
	headline := feed.Shown{
		Entry: feed.Entry{
			ID: "cccccccccccccccc", Source: "portal", OriginalID: "https://portal.example/c", Title: "Flood hits Tanah Grogot", Language: "en",
			FirstSeen: day(14, 1), Changed: day(14, 1), Revision: 1, Advertorial: true,
			Attribution: feed.Attribution{
				Authors: []sources.Person{{Name: "Jane “J” O’Neil", Role: "author"}}, URL: "https://portal.example/c", GUID: "", IDFrom: sources.IDFromLink,
				Source: feed.Outlet{ID: "https://portal.example/feed", Title: "Portal", URL: "https://portal.example/", FeedURL: "https://portal.example/feed"},
			},
			Evidence: []sources.Evidence{{Kind: sources.NoCopy, Text: "Dilarang mengutip tanpa izin tertulis redaksi.", Where: "text, last paragraph"}},
		},
		Decision: feed.Decision{Use: feed.Headline, Reasons: []feed.Reason{{
			Rule: "no-copy", Most: feed.Headline, Text: feed.Bilingual{ID: "Pemilik melarang pengutipan.", EN: "The owner forbids quoting."},
			Evidence: &sources.Evidence{Kind: sources.NoCopy, Text: "Dilarang mengutip tanpa izin tertulis redaksi.", Where: "text, last paragraph"},
		}}},
	}
	unknown := feed.Shown{
		Entry: feed.Entry{
			ID: "dddddddddddddddd", Source: "desa", OriginalID: "sha-xyz\x01\ufffe", Excerpt: "Tanpa judul, dengan \x0b karakter \ufffe aneh ]]> dan </p> penutup.",
			FirstSeen: day(13, 1), Changed: day(13, 1), Revision: 1,
			Attribution: feed.Attribution{URL: "http://desa.example/ä b", IDFrom: sources.IDFromDerived, Source: feed.Outlet{URL: "http://www.desa.example/", FeedURL: "http://www.desa.example/feed"}},
		},
		Decision: feed.Decision{Use: feed.Excerpt, Permission: "desa-2025", CreditLine: "Sumber: Desa Uji, desa.example"},
	}
	return []feed.Shown{full, excerpt, headline, unknown}
}

func withdrawnSample() feed.Shown {
	s := samples()[0]
	s.Entry.ID, s.Entry.OriginalID = "eeeeeeeeeeeeeeee", "https://pemkab.example/?p=9"
	s.Entry.Content, s.Entry.Summary, s.Entry.Excerpt, s.Entry.Image, s.Entry.Enclosures = sources.Text{}, sources.Text{}, "", nil, nil
	s.Entry.Title = "Berita lama"
	s.Entry.Notice = &feed.Notice{Kind: feed.Withdrawal, When: day(18, 2), Reason: "Melanggar privasi anak.", By: "origin", URL: "https://pemkab.example/cabut/"}
	s.Decision = feed.Decision{Use: feed.None}
	return s
}

// document renders every sample and a withdrawal.
func document(t testing.TB, f Format) []byte {
	t.Helper()
	var frags [][]byte
	for _, s := range samples() {
		b, err := Fragment(f, s, testSite)
		if err != nil {
			t.Fatal(err)
		}
		frags = append(frags, b)
	}
	b, err := Tombstone(f, withdrawnSample(), testSite)
	if err != nil {
		t.Fatal(err)
	}
	var w bytes.Buffer
	if err := Document(&w, f, testHead.as(f), append(frags, b)); err != nil {
		t.Fatal(err)
	}
	return w.Bytes()
}
