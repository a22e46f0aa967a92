package publish

import (
	"context"
	"fmt"
	"io"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"warta/feed"
	"warta/sources"
)

// crowd is a publisher whose every channel every partner reads, with so many
// different grants among them: each owner granted to each partner the whole
// text, on the terms of the partner's kind.
type crowd struct {
	*bench
	channels int
	secrets  []string
}

func newCrowd(t testing.TB, partners, channels, grants, entries int) *crowd {
	s := testSettings()
	s.Channels, s.Sources = nil, nil
	var ids []string
	for c := range channels {
		id := fmt.Sprintf("sumber%d", c)
		ids = append(ids, fmt.Sprintf("kanal%d", c))
		s.Sources = append(s.Sources, sources.Source{ID: id, Feed: "https://" + id + ".example/feed"})
		s.Channels = append(s.Channels, feed.Channel{ID: ids[c], Title: ids[c], Select: fmt.Sprintf("source == %q", id), Limit: 100, Private: c%2 == 1})
	}
	for n := range partners {
		p := feed.Partner{ID: fmt.Sprintf("mitra%d", n), Channels: ids, Use: feed.Full}
		s.Partners = append(s.Partners, p)
		for c := range channels {
			s.Permissions = append(s.Permissions, feed.Permission{
				ID: fmt.Sprintf("izin-%d-%d", n, c), Source: s.Sources[c].ID, Use: feed.Full, Audience: p.Audience(), Basis: feed.PaidLicence,
				Document: fmt.Sprintf("kontrak-%d.pdf", n), Credit: feed.CreditForms{"": fmt.Sprintf("Seizin pemilik, golongan %d", n%grants)},
			})
		}
	}
	b := newBench(t, s)
	var drafts []feed.Draft
	for c := range channels {
		for n := range entries {
			drafts = append(drafts, draft(s.Sources[c].ID, n, longText))
		}
	}
	b.save(drafts...)
	b.update()
	w := &crowd{bench: b, channels: channels}
	for _, p := range s.Partners {
		w.secrets = append(w.secrets, b.token(p.ID))
	}
	return w
}

// read lets every partner read some channels, and returns how many different
// documents they were sent.
func (w *crowd) read(channels ...int) int {
	different := make(map[string]bool)
	for _, secret := range w.secrets {
		for _, c := range channels {
			r := httptest.NewRequest("GET", fmt.Sprintf("/kanal%d.atom", c), nil)
			r.Header.Set("Authorization", "Bearer "+secret)
			r.Header.Set("Accept-Encoding", "gzip")
			out := httptest.NewRecorder()
			w.p.ServeHTTP(out, r)
			if out.Code != 200 {
				w.t.Fatalf("status %d", out.Code)
			}
			different[out.Header().Get("ETag")] = true
			io.Copy(io.Discard, out.Body) //nolint:errcheck // from memory
		}
	}
	return len(different)
}

// TestWorkGrowsWithGrants: what is rendered for partners depends on how many
// different grants there are, and not on how many partners share them.
func TestWorkGrowsWithGrants(t *testing.T) {
	const channels, entries = 4, 6
	formats := int64(len(formatHeaders))
	for _, c := range []struct{ partners, grants int }{{1, 1}, {30, 1}, {5, 5}, {30, 5}, {30, 30}} {
		w := newCrowd(t, c.partners, channels, c.grants, entries)
		all := []int{0, 1, 2, 3}
		begun := w.p.rendered.Load()
		if got := w.read(all...); got != channels*c.grants {
			t.Errorf("%d partners, %d grants: %d documents", c.partners, c.grants, got)
		}
		if got := w.p.rendered.Load() - begun; got != int64(channels*entries*c.grants) {
			t.Errorf("%d partners, %d grants: %d entries rendered, want one for each entry and grant", c.partners, c.grants, got)
		}
		begun = w.p.rendered.Load()
		w.save(draft("sumber1", 50, nil))
		w.update()
		w.read(all...)
		if got := w.p.rendered.Load() - begun; got != formats+int64(c.grants) {
			t.Errorf("%d partners, %d grants: a new entry is rendered %d times", c.partners, c.grants, got)
		}
	}
}

