package refresh

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"warta/sources"
	"warta/sources/fetch"
)

// origin answers as a small site would; err, when set, is what it answers with.
type origin struct {
	body      string
	etag      string
	err       error
	redirects []fetch.Redirect
	asked     []fetch.Request
}

func (o *origin) Get(_ context.Context, req fetch.Request) (*fetch.Response, error) {
	o.asked = append(o.asked, req)
	if o.err != nil {
		return nil, o.err
	}
	if o.etag != "" && req.ETag == o.etag {
		return &fetch.Response{Status: 304, URL: req.URL, NotModified: true}, nil
	}
	hash := fmt.Sprintf("%x", sha256.Sum256([]byte(o.body)))
	url := req.URL
	if n := len(o.redirects); n > 0 {
		url = o.redirects[n-1].To
	}
	return &fetch.Response{Status: 200, URL: url, Body: []byte(o.body), ETag: o.etag, Hash: hash,
		Unchanged: hash == req.BodyHash, Redirects: o.redirects}, nil
}

// shelf remembers states and accepts visits; full makes accepting fail.
type shelf struct {
	states map[string]sources.State
	items  map[string]bool
	full   error
	why    string // the sources don't look like themselves
}

func newShelf() *shelf {
	return &shelf{states: make(map[string]sources.State), items: make(map[string]bool)}
}

func (s *shelf) Recall(_ context.Context, ids []string) (map[string]sources.State, error) {
	return s.states, nil
}

func (s *shelf) Remember(_ context.Context, states []sources.State) error {
	for _, st := range states {
		s.states[st.Source] = st
	}
	return nil
}

func (s *shelf) Accept(_ context.Context, visits []sources.Visit) ([]sources.Accepted, error) {
	if s.full != nil {
		return nil, s.full
	}
	out := make([]sources.Accepted, len(visits))
	for i, v := range visits {
		out[i].Why = s.why
		for _, it := range v.Document.Items {
			if !s.items[it.ID] {
				s.items[it.ID] = true
				out[i].New++
			}
		}
	}
	return out, nil
}

// bench is a refresher on a shelf, an origin and a clock that a test moves.
type bench struct {
	*shelf
	*origin
	now time.Time
	r   *Refresher
	src sources.Source
}

func newBench(ids ...string) *bench {
	b := &bench{shelf: newShelf(), origin: &origin{body: rss(ids...), etag: `W/"1"`}, now: noon,
		src: sources.Source{ID: "satu", Feed: "http://satu.example/feed"}}
	b.r = New(Options{Getter: b.origin, Memory: b.shelf, Accepter: b.shelf, Every: every, Now: func() time.Time { return b.now }})
	return b
}

// visit calls on the source, due or not, and returns the result.
func (b *bench) visit(t *testing.T) Result {
	t.Helper()
	results, err := b.r.Host(t.Context(), []sources.Source{b.src}, true)
	if err != nil {
		t.Fatal(err)
	}
	return results[0]
}

func rss(ids ...string) string {
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel><title>Satu</title><link>http://satu.example/</link><description>d</description>`)
	for _, id := range ids {
		fmt.Fprintf(&b, `<item><title>Kabar %s</title><guid isPermaLink="false">%s</guid><link>http://satu.example/%s</link><description>Isi %s.</description></item>`, id, id, id, id)
	}
	return b.String() + `</channel></rss>`
}

// A document that could not be stored is asked for again: its validators must
// not be remembered, or it would hide behind 304s.
func TestValidatorsAreRememberedOnlyAfterTheDocumentWasAccepted(t *testing.T) {
	b := newBench("a")
	b.full = errors.New("disk full")
	if _, err := b.r.Host(t.Context(), []sources.Source{b.src}, true); err == nil {
		t.Fatal("a full disk passed unnoticed")
	}
	b.full = nil
	if res := b.visit(t); res.Accepted.New != 1 {
		t.Fatalf("after the disk was freed %d entries came, want 1", res.Accepted.New)
	}
	if res := b.visit(t); !res.NotModified || b.asked[len(b.asked)-1].ETag != `W/"1"` {
		t.Fatalf("third visit: %+v, asked with ETag %q", res, b.asked[len(b.asked)-1].ETag)
	}
}

func TestOnlyNewEntriesAreRead(t *testing.T) {
	b := newBench("a", "b", "c")
	b.visit(t)
	b.body, b.etag = rss("d", "a", "b"), `"2"`
	b.shelf.items = map[string]bool{} // whatever arrives now was read
	if res := b.visit(t); res.Accepted.New != 1 || !b.shelf.items["d"] {
		t.Fatalf("one entry of three is new, but %v were read", b.shelf.items)
	}
}

func TestOnceADayASourceIsAskedUnconditionally(t *testing.T) {
	b := newBench("a")
	b.visit(t)
	b.now = b.now.Add(23 * time.Hour)
	b.visit(t)
	b.now = b.now.Add(2 * time.Hour)
	b.visit(t)
	if b.asked[1].ETag == "" || b.asked[2].ETag != "" {
		t.Fatalf("ETags sent: %q, then %q", b.asked[1].ETag, b.asked[2].ETag)
	}
}

