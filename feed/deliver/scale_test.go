package deliver

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"warta/feed"
	"warta/sources"
)

// BenchmarkPush is one new entry in one of 50 channels that every partner is
// sent by webhook, from the store to the last receiver, with so many different
// grants among the partners.
func BenchmarkPush(b *testing.B) {
	for _, c := range []struct{ partners, grants int }{{50, 1}, {500, 1}, {50, 10}, {500, 10}, {500, 100}} {
		b.Run(fmt.Sprintf("partners=%d/grants=%d", c.partners, c.grants), func(b *testing.B) {
			const channels = 50
			var received atomic.Int64
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				io.Copy(io.Discard, r.Body) //nolint:errcheck // what matters is that it came
				received.Add(1)
				w.WriteHeader(http.StatusNoContent)
			}))
			defer server.Close()
			s := testSettings()
			s.Channels, s.Sources = nil, nil
			var ids []string
			for n := range channels {
				id := fmt.Sprintf("sumber%d", n)
				ids = append(ids, fmt.Sprintf("kanal%d", n))
				s.Sources = append(s.Sources, sources.Source{ID: id, Feed: "https://" + id + ".example/feed"})
				s.Channels = append(s.Channels, feed.Channel{ID: ids[n], Title: ids[n], Select: fmt.Sprintf("source == %q", id), Limit: 100})
			}
			x := newBench(b)
			for n := range c.partners {
				p := feed.Partner{ID: fmt.Sprintf("mitra%d", n), Channels: ids, Use: feed.Full}
				s.Partners = append(s.Partners, p)
				for k := range channels {
					s.Permissions = append(s.Permissions, feed.Permission{
						ID: fmt.Sprintf("izin-%d-%d", n, k), Source: s.Sources[k].ID, Use: feed.Full, Audience: p.Audience(), Basis: feed.PaidLicence,
						Document: fmt.Sprintf("kontrak-%d.pdf", n), Credit: feed.CreditForms{"": fmt.Sprintf("Seizin pemilik, golongan %d", n%c.grants)},
					})
					x.hooks = append(x.hooks, Hook{Partner: p.ID, Channel: ids[k], Callback: server.URL + "/" + p.ID, Secret: "rahasia yang cukup panjang"})
				}
			}
			x.restart(s)
			begun := time.Now()
			x.work()
			first := time.Since(begun)
			of := func(n int) feed.Draft {
				return draft(n, 1, func(e *feed.Entry) {
					e.Source, e.ID = "sumber7", feed.EntryID("sumber7", e.OriginalID)
					e.Content.Value += fmt.Sprintf("<p>%04000d</p>", n)
				})
			}
			x.save(of(1))
			x.work()
			if got := int(received.Load()); got != c.partners {
				b.Fatalf("%d deliveries, want one to each partner", got)
			}
			var advancing time.Duration
			n := 1
			for b.Loop() {
				b.StopTimer()
				n++
				x.pass(time.Second)
				x.save(of(n))
				if _, err := x.p.Update(context.Background()); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				begun := time.Now()
				ids, err := x.d.Advance(context.Background())
				if err != nil {
					b.Fatal(err)
				}
				advancing += time.Since(begun)
				for _, id := range ids {
					if again, err := x.d.Deliver(context.Background(), id); err != nil || !again.IsZero() {
						b.Fatalf("%v, again %v", err, again)
					}
				}
			}
			if got := int(received.Load()); got != n*c.partners {
				b.Fatalf("%d deliveries of %d entries", got, n)
			}
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			b.ReportMetric(first.Seconds(), "s-begin")
			b.ReportMetric(float64(advancing.Milliseconds())/float64(n-1), "ms-advance/entry")
			b.ReportMetric(float64(m.HeapAlloc)/(1<<20), "MiB")
		})
	}
}
