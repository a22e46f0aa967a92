package publish

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"strings"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/store/storetest"
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
	// A version from before a restart is still known; one from before a crash
	// that came too early is not, and its reader is sent everything.
	last := text(t, b.ask("/paser.atom", etags["/paser.atom"]))
	b.end()
	b.restart(testSettings())
	b.update()
	if r := b.ask("/paser.atom", etags["/paser.atom"]); r.StatusCode != http.StatusIMUsed || text(t, r) != last {
		t.Errorf("who has a version from before a restart gets %d", r.StatusCode)
	}
	b.save(b.story(5, 0))
	b.update()
	if body := text(t, b.ask("/paser.atom", before)); titles(body, "pemkab") != "5" || !strings.Contains(body, "deleted-entry") {
		t.Errorf("since before the restart:\n%s", body)
	}
	lost := b.get("/paser.atom").Header.Get("ETag")
	b.restart(testSettings())
	b.save(b.story(6, 0))
	b.update()
	if r := b.ask("/paser.atom", lost); r.StatusCode != http.StatusOK {
		t.Errorf("who has a version that was forgotten gets %d", r.StatusCode)
	}
	if r := b.ask("/paser.atom", before); r.StatusCode != http.StatusIMUsed {
		t.Errorf("who has one that was kept gets %d", r.StatusCode)
	}
}

// end is what Run does last.
func (b *bench) end() {
	b.t.Helper()
	b.p.keepLineages(context.Background(), true)
	if b.log.Len() > 0 && strings.Contains(b.log.String(), "can't keep the versions") {
		b.t.Fatal(b.log.String())
	}
}

// A partner has deltas of its own at each of its ways in, over a restart, too;
// no cache keeps them, and their tags tell nobody who else has the same.
func TestPartnersDelta(t *testing.T) {
	b, secrets := partnerBench(t)
	secret := secrets["portal"]
	for _, way := range []struct {
		name, path string
		header     []string
	}{
		{"bearer", "/paser.atom", bearer(secret)},
		{"address", "/p/" + secret + "/paser.atom", nil},
		{"bearer, rss", "/gudang.rss", bearer(secret)},
		{"address, rss", "/p/" + secret + "/gudang.rss", nil},
		{"address, what everybody has", "/p/" + secrets["singkat"] + "/paser.atom", nil},
	} {
		n := 10 + len(way.name)
		first := b.get(way.path, way.header...).Header.Get("ETag")
		b.end()
		b.restart(partnerSettings())
		b.update()
		b.clock = b.clock.Add(time.Minute)
		b.save(draft("pemkab", n, nil), draft("kabar", n, nil))
		b.update()
		r := b.ask(way.path, first, way.header...)
		body := text(t, r)
		if r.StatusCode != http.StatusIMUsed || strings.Count(body, "dari pemkab")+strings.Count(body, "dari kabar") == 0 || strings.Contains(body, "Berita 1 dari") || strings.Contains(body, "Berita 3 dari") {
			t.Errorf("%s: %d\n%s", way.name, r.StatusCode, body)
		}
		full := b.get(way.path, way.header...)
		if r.Header.Get("ETag") != full.Header.Get("ETag") || r.Header.Get("Delta-Base") != first || r.Header.Get("IM") != "feed" {
			t.Errorf("%s: %v", way.name, r.Header)
		}
		if got := r.Header.Get("Cache-Control"); got != "private, no-store" {
			t.Errorf("%s: Cache-Control is %q", way.name, got)
		}
		if strings.HasPrefix(way.path, "/p/") {
			if !strings.Contains(body, way.path+`"`) {
				t.Errorf("%s: the delta does not name its own address", way.name)
			}
			if other := b.ask(strings.Replace(way.path, secret, secrets["singkat"], 1), first); other.StatusCode == http.StatusIMUsed && way.path != "/p/"+secrets["singkat"]+"/paser.atom" {
				t.Errorf("%s: another partner's tag is known", way.name)
			}
			if z := b.ask(way.path, first, "Accept-Encoding", "gzip"); z.StatusCode != http.StatusIMUsed || unzip(t, z.Body) != body {
				t.Errorf("%s: packed it is another: %d", way.name, z.StatusCode)
			}
		}
	}
}

// Where a hub elsewhere is named to everybody, it is named at no address that
// holds a token: whoever subscribes there would tell it.
func TestHubElsewhereIsToldNoToken(t *testing.T) {
	for _, own := range []bool{true, false} {
		s := partnerSettings()
		s.OwnHub = own
		for i := range s.Channels {
			s.Channels[i].Hub = "https://hub.example/"
		}
		b := newBench(t, s)
		b.save(draft("pemkab", 1, nil))
		b.update()
		if body := b.body("/paser.atom"); !strings.Contains(body, "https://hub.example/") {
			t.Fatal("the hub is not named to everybody")
		}
		for partner, secret := range map[string]string{"singkat": b.token("singkat"), "portal": b.token("portal")} {
			for _, path := range []string{"/paser.atom", "/paser.rss", "/paser.json"} {
				r := b.get("/p/" + secret + path)
				if partner == "singkat" && path != "/paser.atom" {
					continue // not in its contract
				}
				body := text(t, r)
				if r.StatusCode != http.StatusOK || strings.Contains(body+fmt.Sprint(r.Header), "hub.example") {
					t.Errorf("%s reads of a hub elsewhere at %s: %d %v\n%s", partner, path, r.StatusCode, r.Header, body)
				}
				if got := strings.Contains(body, `https://warta.example/hub"`); got != own {
					t.Errorf("%s: our own hub is named: %v", path, got)
				}
			}
		}
	}
}

// A client that merges deltas has what one that reads everything has.
func TestDeltasMerge(t *testing.T) {
	seeds := int64(6)
	if storetest.Raced {
		seeds = 2
	}
	for seed := range seeds {
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
