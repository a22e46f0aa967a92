package api

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/publish"
	"warta/feed/store"
	"warta/sources"
)

var morning = time.Date(2026, 3, 2, 6, 0, 0, 0, time.UTC)

// bench is the API over a real database and publisher, with a clock that tests
// move.
type bench struct {
	t       testing.TB
	store   *store.Store
	clock   time.Time
	api     *API
	p       *publish.Publisher
	handler http.Handler
	secrets map[string]string
}

func settings() publish.Settings {
	return publish.Settings{
		Site:   feed.Site{Title: "Warta Uji", URL: "https://warta.example/w/", Language: "id", Commercial: true},
		Policy: feed.Policy{Default: feed.Excerpt, Commercial: true},
		Channels: []feed.Channel{
			{ID: "paser", Title: "Paser", Select: `source == "pemkab"`, Limit: 5},
			{ID: "gudang", Title: "Gudang", Select: `source == "kabar"`, Private: true, Limit: 5},
			{ID: "nanti", Title: "Nanti", Select: `source == "radio"`, Embargo: 2 * time.Hour, Limit: 5},
		},
		Sources: []sources.Source{{ID: "pemkab", Feed: "https://pemkab.example/feed"}, {ID: "kabar", Feed: "https://kabar.example/feed"}, {ID: "radio", Feed: "https://radio.example/feed"}},
		Permissions: []feed.Permission{
			{ID: "pemkab-portal", Source: "pemkab", Use: feed.Full, Audience: "partner:portal", Basis: feed.PaidLicence, Until: morning.Add(6 * time.Hour)},
		},
		Partners: []feed.Partner{
			{ID: "portal", Title: "Portal", Channels: []string{"paser", "gudang"}, Use: feed.Full, Limit: feed.Limit{Requests: 5000, Per: time.Hour}},
			{ID: "lain", Channels: []string{"paser"}, Use: feed.Headline, Limit: feed.Limit{Requests: 1, Per: time.Minute}},
		},
	}
}

