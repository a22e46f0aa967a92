package deliver

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/publish"
	"warta/feed/render"
	"warta/feed/render/rendertest"
	"warta/feed/store"
	"warta/sources"
)

var morning = time.Date(2026, 11, 2, 6, 0, 0, 0, time.UTC)

// bench is store, publisher and deliverer with a clock that tests move.
type bench struct {
	t     testing.TB
	store *store.Store
	p     *publish.Publisher
	d     *Deliverer
	hub   *httptest.Server
	log   bytes.Buffer

	mu    sync.Mutex
	clock time.Time
	asked []string
	hooks []Hook
	tasks map[string]time.Time // subscriptions that come again, as the queue would call them
}

func testSettings() publish.Settings {
	return publish.Settings{
		Site:   feed.Site{Title: "Warta Uji", URL: "https://warta.example/", Language: "id"},
		Policy: feed.Policy{Default: feed.Excerpt},
		Channels: []feed.Channel{
			{ID: "paser", Title: "Paser", Language: "id", Select: `"64.01" in regions`, Limit: 5},
			{ID: "semua", Title: "Semua", Language: "id", Limit: 100},
		},
		Sources: []sources.Source{{ID: "pemkab", Title: "Pemkab Paser", URL: "https://pemkab.example/", Feed: "https://pemkab.example/feed/"}},
		OwnHub:  true,
	}
}

func newBench(t testing.TB) *bench {
	t.Helper()
	b := &bench{t: t, clock: morning, tasks: make(map[string]time.Time)}
	s, err := store.Open(context.Background(), filepath.Join(t.TempDir(), "warta.db"), store.Options{Now: b.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	b.store = s
	b.restart(testSettings())
	b.hub = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { b.p.ServeHTTP(w, r) }))
	t.Cleanup(b.hub.Close)
	return b
}

// restart begins with nothing but the database, as after a crash.
func (b *bench) restart(settings publish.Settings) {
	b.t.Helper()
	p, err := publish.New(b.store, settings, publish.Options{
		Now: b.now, Log: slog.New(slog.NewTextHandler(&b.log, nil)), Tokens: b.store,
		Hub: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { b.d.ServeHTTP(w, r) }),
	})
	if err != nil {
		b.t.Fatal(err)
	}
	b.p = p
	b.d = New(b.store, p, Options{AllowPrivate: true, Timeout: 2 * time.Second, Now: b.now, Asked: func(id string) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.asked = append(b.asked, id)
	}})
	b.t.Cleanup(b.d.Close)
	b.d.Adopt(b.hooks)
	if _, err := p.Update(context.Background()); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) now() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.clock
}

func (b *bench) pass(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.clock = b.clock.Add(d)
}

// work does what the queue would do at this time: it verifies what was asked,
// and delivers what is lacking and due.
func (b *bench) work() {
	b.t.Helper()
	ctx := context.Background()
	if _, err := b.p.Update(ctx); err != nil {
		b.t.Fatal(err)
	}
	b.mu.Lock()
	asked := b.asked
	b.asked = nil
	b.mu.Unlock()
	for _, id := range asked {
		again, err := b.d.Verify(ctx, id)
		if err != nil {
			b.t.Fatal(err)
		}
		if !again.IsZero() {
			b.asked = append(b.asked, id)
		}
	}
	ids, err := b.d.Advance(ctx)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, id := range ids {
		if _, ok := b.tasks[id]; !ok {
			b.tasks[id] = time.Time{}
		}
	}
	for id, at := range maps.Clone(b.tasks) {
		for rounds := 0; !b.now().Before(at); rounds++ {
			if rounds > 1000 {
				b.t.Fatalf("delivering to %s does not end", id)
			}
			again, err := b.d.Deliver(ctx, id)
			if err != nil {
				b.t.Fatal(err)
			}
			if again.IsZero() {
				delete(b.tasks, id)
				break
			}
			b.tasks[id], at = again, again
		}
	}
}

