package publish

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"warta/feed"
	"warta/sources"
)

// TestPagesInABrowser opens every kind of page in Chromium, narrow and light,
// wide and dark: axe-core finds nothing against WCAG 2.2 AA, nothing is wider than the
// screen, the policy stops nothing, and no page weighs more than 50 KB. Feeds
// are opened too. PAGES_SHOTS names a folder for pictures of them.
func TestPagesInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	need := func(ok bool, what string) {
		if ok {
			return
		}
		if os.Getenv("CI") == "true" {
			t.Fatal(what + " is not installed; make tools")
		}
		t.Skip(what + " is not installed; make tools")
	}
	node, err := exec.LookPath("node")
	need(err == nil, "node")
	_, err = exec.LookPath("chromium")
	need(err == nil || os.Getenv("CHROMIUM") != "", "chromium")
	folder, err := filepath.Abs("../../.ci/browser")
	if err != nil {
		t.Fatal(err)
	}
	_, err = os.Stat(filepath.Join(folder, "node_modules", "axe-core"))
	need(err == nil, "axe-core")

	s := testSettings()
	s.Channels[1].Limit = 100
	s.Channels[1].Description = "Semua berita dari semua sumber"
	s.Permissions = []feed.Permission{{ID: "surat", Source: "pemkab", Use: feed.Full, Images: true, Audience: feed.Public, Basis: feed.WrittenPermission}}
	b := newBench(t, s)
	for n := range 40 {
		source := []string{"pemkab", "kabar"}[n%2]
		b.save(draft(source, n, func(e *feed.Entry) {
			if n%5 == 0 {
				e.Title = "Pemerintah Kabupaten Paser Memperbaiki Jalan Penghubung Tiga Desa di Kecamatan Batu Sopang Tahun Ini"
				e.Excerpt = "Perbaikan jalan sepanjang dua belas kilometer dimulai pekan ini dan ditargetkan selesai sebelum musim hujan."
			}
			if n%7 == 0 {
				e.Language = "en"
				e.Image = &sources.Image{URL: "https://pemkab.example/a.jpg", Caption: "A bridge", Credit: "Dok. Pemkab", License: "https://creativecommons.org/licenses/by/4.0/"}
			}
			if n%9 == 0 {
				e.Evidence = []sources.Evidence{{Kind: sources.NoCopy, Text: "Dilarang mengutip tanpa izin tertulis dari redaksi.", Where: "text"}}
			}
			if n == 37 {
				e.Notice = &feed.Notice{Kind: feed.Correction, When: morning, Reason: "Nama desa semula salah tulis.", By: "origin", URL: "https://kabar.example/ralat"}
			}
		}))
	}
	w := draft("kabar", 39, nil)
	w.Notice, w.Digest, w.Changed = &feed.Notice{Kind: feed.Withdrawal, When: morning, Reason: "Melanggar privasi anak.", By: "origin"}, "w", morning.Add(time.Minute)
	b.save(w)
	b.update()
	// A withdrawn story's page is 410, which a browser shows like any other.
	server := httptest.NewServer(http.HandlerFunc(b.p.ServeHTTP))
	defer server.Close()
	args := []string{filepath.Join(folder, "look.mjs")}
	if shots := os.Getenv("PAGES_SHOTS"); shots != "" {
		args = append(args, "--shots", shots)
	}
	for _, path := range []string{
		"/", "/semua/", "/semua/en/", "/about/", "/sources/pemkab/", "/sources/kabar/en/", "/semua.atom", "/semua.json",
		"/entries/" + feed.EntryID("pemkab", "https://pemkab.example/38"),
		"/entries/" + feed.EntryID("kabar", "https://kabar.example/37") + "/en/",
		"/entries/" + feed.EntryID("kabar", "https://kabar.example/39"),
	} {
		args = append(args, server.URL+path)
	}
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute)
	defer stop()
	out, err := exec.CommandContext(ctx, node, args...).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
