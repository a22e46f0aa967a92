package publish

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"strings"
	"testing"
	"time"

	"warta/feed"
)

// ask asks for what is new since a version.
func (b *bench) ask(path, etag string, header ...string) *http.Response {
	return b.get(path, append([]string{"A-IM", "feed", "If-None-Match", etag}, header...)...)
}

func text(t testing.TB, r *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestDelta(t *testing.T) {
	b := newBench(t, testSettings())
	drafts := []feed.Draft{b.story(1, 3*time.Hour), b.story(2, 2*time.Hour), b.story(3, time.Hour)}
	b.save(drafts...)
	b.update()
	for _, path := range []string{"/paser.atom", "/paser.rss"} {
		first := b.get(path).Header.Get("ETag")
		if r := b.ask(path, first); r.StatusCode != http.StatusNotModified {
			t.Errorf("%s: who has it gets %d", path, r.StatusCode)
		}
	}
	etags := map[string]string{"/paser.atom": b.get("/paser.atom").Header.Get("ETag"), "/paser.rss": b.get("/paser.rss").Header.Get("ETag"), "/paser.json": b.get("/paser.json").Header.Get("ETag")}

	b.clock = b.clock.Add(time.Hour)
	b.save(b.story(4, 0), b.revised(drafts[0], "Berita 1 diperbaiki"))
	b.update()
	for _, path := range []string{"/paser.atom", "/paser.rss"} {
		full := b.get(path)
		r := b.ask(path, etags[path])
		if r.StatusCode != http.StatusIMUsed {
			t.Fatalf("%s: %d", path, r.StatusCode)
		}
		for name, want := range map[string]string{
			"ETag": full.Header.Get("ETag"), "IM": "feed", "Delta-Base": etags[path], "Cache-Control": "no-store, im",
			"Content-Type": full.Header.Get("Content-Type"), "Vary": "Accept, Accept-Encoding, Authorization, A-IM, If-None-Match",
		} {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
		body := text(t, r)
		if got := titles(body, "pemkab"); got != "4" || !strings.Contains(body, "Berita 1 diperbaiki") || strings.Contains(body, "fh:complete/") {
			t.Errorf("%s: the delta has %s\n%s", path, got, body)
		}
		if !strings.Contains(b.body(path), "fh:complete/") {
			t.Errorf("%s is complete and doesn't say so", path)
		}
		// In a coding, and by a tag that a proxy made weak or a coding suffixed.
		tag := strings.TrimSuffix(etags[path], `"`) + `-br"`
		if z := b.ask(path, `"x", W/`+tag, "Accept-Encoding", "gzip"); z.StatusCode != http.StatusIMUsed || unzip(t, z.Body) != body || z.Header.Get("ETag") == full.Header.Get("ETag") {
			t.Errorf("%s: packed it is another: %d", path, z.StatusCode)
		}
		if h := request(b.p, http.MethodHead, path, "A-IM", "feed", "If-None-Match", etags[path]); h.StatusCode != http.StatusIMUsed || text(t, h) != "" {
			t.Errorf("%s: HEAD %d", path, h.StatusCode)
		}
		// Everything else gets everything.
		for _, header := range [][]string{
			{"A-IM", "feed"}, {"A-IM", "feed;q=0", "If-None-Match", etags[path]}, {"A-IM", "vcdiff, gzip", "If-None-Match", etags[path]},
			{"A-IM", "feed", "If-None-Match", `"unknown"`}, {"A-IM", "feed", "If-None-Match", `"`}, {"If-None-Match", etags[path]},
			{"A-IM", "feed", "If-Modified-Since", morning.Format(http.TimeFormat)},
		} {
			if r := b.get(path, header...); r.StatusCode != http.StatusOK || r.Header.Get("IM") != "" {
				t.Errorf("%s: %q gets %d", path, header, r.StatusCode)
			}
		}
	}
	if r := b.ask("/paser.json", etags["/paser.json"]); r.StatusCode != http.StatusOK {
		t.Errorf("JSON has no deltas, but %d", r.StatusCode)
	}
	// A withdrawal comes as a tombstone, and alone.
	before := b.get("/paser.atom").Header.Get("ETag")
	w := drafts[1]
	w.Notice = &feed.Notice{Kind: feed.Withdrawal, When: b.clock, Reason: "Keliru", By: "origin"}
	w.Changed, w.Digest = b.clock, "withdrawn"
	b.save(w)
	b.update()
	var d atomDoc
	if err := xml.Unmarshal([]byte(text(t, b.ask("/paser.atom", before))), &d); err != nil {
		t.Fatal(err)
	}
	if len(d.Deleted) != 1 || d.Deleted[0].Ref != "https://pemkab.example/2" || len(d.Entries) != 1 || d.Entries[0].ID != "https://pemkab.example/2" {
		t.Errorf("the delta of a withdrawal: %+v", d)
	}
	b.restart(testSettings())
	b.update()
	if r := b.ask("/paser.atom", etags["/paser.atom"]); r.StatusCode != http.StatusOK {
		t.Errorf("who has a version from before a restart gets %d", r.StatusCode)
	}
}

// A client that merges deltas has what one that reads everything has.
func TestDeltasMerge(t *testing.T) {
	for seed := range int64(6) {
		random := rand.New(rand.NewSource(seed))
		s := testSettings()
		s.Channels[0].Limit = 8
		b := newBench(t, s)
		var all []feed.Draft
		merged := map[string]string{}
		etag, used := "", 0
		for round := range 60 {
			b.clock = b.clock.Add(time.Duration(random.Intn(120)) * time.Minute)
			switch {
			case len(all) > 0 && random.Intn(3) == 0:
				i := random.Intn(len(all))
				all[i] = b.revised(all[i], fmt.Sprintf("Berita %d, %d", i, round))
				b.save(all[i])
			default:
				all = append(all, b.story(len(all), time.Duration(random.Intn(90))*time.Minute))
				b.save(all[len(all)-1])
			}
			b.update()
			if random.Intn(3) == 0 {
				continue // it doesn't come every time
			}
			r := b.ask("/paser.atom", etag)
			body := []byte(text(t, r))
			var d atomDoc
			switch r.StatusCode {
			case http.StatusNotModified:
			case http.StatusOK, http.StatusIMUsed:
				if err := xml.NewDecoder(bytes.NewReader(body)).Decode(&d); err != nil {
					t.Fatal(err)
				}
				if r.StatusCode == http.StatusIMUsed {
					used++
				}
			default:
				t.Fatalf("%d", r.StatusCode)
			}
			etag = r.Header.Get("ETag")
			for _, e := range d.Entries {
				merged[e.ID] = e.Title
			}
			for _, e := range b.atom("/paser.atom").Entries {
				if merged[e.ID] != e.Title {
					t.Fatalf("seed %d, round %d: %s is %q, want %q", seed, round, e.ID, merged[e.ID], e.Title)
				}
			}
		}
		if used < 10 {
			t.Errorf("only %d deltas", used)
		}
	}
}
