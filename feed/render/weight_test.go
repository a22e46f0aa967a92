package render

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"warta/feed"
	"warta/sources"
)

// typical is an entry such as a regional site brings, shown as an excerpt.
func typical(i int) feed.Shown {
	e := feed.Entry{
		ID: feed.EntryID("pemkab", fmt.Sprint(i)), Source: "pemkab", OriginalID: fmt.Sprintf("https://pemkab.example/?p=%d", 1000+i),
		Title:     "Pemkab Paser Perbaiki Jalan Penghubung Tiga Desa di Kecamatan Batu Sopang",
		Excerpt:   "Perbaikan jalan sepanjang dua belas kilometer itu dimulai pekan ini dan ditargetkan selesai sebelum musim hujan. Warga diminta memakai jalur memutar selama pekerjaan berlangsung. Anggaran berasal dari APBD tahun berjalan.",
		Language:  "id",
		Published: day(16, 3).Add(-time.Duration(i) * time.Hour), FirstSeen: day(16, 4), Changed: day(16, 4), Revision: 1,
		Attribution: feed.Attribution{
			Authors: []sources.Person{{Name: "Siti Aminah", Role: "author"}}, Contributors: []sources.Person{{Name: "Brury MP", Role: "editor"}},
			Dateline: "PASER", URL: fmt.Sprintf("https://pemkab.example/2025/06/perbaikan-jalan-penghubung-tiga-desa-%d/", i),
			IDFrom: sources.IDFromFeed, Source: pemkab, Statements: []sources.Statement{{Text: "© 2025 Pemkab Paser", Where: "feed copyright"}},
		},
	}
	return feed.Shown{Entry: e, Decision: feed.Decision{Use: feed.Excerpt}}
}

// TestPageWeight keeps a channel's page of a hundred stories light.
func TestPageWeight(t *testing.T) {
	var frags [][]byte
	for i := range 100 {
		b, err := Fragment(HTML, typical(i), testSite)
		if err != nil {
			t.Fatal(err)
		}
		frags = append(frags, b)
	}
	var w bytes.Buffer
	if err := Document(&w, HTML, testHead.as(HTML), frags); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes, %d an entry", w.Len(), len(frags[0]))
	light(t, "channel100.html", w.Bytes())
}

// TestHomeWeight keeps the front door light: twelve channels of five stories,
// and sixty sources.
func TestHomeWeight(t *testing.T) {
	home := HomePage{Site: testSite, OPML: testSite.URL + "sources.opml"}
	for i := range 12 {
		c := HomeChannel{Head: testHead}
		for k := range 5 {
			c.Latest = append(c.Latest, typical(5*i+k))
		}
		home.Channels = append(home.Channels, c)
	}
	for i := range 60 {
		home.Sources = append(home.Sources, Subscription{Source: sources.Source{URL: fmt.Sprintf("https://kabar-%d.example/", i)}, Title: fmt.Sprintf("Kabar Kabupaten %d", i)})
	}
	var w bytes.Buffer
	if err := Home(&w, home); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes", w.Len())
	light(t, "home60.html", w.Bytes())
}

// light fails on a page of more than 50 KB. RENDER_DUMP names a folder to look
// at it.
func light(t *testing.T, name string, page []byte) {
	t.Helper()
	if len(page) > 50_000 {
		t.Errorf("%s has %d bytes", name, len(page))
	}
	if dir := os.Getenv("RENDER_DUMP"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name), page, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