func newBench(t testing.TB) *bench {
	t.Helper()
	s, err := store.Open(context.Background(), filepath.Join(t.TempDir(), "warta.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	b := &bench{t: t, store: s, clock: morning, secrets: map[string]string{}}
	b.p, err = publish.New(s, settings(), publish.Options{Now: func() time.Time { return b.clock }, Tokens: s})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range settings().Partners {
		secret, digest := feed.NewSecret()
		if err := s.AddToken(context.Background(), feed.Token{ID: p.ID, Partner: p.ID, Created: morning}, digest); err != nil {
			t.Fatal(err)
		}
		b.secrets[p.ID] = secret
	}
	b.api = New(Options{Publisher: b.p, Store: s, Record: s, Version: "1"})
	b.handler = b.api.Before(b.p)
	b.update()
	return b
}

func (b *bench) update() {
	b.t.Helper()
	if _, err := b.p.Update(context.Background()); err != nil {
		b.t.Fatal(err)
	}
}

// save stores story n of a source as it is at the clock's time.
func (b *bench) save(source string, n, version int, change func(*feed.Entry)) string {
	b.t.Helper()
	link := fmt.Sprintf("https://%s.example/%d", source, n)
	e := feed.Entry{
		ID: feed.EntryID(source, link), Source: source, OriginalID: link, Title: fmt.Sprintf("Berita %d versi %d", n, version),
		Content: sources.Text{Type: "html", Value: fmt.Sprintf("<p>Isi lengkap %d versi %d.</p>", n, version)},
		Excerpt: fmt.Sprintf("Ringkasan %d versi %d.", n, version), Language: "id",
		Published: b.clock, FirstSeen: b.clock, Changed: b.clock, Regions: []string{"64.01"},
		Attribution: feed.Attribution{
			Authors: []sources.Person{{Name: "Siti Aminah", Role: "author"}}, URL: link, GUID: link,
			Source: feed.Outlet{ID: "https://" + source + ".example/feed", Title: source, URL: "https://" + source + ".example/", FeedURL: "https://" + source + ".example/feed"},
		},
	}
	if change != nil {
		change(&e)
	}
	if err := b.store.Save(context.Background(), []feed.Draft{{Entry: e, URLKey: link, Digest: fmt.Sprintf("%+v %+v", e, e.Notice)}}); err != nil {
		b.t.Fatal(err)
	}
	return e.ID
}

func (b *bench) ask(partner, path string) *http.Response {
	r := httptest.NewRequest("GET", path, nil)
	if s := b.secrets[partner]; s != "" {
		r.Header.Set("Authorization", "Bearer "+s)
	} else if partner != "" {
		r.Header.Set("Authorization", "Bearer "+partner)
	}
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	return w.Result()
}

// get asks for JSON and returns the status.
func (b *bench) get(partner, path string, into any) int {
	b.t.Helper()
	r := b.ask(partner, path)
	body, err := io.ReadAll(r.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	if into != nil {
		if err := json.Unmarshal(body, into); err != nil {
			b.t.Fatalf("%s: %v in %s", path, err, body)
		}
	}
	return r.StatusCode
}

type answer struct {
	Entries []Entry
	More    bool
	Cursor  string
	After   string
	Next    string
}

// UnmarshalJSON is for tests, which read what they wrote.
func (i *Item) UnmarshalJSON(b []byte) error { *i = slices.Clone(b); return nil }

func TestWhoSeesWhat(t *testing.T) {
	b := newBench(t)
	open, closed := b.save("pemkab", 1, 1, nil), b.save("kabar", 2, 1, nil)
	b.update()
	for _, c := range []struct {
		partner, path string
		status        int
		has, lacks    string
	}{
		{"", "/w/api/channels", 200, `"paser"`, "gudang"},
		{"portal", "/w/api/channels", 200, `"gudang"`, "warta_"},
		{"", "/w/api/entries", 200, "Ringkasan 1 versi 1", "Isi lengkap"},
		{"", "/w/api/entries", 200, "Siti Aminah", "Berita 2"},
		{"portal", "/w/api/entries", 200, "Isi lengkap 1 versi 1", "Isi lengkap 2"},
		{"portal", "/w/api/entries?channel=gudang", 200, "Berita 2", "Berita 1"},
		{"", "/w/api/entries?channel=gudang", 200, `"entries":[]`, "Berita"},
		{"", "/w/api/entries?channel=tiada", 200, `"entries":[]`, "Berita"},
		{"", "/w/api/entries/" + open, 200, `"use":"excerpt"`, "Isi lengkap"},
		{"portal", "/w/api/entries/" + open, 200, `"permission":"pemkab-portal"`, "grant-"},
		{"", "/w/api/entries/" + open, 200, `"reasons"`, "pemkab-portal"},
		{"", "/w/api/entries/" + closed, 404, "no such entry", "Berita"},
		{"", "/w/api/entries/aaaaaaaaaaaaaaaa", 404, "no such entry", ""},
		{"", "/w/api/entries/x", 404, "no such entry", ""},
		{"portal", "/w/api/entries/" + closed, 200, "Ringkasan 2", ""},
		{"", "/w/api/entries?text=lengkap", 200, `"entries":[]`, "Berita"}, // what is withheld can't be probed for
		{"portal", "/w/api/entries?text=LENGKAP+1", 200, "Berita 1", "Berita 2"},
		{"", "/w/api/entries?region=64", 200, "Berita 1", ""},
		{"", "/w/api/entries?region=6", 200, `"entries":[]`, ""},
		{"", "/w/api/entries?language=en", 200, `"entries":[]`, ""},
		{"", "/w/api/entries?source=pemkab&since=2026-03-02", 200, "Berita 1", ""},
		{"", "/w/api/entries?since=2026-03-02T06:00:01Z", 200, `"entries":[]`, ""},
		{"", "/w/api/entries?since=besok", 422, "query.since", ""},
		{"", "/w/api/entries?after=x", 422, "no cursor", ""},
		{"", "/w/api/entries?after=5.1000.99", 422, "no cursor", ""},
		{"", "/w/api/entries?cursor=x", 422, "no cursor", ""},
		{"", "/w/api/entries?after=0&cursor=1.x", 422, "give one of them", ""},
		{"", "/w/api/entries?limit=101", 422, "limit", ""},
		{"", "/w/api/entries?limits=1", 422, "limits", ""},
		{"", "/w/api/entries/" + open + "/revisions/1", 200, "Ringkasan 1", "Isi lengkap"},
		{"", "/w/api/entries/" + open + "/revisions/2", 404, "no such entry", ""},
		{"", "/w/api/usage", 401, "Bearer", ""},
		{"portal", "/w/api/usage", 200, `"seconds":3600`, "kabar-"},
		{"portal", "/w/api/usage", 200, `"id":"pemkab-portal"`, ""},
		{"", "/w/api/tiada", 404, "openapi.json", ""},
		{"", "/w/api/entries/../channels", 404, "", "paser"},
		{"", "/w/api//channels", 404, "", "paser"},
		{"", "/w/apix", 404, "", "openapi"},
		{"warta_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "/w/api/channels", 401, "opens nothing", "paser"},
		{"something-else", "/w/api/channels", 200, "paser", ""},
	} {
		r := b.ask(c.partner, c.path)
		body, _ := io.ReadAll(r.Body)
		if r.StatusCode != c.status || !strings.Contains(string(body), c.has) || c.lacks != "" && strings.Contains(string(body), c.lacks) {
			t.Errorf("%q %s: %d, want %d with %q and without %q: %s", c.partner, c.path, r.StatusCode, c.status, c.has, c.lacks, body)
		}
		private := c.partner == "portal"
		if cache := r.Header.Get("Cache-Control"); r.StatusCode == 200 && strings.HasPrefix(cache, "private") != private || r.StatusCode >= 400 && strings.Contains(c.path, "/api/") && cache != "no-store" {
			t.Errorf("%q %s: Cache-Control %s", c.partner, c.path, cache)
		}
		if !strings.Contains(strings.Join(r.Header.Values("Vary"), ", "), "Authorization") {
			t.Errorf("%s: Vary %v", c.path, r.Header["Vary"])
		}
		if r.StatusCode >= 400 && strings.Contains(c.path, "/api/") && r.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %s", c.path, r.Header.Get("Content-Type"))
		}
	}
	a, z := b.ask("", "/w/api/entries/"+closed), b.ask("", "/w/api/entries/aaaaaaaaaaaaaaaa")
	x, _ := io.ReadAll(a.Body)
	y, _ := io.ReadAll(z.Body)
	if string(x) != string(y) || a.StatusCode != z.StatusCode {
		t.Errorf("what may not be known of is told from what isn't there: %s, %s", x, y)
	}
	b.get("lain", "/w/api/channels", nil)
	if r := b.ask("lain", "/w/api/channels"); r.StatusCode != 429 || r.Header.Get("Retry-After") != "60" {
		t.Errorf("too many: %d %v", r.StatusCode, r.Header)
	}
}

// What a story was is shown no more than what it is; of a withdrawn one nothing.
func TestOldRevisionsAreWithheldToo(t *testing.T) {
	b := newBench(t)
	id := b.save("pemkab", 1, 1, nil)
	b.save("pemkab", 1, 2, nil)
	b.update()
	var e struct {
		Entry
		Revisions []Revision
	}
	b.get("portal", "/w/api/entries/"+id, &e)
	if len(e.Revisions) != 2 || e.Revisions[0].Title != "Berita 1 versi 1" || e.Revisions[1].Title != "Berita 1 versi 2" {
		t.Errorf("%+v", e.Revisions)
	}
	text := func(partner string, n int) string {
		body, _ := io.ReadAll(b.ask(partner, fmt.Sprintf("/w/api/entries/%s/revisions/%d", id, n)).Body)
		return string(body)
	}
	if !strings.Contains(text("portal", 1), "Isi lengkap 1 versi 1") || strings.Contains(text("", 1), "Isi lengkap") {
		t.Error("the partner reads the old text, everybody doesn't")
	}
	// The old text leaves with whose it is, and with what readers were told since.
	b.save("pemkab", 1, 2, func(e *feed.Entry) {
		e.Title, e.Notice = "Berita 1 versi 3", &feed.Notice{Kind: feed.Correction, When: morning, Reason: "Nama camat keliru.", By: "origin"}
		e.Evidence = []sources.Evidence{{Kind: sources.TDMReserved, Value: "1", Text: "tdm-reservation: 1", Where: "page"}}
	})
	b.update()
	var old RevisionText
	r := b.ask("portal", fmt.Sprintf("/w/api/entries/%s/revisions/1", id))
	if err := json.NewDecoder(r.Body).Decode(&old); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{old.Content, old.Summary, string(old.Item)} {
		if !strings.Contains(part, "Sumber: ") || !strings.Contains(part, e.URL) || !strings.Contains(part, "Nama camat keliru.") {
			t.Errorf("an old text lost its source, its home or the correction: %s", part)
		}
	}
	for _, path := range []string{"/w/api/entries", "/w/api/entries/" + id, "/w/api/entries/" + id + "/revisions/1"} {
		if h := b.ask("", path).Header; h.Get("Tdm-Reservation") != "1" || h.Get("X-Robots-Tag") != "noindex" {
			t.Errorf("%s passes on no wish: %v", path, h)
		}
	}
	// The owner forbids copying from now on: that is true of the old text, too.
	b.save("pemkab", 1, 3, func(e *feed.Entry) {
		e.Evidence = []sources.Evidence{{Kind: sources.NoCopy, Text: "Dilarang mengutip", Where: "text"}}
	})
	if got := text("", 1); strings.Contains(got, "Ringkasan") {
		t.Errorf("an old excerpt is shown: %s", got)
	}
	b.save("pemkab", 1, 4, func(e *feed.Entry) {
		e.Notice = &feed.Notice{Kind: feed.Withdrawal, When: morning, Reason: "Keliru.", By: "origin"}
	})
	for _, partner := range []string{"", "portal"} {
		whole, _ := io.ReadAll(b.ask(partner, "/w/api/entries/"+id).Body)
		all := string(whole)
		for n := 1; n <= 4; n++ {
			all += text(partner, n)
		}
		for _, word := range []string{"Isi lengkap", "Ringkasan", "Berita 1"} {
			if strings.Contains(all, word) {
				t.Errorf("%q reads %q of a withdrawn story", partner, word)
			}
		}
		if !strings.Contains(all, "Keliru.") {
			t.Errorf("%q isn't told why", partner)
		}
	}
}

func TestNewestPageByPage(t *testing.T) {
	b := newBench(t)
	for n := range 25 {
		b.clock = b.clock.Add(time.Second)
		if n%5 == 4 {
			b.clock = b.clock.Add(-time.Second) // two at one moment
		}
		b.save("pemkab", n, 1, nil)
		b.save("kabar", n, 1, nil)
	}
	b.update()
	seen := map[string]bool{}
	path, last := "/w/api/entries?limit=4&source=pemkab", time.Now().AddDate(100, 0, 0)
	for path != "" {
		var a answer
		if b.get("", path, &a) != 200 || len(a.Entries) == 0 || len(a.Entries) > 4 {
			t.Fatalf("%s: %+v", path, a)
		}
		for _, e := range a.Entries {
			if seen[e.ID] || e.Published.After(last) {
				t.Errorf("%s comes twice or late", e.Title)
			}
			seen[e.ID], last = true, e.Published
		}
		if path = strings.TrimPrefix(a.Next, "https://warta.example"); (path == "") == a.More {
			t.Errorf("more %v, next %q", a.More, a.Next)
		}
	}
	if len(seen) != 25 {
		t.Errorf("%d entries", len(seen))
	}
}

// What programs and people are told of the API is made of the same types, names
// no other host, and needs no script.
func TestDescription(t *testing.T) {
	b := newBench(t)
	var o struct {
		OpenAPI string
		Servers []struct{ URL string }
		Paths   map[string]map[string]struct {
			OperationID string
			Parameters  []struct{ Name string }
			Responses   map[string]struct{ Content map[string]any }
		}
	}
	if status := b.get("", "/w/api/openapi.json", &o); status != 200 || !strings.HasPrefix(o.OpenAPI, "3.1.") || o.Servers[0].URL != "https://warta.example/w/api" {
		t.Fatalf("%d %+v", status, o)
	}
	for _, path := range []string{"/channels", "/entries", "/entries/{id}", "/entries/{id}/revisions/{number}", "/usage"} {
		if o.Paths[path]["get"].Responses["200"].Content["application/json"] == nil || o.Paths[path]["get"].Responses["404"].Content["application/problem+json"] == nil {
			t.Errorf("%s is not described: %+v", path, o.Paths[path])
		}
	}
	r := b.ask("", "/w/api/")
	page, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != 200 || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") || r.Header.Get("Content-Security-Policy") == "" {
		t.Fatalf("%d %v %v", r.StatusCode, r.Header, err)
	}
	for _, p := range o.Paths["/entries"]["get"].Parameters {
		if !strings.Contains(string(page), "<code>"+p.Name+"</code>") {
			t.Errorf("the page doesn't explain %s", p.Name)
		}
	}
	if strings.Contains(string(page), "<script") || strings.Contains(string(page), "src=") || strings.Contains(string(page), "ZgotmplZ") {
		t.Error("the page loads something")
	}
	if r := b.ask("", "/w/api"); r.StatusCode != 308 || r.Header.Get("Location") != "api/" {
		t.Errorf("without the slash: %d %s", r.StatusCode, r.Header.Get("Location"))
	}
	// Nothing can be written, and nobody's Host or proxy header is believed.
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH"} {
		q := httptest.NewRequest(method, "/w/api/entries", strings.NewReader("{}"))
		w := httptest.NewRecorder()
		b.handler.ServeHTTP(w, q)
		if w.Code != 405 || w.Header().Get("Allow") == "" {
			t.Errorf("%s: %d", method, w.Code)
		}
	}
	q := httptest.NewRequest("GET", "/w/api/entries?after=0", nil)
	q.Host = "evil.example"
	q.Header.Set("X-Forwarded-Host", "evil.example")
	q.Header.Set("X-Forwarded-Proto", "gopher")
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, q)
	if body := w.Body.String() + fmt.Sprint(w.Header()); strings.Contains(body, "evil.example") || strings.Contains(body, "gopher") {
		t.Errorf("the caller's headers come back: %s", body)
	}
}
