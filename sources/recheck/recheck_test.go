package recheck

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"warta/sources"
	"warta/sources/fetch"
	"warta/sources/sourcestest"
)

// shelf keeps pages in memory.
type shelf struct {
	pages     map[string]*sources.Page
	order     []string
	withdrawn map[string]sources.Suspicion
	file      string
	fetched   time.Time
}

func (s *shelf) DueSources(context.Context, time.Time) (map[string]bool, error) {
	return map[string]bool{"satu": true}, nil
}

func (s *shelf) DuePages(_ context.Context, _ []string, now time.Time, limit int) (list []sources.Page, _ error) {
	for _, key := range s.order {
		if p := s.pages[key]; !p.State.Next.IsZero() && !p.State.Next.After(now) && len(list) < limit {
			list = append(list, *p)
		}
	}
	return list, nil
}

func (s *shelf) NextPage(context.Context, []string) (next time.Time, _ error) {
	for _, p := range s.pages {
		if t := p.State.Next; !t.IsZero() && (next.IsZero() || t.Before(next)) {
			next = t
		}
	}
	return next, nil
}

func (s *shelf) KeepPages(_ context.Context, visits []sources.PageVisit) error {
	for _, v := range visits {
		*s.pages[v.Page.Key] = v.Page
		if v.Withdrawn != "" {
			s.withdrawn[v.Page.Key] = v.Withdrawn
		}
	}
	return nil
}

func (s *shelf) SuspectPages(_ context.Context, _ string, since time.Time) (answered, suspect int, _ error) {
	for _, p := range s.pages {
		if p.State.Answered.Before(since) {
			continue
		}
		answered++
		if p.State.Suspicion != "" {
			suspect++
		}
	}
	return answered, suspect, nil
}

func (s *shelf) HostFile(context.Context, string) (string, time.Time, error) {
	return s.file, s.fetched, nil
}

func (s *shelf) KeepHostFile(_ context.Context, _, body string, fetched time.Time) error {
	s.file, s.fetched = body, fetched
	return nil
}

// world is a site with articles /1 to /n, a clock and a checker.
type world struct {
	t       *testing.T
	origin  *sourcestest.Origin
	shelf   *shelf
	now     time.Time
	results []Result
	checker *Checker
}

func htmlPage(body string) sourcestest.Document {
	return sourcestest.Document{Type: "text/html; charset=utf-8", Body: []byte("<!doctype html>" + body)}
}

func newWorld(t *testing.T, n int) *world {
	t.Helper()
	w := &world{t: t, origin: sourcestest.New(), now: time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)}
	if err := w.origin.Start(""); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.origin.Close() })
	w.shelf = &shelf{pages: map[string]*sources.Page{}, withdrawn: map[string]sources.Suspicion{}}
	w.origin.Set("/", htmlPage("<title>Beranda</title>"))
	for i := range n {
		key := fmt.Sprint(i + 1)
		w.origin.Set("/"+key, htmlPage("<title>Artikel</title>"))
		w.shelf.order = append(w.shelf.order, key)
		w.shelf.pages[key] = &sources.Page{Key: key, Source: "satu", URL: w.origin.URL() + "/" + key, Seen: w.now.Add(-time.Hour),
			Published: w.now.Add(-time.Hour), State: sources.PageState{Next: w.now}}
	}
	clock := func() time.Time { return w.now }
	client := fetch.New(fetch.Options{AllowPrivate: true, Now: clock, Timeout: 5 * time.Second})
	t.Cleanup(client.Close)
	w.checker = New(Options{Getter: client, Keeper: w.shelf, Now: clock, Done: func(r Result) { w.results = append(w.results, r) }})
	return w
}

// visit calls on the site and returns what came of each page.
func (w *world) visit() []Result {
	w.t.Helper()
	w.results = nil
	if err := w.checker.Run(context.Background(), []sources.Source{{ID: "satu", Feed: w.origin.URL() + "/feed"}}); err != nil {
		w.t.Fatal(err)
	}
	return w.results
}

// later moves the clock to when the page is due.
func (w *world) later(key string) {
	w.t.Helper()
	next := w.shelf.pages[key].State.Next
	if next.IsZero() || next.Before(w.now) {
		w.t.Fatalf("page %s is due %v, now is %v", key, next, w.now)
	}
	w.now = next
}