// run lets time pass, working whenever the queue would and at the end. Between
// jobs that are due it goes in steps.
func (b *bench) run(long, step time.Duration) {
	b.t.Helper()
	for end := b.now().Add(long); b.now().Before(end); {
		next := end
		for _, at := range b.tasks {
			if at.Before(next) {
				next = at
			}
		}
		if len(b.tasks) == 0 {
			next = minTime(next, b.now().Add(max(step, time.Minute)))
		}
		b.pass(max(next.Sub(b.now()), time.Second))
		b.work()
	}
}

func minTime(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// draft is story n, in its revision r.
func draft(n, r int, change func(*feed.Entry)) feed.Draft {
	link := fmt.Sprintf("https://pemkab.example/%d", n)
	at := morning.Add(time.Duration(n-1000) * time.Minute)
	e := feed.Entry{
		ID: feed.EntryID("pemkab", link), Source: "pemkab", OriginalID: link,
		Title:   fmt.Sprintf("Berita %d (%d)", n, r),
		Content: sources.Text{Type: "html", Value: fmt.Sprintf("<p>Isi lengkap %d, keadaan %d.</p>", n, r)},
		Excerpt: fmt.Sprintf("Ringkasan %d, keadaan %d.", n, r), Language: "id",
		Published: at, FirstSeen: at, Changed: at, Regions: []string{"64.01"},
		Attribution: feed.Attribution{
			Authors: []sources.Person{{Name: "Siti Aminah", Role: "author"}}, URL: link, GUID: link, IsPermaLink: true, IDFrom: sources.IDFromFeed,
			Source: feed.Outlet{ID: "https://pemkab.example/feed/", Title: "Pemkab", URL: "https://pemkab.example/", FeedURL: "https://pemkab.example/feed/"},
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

// ask posts a form to the hub.
func (b *bench) ask(form url.Values) (int, string) {
	b.t.Helper()
	resp, err := http.PostForm(b.hub.URL+"/hub", form)
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

func (b *bench) subscribe(r *receiver, topic string, more ...string) {
	b.t.Helper()
	form := url.Values{"hub.mode": {"subscribe"}, "hub.topic": {topic}, "hub.callback": {r.URL + "/cb?x=1"}}
	for i := 0; i < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	if status, body := b.ask(form); status != http.StatusAccepted {
		b.t.Fatalf("the hub answered %d: %s", status, body)
	}
	b.work()
}

// delivered is one request that a receiver got.
type delivered struct {
	header http.Header
	body   []byte
}

// receiver is a subscriber. It keeps, as feed readers do, the newest state of
// each entry by its atom:id.
type receiver struct {
	*httptest.Server
	t       testing.TB
	mu      sync.Mutex
	got     []delivered
	checks  []url.Values
	refuse  bool            // don't confirm
	answer  func(n int) int // status of the n-th delivery; nil: 204
	header  http.Header     // of answers
	hang    chan struct{}   // closed to end hanging
	entries map[string]string
	ids     []string // of entries in the order received
	gone    []string // ids of those it was told to take away
}

func newReceiver(t testing.TB) *receiver {
	r := &receiver{t: t, entries: make(map[string]string)}
	r.Server = httptest.NewServer(r)
	t.Cleanup(r.Server.Close)
	return r
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	if req.Method == http.MethodGet {
		r.mu.Lock()
		defer r.mu.Unlock()
		q := req.URL.Query()
		r.checks = append(r.checks, q)
		if r.refuse {
			http.NotFound(w, req)
			return
		}
		io.WriteString(w, q.Get("hub.challenge"))
		return
	}
	body, _ := io.ReadAll(req.Body)
	r.mu.Lock()
	hang := r.hang
	r.mu.Unlock()
	if hang != nil {
		<-hang
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	status := http.StatusNoContent
	if r.answer != nil {
		status = r.answer(len(r.got))
	}
	if status/100 == 2 || status == 599 { // 599: received, and the answer lost
		r.got = append(r.got, delivered{req.Header, body})
		if req.Header.Get("Content-Type") == "application/feed+json" {
			for _, broken := range rendertest.JSONFeed(body) {
				r.t.Errorf("a push: %s", broken)
			}
		}
		r.keep(body)
	}
	maps.Copy(w.Header(), r.header)
	w.WriteHeader(status)
}

func (r *receiver) keep(body []byte) {
	if body[0] == '{' {
		r.obey(body)
		return
	}
	var doc struct {
		Entries []struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Summary string `xml:"summary"`
		} `xml:"entry"`
		Deleted []struct {
			Ref string `xml:"ref,attr"`
		} `xml:"deleted-entry"`
	}
	if xml.Unmarshal(body, &doc) != nil {
		return
	}
	for _, d := range doc.Deleted { // a notice in its place comes below
		delete(r.entries, d.Ref)
		r.gone = append(r.gone, d.Ref)
	}
	for i := range doc.Entries {
		e := doc.Entries[len(doc.Entries)-1-i]
		r.entries[e.ID] = e.Title + "|" + e.Summary
		r.ids = append(r.ids, e.ID)
	}
}

// obey does what a webhook says. Of each entry its item is kept, by our id.
func (r *receiver) obey(body []byte) {
	var m message
	if json.Unmarshal(body, &m) != nil {
		return
	}
	for _, e := range m.Entries {
		r.ids = append(r.ids, e.Entry)
		if e.Action == actionRemove {
			delete(r.entries, e.Entry)
			r.gone = append(r.gone, e.Entry)
			continue
		}
		r.entries[e.Entry] = compact(e.Item)
	}
}

func compact(b []byte) string {
	var out bytes.Buffer
	if json.Compact(&out, b) != nil {
		return string(b)
	}
	return out.String()
}

func (r *receiver) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.got)
}

func (r *receiver) last() delivered {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.got[len(r.got)-1]
}

// entitled is what the database and the rules say a subscriber of a public
// channel should have, from a change on.
func (b *bench) entitled(channel string, since int64) map[string]string {
	b.t.Helper()
	t, err := b.p.TopicOf(channel + " public")
	if err != nil {
		b.t.Fatal(err)
	}
	return b.entitledTo(t, since)
}

// entitledTo is the same of any topic: of one in JSON the items by our ids, as
// webhooks have them.
func (b *bench) entitledTo(t *publish.Topic, since int64) map[string]string {
	b.t.Helper()
	out := make(map[string]string)
	for {
		entries, err := b.store.ChangedSince(context.Background(), since, 100)
		if err != nil {
			b.t.Fatal(err)
		}
		if len(entries) == 0 {
			return out
		}
		for i := range entries {
			since = entries[i].Seq
			if !t.Holds(&entries[i]) {
				continue
			}
			_, fragment, _ := t.Show(&entries[i], b.now())
			switch {
			case fragment == nil:
			case t.Format == render.JSON:
				out[entries[i].ID] = compact(fragment)
			default:
				var e struct {
					ID      string `xml:"id"`
					Title   string `xml:"title"`
					Summary string `xml:"summary"`
				}
				text := strings.ReplaceAll(string(fragment[bytes.LastIndex(fragment, []byte("<entry")):]), "app:", "")
				if err := xml.Unmarshal([]byte(text), &e); err != nil {
					b.t.Fatalf("%v in %s", err, fragment)
				}
				out[e.ID] = e.Title + "|" + e.Summary
			}
		}
	}
}

func sameEntries(t *testing.T, got, want map[string]string) {
	t.Helper()
	for id, w := range want {
		if got[id] != w {
			t.Errorf("%s: the receiver has %q, want %q", id, got[id], w)
		}
	}
	for id := range got {
		if _, ok := want[id]; !ok {
			t.Errorf("%s: the receiver has it and should not", id)
		}
	}
	if len(want) == 0 {
		t.Error("nothing was compared")
	}
}

func contains(s string, all ...string) bool {
	for _, one := range all {
		if !strings.Contains(s, one) {
			return false
		}
	}
	return true
}

func hmacHex(secret string, body []byte) string {
	m := hmac.New(sha256.New, []byte(secret))
	m.Write(body)
	return fmt.Sprintf("sha256=%x", m.Sum(nil))
}
