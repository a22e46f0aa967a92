package publish

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"warta/feed"
	"warta/sources"
)

// discard is the cheapest ResponseWriter there can be.
type discard struct {
	header http.Header
	status int
}

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) WriteHeader(status int)      { d.status = status }
func (d *discard) Write(b []byte) (int, error) { return len(b), nil }

// filled has a channel of a hundred entries of some 2.5 KB.
func filled(b *testing.B, settings Settings, entries int) *bench {
	s := newBench(b, settings)
	var drafts []feed.Draft
	for n := range entries {
		drafts = append(drafts, draft("pemkab", n, longText))
	}
	s.save(drafts...)
	s.update()
	return s
}

func longText(e *feed.Entry) {
	var text strings.Builder
	for i := range 40 {
		fmt.Fprintf(&text, "<p>Kalimat %d dari %s tentang pembangunan di daerah.</p>", i*7919, e.ID)
	}
	e.Content = sources.Text{Type: "html", Value: text.String()}
}

func fullSettings(channels int) Settings {
	s := testSettings()
	s.Channels = nil
	for n := range channels {
		s.Channels = append(s.Channels, feed.Channel{ID: fmt.Sprintf("kanal-%d", n), Title: fmt.Sprintf("Kanal %d", n), Language: "id", Select: `within("64") || source == "x"`, Limit: 100})
	}
	s.Permissions = []feed.Permission{{ID: "p", Source: "pemkab", Use: feed.Full, Audience: feed.Public, Basis: feed.WrittenPermission}}
	return s
}

func BenchmarkServe(b *testing.B) {
	s := filled(b, fullSettings(1), 100)
	etag := s.get("/kanal-0.atom", "Accept-Encoding", "gzip").Header.Get("ETag")
	for _, c := range []struct {
		name   string
		header http.Header
	}{
		{"gzip", http.Header{"Accept-Encoding": {"gzip"}}},
		{"br", http.Header{"Accept-Encoding": {"gzip, deflate, br, zstd"}}},
		{"odd", http.Header{"Accept-Encoding": {"deflate;q=0.1, gzip;q=0.9, *;q=0"}}},
		{"304", http.Header{"Accept-Encoding": {"gzip"}, "If-None-Match": {etag}}},
		{"identity", http.Header{}},
	} {
		b.Run(c.name, func(b *testing.B) {
			r := &http.Request{Method: http.MethodGet, URL: &url.URL{Path: "/kanal-0.atom"}, Header: c.header}
			w := &discard{header: make(http.Header, 16)}
			b.ReportAllocs()
			for b.Loop() {
				clear(w.header)
				s.p.ServeHTTP(w, r)
			}
		})
	}
}

// BenchmarkServeHTTP goes through net/http and a loopback connection.
func BenchmarkServeHTTP(b *testing.B) {
	s := filled(b, fullSettings(1), 100)
	server := httptest.NewServer(s.p)
	defer server.Close()
	etag := s.get("/kanal-0.atom", "Accept-Encoding", "gzip").Header.Get("ETag")
	for _, tag := range []string{"", etag} {
		b.Run("tag="+fmt.Sprint(tag != ""), func(b *testing.B) {
			client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
			buf := make([]byte, 64<<10)
			for b.Loop() {
				r, err := http.NewRequest(http.MethodGet, server.URL+"/kanal-0.atom", nil)
				if err != nil {
					b.Fatal(err)
				}
				r.Header.Set("Accept-Encoding", "gzip")
				if tag != "" {
					r.Header.Set("If-None-Match", tag)
				}
				resp, err := client.Do(r)
				if err != nil {
					b.Fatal(err)
				}
				for err == nil {
					_, err = resp.Body.Read(buf)
				}
				resp.Body.Close()
			}
		})
	}
}

// BenchmarkUpdate is one new entry that stands in every one of 200 channels of
// 100 entries.
func BenchmarkUpdate(b *testing.B) {
	for _, channels := range []int{1, 20, 200} {
		b.Run(fmt.Sprintf("channels=%d", channels), func(b *testing.B) {
			s := filled(b, fullSettings(channels), 150)
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			n := 1000
			for b.Loop() {
				n++
				s.clock = s.clock.Add(time.Second)
				s.save(draft("pemkab", n, longText))
				r, err := s.p.Update(context.Background())
				if err != nil || len(r.Changed) != channels*5+2 {
					b.Fatalf("%d changed, %v", len(r.Changed), err)
				}
			}
			b.ReportMetric(float64(m.HeapAlloc)/(1<<20), "MB-heap")
		})
	}
}

// BenchmarkUpdateElsewhere is one new entry that stands in none of 200
// channels.
func BenchmarkUpdateElsewhere(b *testing.B) {
	s := filled(b, fullSettings(200), 150)
	n := 1000
	for b.Loop() {
		n++
		s.save(draft("kabar", n, func(e *feed.Entry) { longText(e); e.Regions = nil }))
		if _, err := s.p.Update(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkStart makes everything from nothing but the database.
func BenchmarkStart(b *testing.B) {
	s := filled(b, fullSettings(200), 150)
	for b.Loop() {
		p, err := New(s.store, fullSettings(200), Options{Now: func() time.Time { return s.clock }})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := p.Update(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkUpdateManySources is one new entry in one of 200 channels, on a site
// of 10,000 sources.
func BenchmarkUpdateManySources(b *testing.B) {
	settings := fullSettings(200)
	for n := range 10_000 {
		id := fmt.Sprintf("sumber-%d", n)
		settings.Sources = append(settings.Sources, sources.Source{ID: id, Title: "Sumber " + id, URL: "https://" + id + ".example/", Feed: "https://" + id + ".example/feed/"})
	}
	settings.Channels[7].Select = `source == "kabar"`
	s := filled(b, settings, 150)
	n := 1000
	for b.Loop() {
		n++
		s.save(draft("kabar", n, func(e *feed.Entry) { longText(e); e.Regions = nil }))
		r, err := s.p.Update(context.Background())
		if err != nil || len(r.Changed) < 5 {
			b.Fatalf("%v, %v", r.Changed, err)
		}
	}
}

// BenchmarkUpdateColdCache is one new entry in one channel when nothing of the
// other ninety-nine is in the cache any more.
func BenchmarkUpdateColdCache(b *testing.B) {
	s := filled(b, fullSettings(1), 150)
	n := 1000
	for b.Loop() {
		n++
		s.p.fragments.clear()
		s.save(draft("pemkab", n, longText))
		if _, err := s.p.Update(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}