func (w *world) state(key string) sources.PageState { return w.shelf.pages[key].State }

func TestEvidenceIsFoundConditionallyAndReplaced(t *testing.T) {
	w := newWorld(t, 1)
	d := htmlPage(`<title>x</title><meta name="robots" content="nosnippet">`)
	d.Header = http.Header{"X-Robots-Tag": {"noarchive"}}
	w.origin.Set("/1", d)
	w.origin.Set("/.well-known/tdmrep.json", sourcestest.Document{Type: "application/json", Body: []byte(`[{"location":"/","tdm-reservation":1}]`)})
	if r := w.visit(); len(r) != 1 || !r[0].Changed || r[0].Err != nil {
		t.Fatalf("%+v", r)
	}
	kinds := map[sources.EvidenceKind]bool{}
	for _, ev := range w.shelf.pages["1"].Evidence {
		kinds[ev.Kind] = true
		if !strings.HasPrefix(ev.Where, "page") && !strings.HasPrefix(ev.Where, "host") {
			t.Errorf("stands in %q", ev.Where)
		}
	}
	if !kinds[sources.NoSnippet] || !kinds[sources.NoArchive] || !kinds[sources.TDMReserved] || len(kinds) != 3 {
		t.Errorf("%+v", w.shelf.pages["1"].Evidence)
	}
	w.later("1")
	if r := w.visit(); len(r) != 1 || r[0].Changed || w.origin.Seen("/1").NotModified != 1 {
		t.Errorf("%+v, %+v", r, w.origin.Seen("/1"))
	}
	if n := w.origin.Seen("/.well-known/tdmrep.json").Requests; n != 1 {
		t.Errorf("tdmrep.json was asked for %d times", n)
	}
	w.origin.Set("/1", htmlPage("<title>x</title>"))
	w.origin.Remove("/.well-known/tdmrep.json")
	w.later("1")
	w.now = w.now.Add(24 * time.Hour) // the file of the host is older than a day
	if r := w.visit(); !r[0].Changed || len(w.shelf.pages["1"].Evidence) != 0 {
		t.Errorf("%+v, %+v", r, w.shelf.pages["1"].Evidence)
	}
}

func TestRhythmEnds(t *testing.T) {
	w := newWorld(t, 1)
	begin := w.now.Add(-time.Hour)
	var ages []time.Duration
	for range 20 {
		w.visit()
		ages = append(ages, w.now.Sub(begin).Round(time.Hour))
		if w.state("1").Next.IsZero() {
			break
		}
		w.later("1")
	}
	if len(ages) != len(steps) || ages[0] != time.Hour || ages[len(steps)-1] < 30*day || ages[len(steps)-1] > 33*day {
		t.Errorf("visited at the ages of %v", ages)
	}
	old := sources.Page{Key: "k", Published: begin.AddDate(-1, 0, 0), Seen: begin}
	if next := NextVisit(&old, w.now); !next.IsZero() {
		t.Errorf("an old story is visited again at %v", next)
	}
}

func TestWithdrawalIsConfirmed(t *testing.T) {
	for _, test := range []struct {
		name   string
		breaks func(*world)
		want   sources.Suspicion
		times  int
		over   time.Duration
	}{
		{"410", func(w *world) { w.origin.Behave("/1", sourcestest.Behaviour{Status: 410}) }, sources.PageGone, 2, time.Hour},
		{"404", func(w *world) { w.origin.Remove("/1") }, sources.PageMissing, 3, 24 * time.Hour},
		{"redirect home", func(w *world) { w.origin.Behave("/1", sourcestest.Behaviour{Redirect: "/"}) }, sources.PageHome, 3, 24 * time.Hour},
		{"mark", func(w *world) { w.origin.Set("/1", htmlPage("<h1>[DICABUT] Artikel</h1>")) }, sources.PageMarked, 2, time.Hour},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t, 5)
			w.visit()
			test.breaks(w)
			w.later("1")
			begin := w.now
			for n := 1; n <= test.times; n++ {
				if len(w.shelf.withdrawn) > 0 {
					t.Fatalf("withdrawn after %d", n-1)
				}
				w.visit()
				if got := w.state("1"); got.Suspicion != test.want || got.Times != n {
					t.Fatalf("visit %d: %+v", n, got)
				}
				if n < test.times {
					w.later("1")
				}
			}
			if w.shelf.withdrawn["1"] != test.want || len(w.shelf.withdrawn) != 1 || w.now.Sub(begin) < test.over || !w.state("1").Next.IsZero() {
				t.Errorf("withdrawn %v after %v, next %v", w.shelf.withdrawn, w.now.Sub(begin), w.state("1").Next)
			}
		})
	}
}

