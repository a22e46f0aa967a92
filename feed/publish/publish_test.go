package publish

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"

	"warta/feed"
	"warta/feed/render/rendertest"
	"warta/feed/store"
	"warta/sources"
)

// morning is when most tests begin.
var morning = time.Date(2026, 3, 2, 6, 0, 0, 0, time.UTC)

// bench is a publisher over a real database with a clock that tests move.
type bench struct {
	t     testing.TB
	store *store.Store
	clock time.Time
	log   bytes.Buffer
	p     *Publisher
}

func testSettings() Settings {
	return Settings{
		Site:   feed.Site{Title: "Warta Uji", URL: "https://warta.example/", Contact: "redaksi@warta.example", Language: "id"},
		Policy: feed.Policy{Default: feed.Excerpt},
		Channels: []feed.Channel{
			{ID: "paser", Title: "Paser", Language: "id", Select: `"64.01" in regions`, Limit: 5},
			{ID: "semua", Title: "Semua", Language: "id", Limit: 10},
		},
		Sources: []sources.Source{
			{ID: "pemkab", Title: "Pemkab Paser", URL: "https://pemkab.example/", Feed: "https://pemkab.example/feed/"},
			{ID: "kabar", URL: "https://kabar.example/", Feed: "https://kabar.example/rss"},
		},
	}
}

func openStore(t testing.TB, path string) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func newBench(t testing.TB, settings Settings) *bench {
	t.Helper()
	b := &bench{t: t, clock: morning}
	b.store = openStore(t, filepath.Join(t.TempDir(), "warta.db"))
	b.restart(settings)
	return b
}

// restart begins with nothing but the database.
func (b *bench) restart(settings Settings) {
	b.t.Helper()
	p, err := New(b.store, settings, Options{
		Now: func() time.Time { return b.clock },
		Log: slog.New(slog.NewTextHandler(&b.log, nil)), Tokens: b.store,
	})
	if err != nil {
		b.t.Fatal(err)
	}
	b.p = p
}

// draft is story n of a source.
func draft(source string, n int, change func(*feed.Entry)) feed.Draft {
	link := fmt.Sprintf("https://%s.example/%d", source, n)
	at := morning.Add(time.Duration(n)*time.Minute - 24*time.Hour)
	e := feed.Entry{
		ID: feed.EntryID(source, link), Source: source, OriginalID: link,
		Title:   fmt.Sprintf("Berita %d dari %s", n, source),
		Summary: sources.Text{Type: "html", Value: fmt.Sprintf("<p>Ringkasan %d.</p>", n)},
		Content: sources.Text{Type: "html", Value: fmt.Sprintf("<p>Isi lengkap %d.</p>", n)},
		Excerpt: fmt.Sprintf("Ringkasan %d.", n), Language: "id",
		Published: at, FirstSeen: at.Add(time.Minute), Changed: at.Add(time.Minute), Revision: 1,
		Regions: []string{"64.01"},
		Attribution: feed.Attribution{
			Authors: []sources.Person{{Name: "Siti Aminah", Role: "author"}},
			URL:     link, GUID: link, IsPermaLink: true, IDFrom: sources.IDFromFeed,
			Source: feed.Outlet{ID: "https://" + source + ".example/feed/", Title: source, URL: "https://" + source + ".example/", FeedURL: "https://" + source + ".example/feed/"},
		},
	}
	if change != nil {
		change(&e)
	}
	return feed.Draft{Entry: e, URLKey: link, Digest: fmt.Sprintf("%+v", e)}
}

func (b *bench) save(drafts ...feed.Draft) {
	b.t.Helper()
	if err := b.store.Save(context.Background(), drafts); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) update() Report {
	b.t.Helper()
	r, err := b.p.Update(context.Background())
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

// get asks the publisher as a client would. Every JSON Feed that any test is
// given is held to the rules of its format.
func (b *bench) get(path string, header ...string) *http.Response {
	r := request(b.p, http.MethodGet, path, header...)
	if r.StatusCode == http.StatusOK && r.Header.Get("Content-Type") == "application/feed+json" && r.Header.Get("Content-Encoding") == "" {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			b.t.Error(err)
		}
		for _, broken := range rendertest.JSONFeed(body) {
			b.t.Errorf("%s: %s", path, broken)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	return r
}

func request(h http.Handler, method, path string, header ...string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func (b *bench) body(path string) string {
	b.t.Helper()
	r := b.get(path)
	body, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		b.t.Fatalf("%s: status %d, %v", path, r.StatusCode, err)
	}
	return string(body)
}

// titles finds which of the stories 0…99 a document names, the first first.
func titles(body, source string) string {
	var found []string
	at := map[string]int{}
	for n := range 100 {
		name := fmt.Sprintf("Berita %d dari %s", n, source)
		if i := strings.Index(body, name); i >= 0 {
			at[fmt.Sprint(n)] = i
			k := len(found)
			for k > 0 && at[found[k-1]] > i {
				k--
			}
			found = append(found[:k], append([]string{fmt.Sprint(n)}, found[k:]...)...)
		}
	}
	return strings.Join(found, " ")
}

func unzip(t testing.TB, r io.Reader) string {
	t.Helper()
	z, err := gzip.NewReader(r)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}