func TestPermanentRedirectIsBelievedAfterThreeVisitsOverADay(t *testing.T) {
	b := newBench("a")
	b.redirects = []fetch.Redirect{{From: b.src.Feed, To: "http://baru.example/feed", Status: 301}}
	for i, want := range []string{b.src.Feed, b.src.Feed, "http://baru.example/feed"} {
		b.visit(t)
		if got := b.states["satu"].URL; got != want {
			t.Fatalf("after visit %d the address is %s, want %s", i+1, got, want)
		}
		b.now = b.now.Add(13 * time.Hour)
	}
	if m := b.states["satu"].Moves; len(m) != 1 || m[0].From != b.src.Feed {
		t.Fatalf("the move was not recorded: %+v", m)
	}
}

// A source that is held stays where it was: nobody has looked at where its
// redirect leads. Once somebody did, it is followed.
func TestARedirectIsNotBelievedOfASourceThatIsHeld(t *testing.T) {
	b := newBench("a")
	b.visit(t)
	b.redirects = []fetch.Redirect{{From: b.src.Feed, To: "http://baru.example/feed", Status: 301}}
	b.body, b.etag, b.why = rss("x", "y"), `"2"`, "its new stories are elsewhere"
	for i := range 6 {
		b.visit(t)
		if st := b.states["satu"]; st.URL != b.src.Feed || len(st.Moves) > 0 {
			t.Fatalf("after visit %d the address is %s: %+v", i+1, st.URL, st.Moves)
		}
		b.now = b.now.Add(13 * time.Hour)
	}
	b.why = ""
	for range 3 {
		b.visit(t)
		b.now = b.now.Add(13 * time.Hour)
	}
	if st := b.states["satu"]; st.URL != "http://baru.example/feed" {
		t.Fatalf("after its release the address is %s", st.URL)
	}
}

func TestTemporaryRedirectNeverMovesASource(t *testing.T) {
	b := newBench("a")
	b.redirects = []fetch.Redirect{{From: b.src.Feed, To: "http://x.example/", Status: 301}, {From: "http://x.example/", To: "http://baru.example/feed", Status: 302}}
	for range 9 {
		b.visit(t)
		b.now = b.now.Add(13 * time.Hour)
	}
	if got := b.states["satu"].URL; got != b.src.Feed {
		t.Fatalf("the address is %s", got)
	}
}

func TestAFailingSourceIsRetriedForEverAndRecoversByItself(t *testing.T) {
	b := newBench("a")
	b.err = &fetch.Error{Kind: fetch.Server, URL: b.src.Feed, Status: 500}
	for range 40 {
		b.visit(t)
		st := b.states["satu"]
		if st.Health != sources.Failing || st.NextVisit.Sub(b.now) > 27*time.Hour {
			t.Fatalf("after %d failures: %s, next visit in %v", st.Failures, st.Health, st.NextVisit.Sub(b.now))
		}
		b.now = st.NextVisit
	}
	b.err = nil
	b.visit(t)
	if st := b.states["satu"]; st.Health != sources.Healthy || st.Failures != 0 || !st.FailingSince.IsZero() {
		t.Fatalf("after it came back: %+v", st)
	}
}

func TestGoneStopsUntilTheConfigurationChanges(t *testing.T) {
	b := newBench("a")
	b.err = &fetch.Error{Kind: fetch.Gone, URL: b.src.Feed, Status: 410}
	b.visit(t)
	b.now = b.now.AddDate(1, 0, 0)
	if res, _ := b.r.Host(t.Context(), []sources.Source{b.src}, false); len(res) != 0 {
		t.Fatal("a source that is gone was asked again")
	}
	b.err, b.src.Feed = nil, "http://satu.example/feed-baru"
	if res, _ := b.r.Host(t.Context(), []sources.Source{b.src}, false); len(res) != 1 || res[0].Err != nil {
		t.Fatalf("with another address it was not asked: %+v", res)
	}
}

func TestAnEmptiedFeedIsWarnedOfAndForgetsNothing(t *testing.T) {
	b := newBench("a", "b")
	b.visit(t)
	b.body, b.etag = rss(), `"empty"`
	b.visit(t)
	if w := b.states["satu"].Warnings; len(w) != 1 || w[0].Code != "emptied" {
		t.Fatalf("warnings: %v", w)
	}
	b.body, b.etag = rss("a", "b"), `"back"`
	b.shelf.items = map[string]bool{}
	if res := b.visit(t); res.Accepted.New != 0 {
		t.Fatalf("entries that had gone and came back were read anew: %v", b.shelf.items)
	}
}

func TestAnInterruptedVisitSaysNothingAboutTheSource(t *testing.T) {
	b := newBench("a")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	b.err = context.Canceled
	if _, err := b.r.Run(ctx, []sources.Source{b.src}, true); !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v", err)
	}
	if len(b.states) != 0 {
		t.Fatalf("remembered %+v", b.states)
	}
}

// Half an entry is neither taken over nor remembered: the whole one is read at
// the next visit, though the validators are the same.
func TestAnEntryThatIsCutWaitsUntilItIsWhole(t *testing.T) {
	b := newBench("a", "b")
	whole := b.body
	b.body = whole[:strings.Index(whole, "Isi b")]
	if res := b.visit(t); res.Err != nil || res.Accepted.New != 1 || !b.items["a"] || b.items["b"] {
		t.Fatalf("of a cut document: %+v, %v", res, b.items)
	}
	b.body, b.now = whole, b.now.Add(time.Hour)
	if res := b.visit(t); res.Err != nil || res.Accepted.New != 1 || !b.items["b"] {
		t.Fatalf("of the whole one: %+v, %v", res, b.items)
	}
}