func TestAnAnswerClearsASuspicion(t *testing.T) {
	w := newWorld(t, 1)
	w.origin.Behave("/1", sourcestest.Behaviour{Status: 410, Times: 1})
	w.visit()
	w.later("1")
	w.visit()
	if st := w.state("1"); st.Suspicion != "" || st.Times != 0 || st.Next.IsZero() {
		t.Errorf("%+v", st)
	}
	if _, again := w.shelf.withdrawn["1"]; again {
		t.Error("withdrawn")
	}
}

func TestSiteInTroubleWithdrawsNothing(t *testing.T) {
	all := func(b sourcestest.Behaviour, paths ...string) func(*world) {
		return func(w *world) {
			for _, p := range paths {
				w.origin.Behave(p, b)
			}
		}
	}
	for name, broken := range map[string]func(*world){
		"everything is 404":         all(sourcestest.Behaviour{Status: 404}, "/", "/1", "/2", "/3", "/4"),
		"everything is 410":         all(sourcestest.Behaviour{Status: 410}, "/", "/1", "/2", "/3", "/4"),
		"home page and one article": all(sourcestest.Behaviour{Status: 404}, "/", "/1"),
		"most articles 404":         all(sourcestest.Behaviour{Status: 404}, "/1", "/2", "/3"),
		"all redirected home":       all(sourcestest.Behaviour{Redirect: "/"}, "/1", "/2", "/3", "/4"),
		"503":                       all(sourcestest.Behaviour{Status: 503}, "/", "/1", "/2", "/3", "/4"),
		"403":                       all(sourcestest.Behaviour{Status: 403}, "/1", "/2", "/3", "/4"),
		"elsewhere":                 all(sourcestest.Behaviour{Redirect: "http://127.0.0.1:9/"}, "/1", "/2", "/3", "/4"),
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, 4)
			w.visit()
			broken(w)
			for range 30 {
				w.now = w.now.Add(13 * time.Hour)
				w.visit()
			}
			if len(w.shelf.withdrawn) > 0 {
				t.Errorf("withdrawn: %v", w.shelf.withdrawn)
			}
		})
	}
}

func TestPoliteness(t *testing.T) {
	w := newWorld(t, 30)
	if r := w.visit(); len(r) != 20 {
		t.Errorf("%d pages in one visit", len(r))
	}
	w.origin.Set("/robots.txt", sourcestest.Document{Type: "text/plain", Body: []byte("User-agent: *\nDisallow: /25\n")})
	w.now = w.now.Add(25 * time.Hour) // the rules are kept for a day
	w.origin.Forget()
	w.visit()
	w.visit()
	if w.origin.Seen("/25").Requests != 0 || w.origin.Seen("/26").Requests != 1 {
		t.Error("robots.txt is not obeyed")
	}

	// A site that asks to wait is left alone until then.
	w = newWorld(t, 4)
	for i := range 4 {
		w.origin.Behave(fmt.Sprintf("/%d", i+1), sourcestest.RetryAfter(429, "86400"))
	}
	w.visit()
	if n := w.origin.Seen("/2").Requests; n != 0 {
		t.Errorf("asked on after a 429")
	}
	for i := range 4 {
		if next := w.state(fmt.Sprint(i + 1)).Next; next.Before(w.now.Add(24 * time.Hour)) {
			t.Errorf("page %d is due %v", i+1, next.Sub(w.now))
		}
	}
	// One that fails gets two tries a visit.
	w = newWorld(t, 10)
	for i := range 10 {
		w.origin.Behave(fmt.Sprintf("/%d", i+1), sourcestest.Behaviour{Status: 500})
	}
	w.visit()
	if w.origin.Seen("/2").Requests != 1 || w.origin.Seen("/3").Requests != 0 {
		t.Error("a failing site is asked on")
	}
}
