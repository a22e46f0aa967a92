package render

import (
	"bytes"
	"fmt"
	"os"
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
	if w.Len() > 75_000 {
		t.Errorf("a page of 100 entries has %d bytes", w.Len())
	}
	if dir := os.Getenv("RENDER_DUMP"); dir != "" {
		if err := os.WriteFile(dir+"/channel100.html", w.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
