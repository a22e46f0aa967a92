package storetest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"warta/feed"
	"warta/sources"
)

// Noon is when tests happen.
var Noon = time.Date(2026, 8, 17, 5, 0, 0, 0, time.UTC)

var wib = time.FixedZone("WIB", 7*3600)

// Draft is an ordinary story of 2.5 KB, the n-th of a source.
func Draft(source string, n int) feed.Draft {
	url := fmt.Sprintf("https://%s.example.id/berita/%d/jalan-penghubung-desa-diperbaiki", source, n)
	paragraph := "<p>PASER – Jalan penghubung antardesa sepanjang tiga kilometer mulai diperbaiki pekan ini, kata kepala dinas, " +
		"setelah warga menunggu dua tahun.</p>"
	e := feed.Entry{
		ID: feed.EntryID(source, url), Source: source, OriginalID: url,
		Title:     fmt.Sprintf("Jalan penghubung desa ke-%d diperbaiki", n),
		Summary:   sources.Text{Value: "Jalan antardesa mulai diperbaiki pekan ini.", Type: "html"},
		Content:   sources.Text{Value: strings.Repeat(paragraph, 14), Type: "html", Language: "id"},
		Excerpt:   "Jalan antardesa mulai diperbaiki pekan ini.",
		Language:  "id",
		Published: Noon.Add(-time.Duration(n) * time.Minute).In(wib),
		FirstSeen: Noon, Changed: Noon, Revision: 1,
		Attribution: feed.Attribution{
			Authors:  []sources.Person{{Name: "Siti Rahmah", Role: "author"}},
			Dateline: "PASER", URL: url, GUID: url, IsPermaLink: true, IDFrom: sources.IDFromFeed,
			Source:     feed.Outlet{ID: "https://" + source + ".example.id/feed/", Title: "Kabar " + source, URL: "https://" + source + ".example.id/", FeedURL: "https://" + source + ".example.id/feed/", Language: "id"},
			Statements: []sources.Statement{{Text: "© Kabar " + source, Where: "feed copyright"}},
		},
		Categories: []sources.Category{{Term: "Daerah"}, {Term: "Infrastruktur"}},
		Regions:    []string{"64.01"},
		Evidence:   []sources.Evidence{{Kind: sources.Copyright, Text: "© Kabar " + source, Where: "feed copyright"}},
	}
	return feed.Draft{Entry: e, URLKey: strings.TrimPrefix(url, "https://"), Digest: Digest(e.Title + e.Content.Value)}
}

// Digest is any digest.
func Digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:16])
}