// TestUnchangedEntriesAreNotRenderedAgain: where there is no room for rendered
// entries, a partner's document takes what did not change from the one before,
// and comes out as if it had not.
func TestUnchangedEntriesAreNotRenderedAgain(t *testing.T) {
	const grants = 5
	w := newCrowd(t, grants, 2, grants, 6)
	w.read(0, 1)
	withdrawn := draft("sumber1", 3, func(e *feed.Entry) {
		e.Notice = &feed.Notice{Kind: feed.Withdrawal, When: w.clock, Reason: "Keliru", By: "origin"}
		e.Changed = w.clock
	})
	for n, d := range []feed.Draft{draft("sumber1", 50, nil), withdrawn, draft("sumber1", 51, nil)} {
		w.save(d)
		w.update()
		w.p.fragments.clear()
		begun := w.p.rendered.Load()
		w.read(0, 1)
		// A notice of withdrawal is the same whatever was granted.
		want := []int64{grants, 1, grants}[n]
		if got := w.p.rendered.Load() - begun; got != want {
			t.Errorf("change %d: %d entries rendered, want %d", n, got, want)
		}
	}
	spliced := w.text("/kanal1.atom", bearer(w.secrets[2])...)
	w.p.fragments.clear()
	w.p.archive.clear()
	if whole := w.text("/kanal1.atom", bearer(w.secrets[2])...); whole != spliced || !strings.Contains(whole, "deleted-entry") {
		t.Errorf("taken from before:\n%s\nrendered anew:\n%s", spliced, whole)
	}
}

// BenchmarkPartners is one new entry in one of 50 channels of 100 entries, from
// the store to what every partner reads of that channel, and what all of their
// documents together weigh.
func BenchmarkPartners(b *testing.B) {
	for _, c := range []struct{ partners, grants int }{{1, 1}, {50, 1}, {500, 1}, {50, 10}, {500, 10}, {500, 100}, {500, 500}} {
		b.Run(fmt.Sprintf("partners=%d/grants=%d", c.partners, c.grants), func(b *testing.B) {
			const channels = 50
			base := heap()
			w := newCrowd(b, c.partners, channels, c.grants, 100)
			var all []int
			for k := range channels {
				all = append(all, k)
			}
			before := w.p.rendered.Load()
			begun := time.Now()
			w.read(all...)
			first := time.Since(begun)
			renders, size := w.p.rendered.Load()-before, heap()-base
			w.save(draft("sumber7", 999, longText)) // what the cache lost of this channel comes back
			w.update()
			w.read(7)
			before = w.p.rendered.Load()
			var updating time.Duration
			n := 0
			for b.Loop() {
				b.StopTimer()
				w.clock = w.clock.Add(time.Second)
				w.save(draft("sumber7", 1000+n, func(e *feed.Entry) { longText(e); e.Published, e.FirstSeen, e.Changed = w.clock, w.clock, w.clock }))
				n++
				b.StartTimer()
				begun := time.Now()
				if _, err := w.p.Update(context.Background()); err != nil {
					b.Fatal(err)
				}
				updating += time.Since(begun)
				w.read(7)
			}
			b.ReportMetric(float64(renders), "first-renders")
			b.ReportMetric(first.Seconds()*1000/float64(len(w.secrets)*channels), "first-ms/read")
			b.ReportMetric(size/(1<<20), "MiB")
			b.ReportMetric(float64(w.p.rendered.Load()-before)/float64(n), "renders/entry")
			b.ReportMetric(float64(updating.Microseconds())/1000/float64(n), "ms-update/entry")
		})
	}
}

// heap is what lives in memory, in bytes.
func heap() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}
