package deliver

import (
	"context"
	"net/http"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/publish"
	"warta/feed/store/storetest"
)

const topic = "https://warta.example/semua.atom"

// way is one in which somebody is sent what is new.
type way struct {
	name string
	// begin makes a receiver one who is, and returns the change of the store
	// from which on it is owed.
	begin    func(b *bench, r *receiver) int64
	settings publish.Settings
}

func ways() []way {
	private := func(b *bench) string { return "https://warta.example/p/" + b.token("portal") + "/mitra.atom" }
	return []way{
		{"a public topic", func(b *bench, r *receiver) int64 { b.subscribe(r, topic); return b.last() }, testSettings()},
		{"a private topic", func(b *bench, r *receiver) int64 { b.subscribe(r, private(b)); return b.last() }, partnerSettings()},
		{"a webhook", func(b *bench, r *receiver) int64 {
			b.hooks = []Hook{{Partner: "portal", Channel: "mitra", Callback: r.URL}}
			b.d.Adopt(b.hooks)
			b.work()
			return 0 // it begins with what the channel shows
		}, partnerSettings()},
	}
}

func (b *bench) last() int64 {
	b.t.Helper()
	seq, err := b.store.LastSeq(context.Background())
	if err != nil {
		b.t.Fatal(err)
	}
	return seq
}

// owed is what the one subscriber there is should have, by the database and the
// rules.
func (b *bench) owed(since int64) map[string]string {
	b.t.Helper()
	list, err := b.store.Subscriptions(context.Background())
	if err != nil || len(list) != 1 || list[0].Failures != 0 || list[0].Sending != 0 {
		b.t.Fatalf("the subscription is %+v, %v", list, err)
	}
	t, err := b.p.TopicFor(context.Background(), &list[0])
	if err != nil {
		b.t.Fatal(err)
	}
	return b.entitledTo(t, since)
}

// A receiver that is away for three days, while stories come, change, are
// withdrawn and held, ends with exactly what it is entitled to, in order, each
// story once in its present state, in whichever way it is told.
func TestThreeDaysDown(t *testing.T) {
	hours := 72
	if storetest.Raced {
		hours = 24
	}
	for _, w := range ways() {
		t.Run(w.name, func(t *testing.T) {
			b, r := newBench(t), newReceiver(t)
			b.restart(w.settings)
			b.save(draft(1, 1, nil)) // before it subscribed
			since := w.begin(b, r)
			b.save(draft(2, 1, nil), draft(3, 1, nil))
			b.run(2*time.Second, time.Second)
			had := r.count()
			if had == 0 {
				t.Fatal("nothing was delivered before it went down")
			}
			r.answer = func(int) int { return http.StatusBadGateway }
			n := 4
			for hour := range hours {
				for range 3 {
					b.save(draft(n, 1, nil))
					n++
				}
				b.save(draft(2, 2+hour, nil)) // changes every hour
				if hour == hours/2 {
					b.save(draft(1, 2, nil)) // changed since it subscribed
					if err := b.store.Withdraw(context.Background(), draft(5, 1, nil).ID, "Salah sumber", "Rina"); err != nil {
						t.Fatal(err)
					}
					if err := b.store.Judge(context.Background(), draft(3, 1, nil).ID, feed.Held, "diperiksa", "Rina"); err != nil {
						t.Fatal(err)
					}
				}
				b.run(time.Hour, 10*time.Minute)
				if hour == hours*2/3 {
					b.restart(w.settings) // we may fall and get up meanwhile
				}
			}
			before := r.count()
			r.answer = nil
			b.run(2*time.Hour, 10*time.Minute)
			sameEntries(t, r.entries, b.owed(since))
			if got := len(r.entries); got != n-2 {
				t.Errorf("it has %d stories, want %d", got, n-2)
			}
			if len(r.gone) == 0 {
				t.Error("it was not told of the story that is held")
			}
			// 218 stories in batches of 50, and not one request for each hour.
			if got := r.count() - before; got > 8 {
				t.Errorf("it took %d deliveries to catch up", got)
			}
		})
	}
}

// A receiver that answers 500 for an hour, and one whose answers are lost
// though it received, end with exactly what they are entitled to.
func TestAnHourOf500(t *testing.T) {
	failures := []struct {
		name   string
		status int
	}{{"500", 500}, {"the answer is lost", 599}, {"a redirect", 302}}
	for i, failure := range failures {
		for k, w := range ways() {
			if storetest.Raced && i != k {
				continue // each failure once, and each way
			}
			name, status := failure.name, failure.status
			t.Run(w.name+", "+name, func(t *testing.T) {
				b, r := newBench(t), newReceiver(t)
				b.restart(w.settings)
				since := w.begin(b, r)
				r.answer = func(int) int { return status }
				r.header = http.Header{"Location": {r.URL + "/elsewhere"}}
				for n := range 20 {
					b.save(draft(n+1, 1, nil))
					if n%7 == 0 {
						b.save(draft(n/2+1, 2, nil))
					}
					b.run(3*time.Minute, 30*time.Second)
				}
				r.answer = nil
				b.run(2*time.Hour, 5*time.Minute)
				sameEntries(t, r.entries, b.owed(since))
				if status == 599 {
					first, again := nameOf(r.got[0].header), nameOf(r.got[1].header)
					if first == "" || first != again {
						t.Errorf("one delivery was named %q and %q", first, again)
					}
				}
			})
		}
	}
}

func nameOf(h http.Header) string { return h.Get("Warta-Delivery") + h.Get("Webhook-Id") }

// Retries go on for as long as the lease, ever less often but at least once an
// hour or so, and a receiver's Retry-After is heeded.
func TestRetries(t *testing.T) {
	b, r := newBench(t), newReceiver(t)
	b.subscribe(r, topic)
	var tries []time.Time
	r.answer = func(int) int { tries = append(tries, b.clock); return 500 }
	b.save(draft(1, 1, nil))
	b.run(5*24*time.Hour, 5*time.Second)
	if n := len(tries); n < 100 || n > 250 {
		t.Errorf("%d tries in five days", n)
	}
	for i := 1; i < len(tries); i++ {
		if pause := tries[i].Sub(tries[i-1]); pause > 75*time.Minute {
			t.Errorf("a pause of %s", pause)
		}
	}
	first := tries[1].Sub(tries[0])
	if first < 8*time.Second || first > 20*time.Second {
		t.Errorf("the first pause is %s", first)
	}

	r.answer = func(int) int { tries = append(tries, b.clock); return 503 }
	r.header = http.Header{"Retry-After": {"7200"}}
	b.run(3*time.Hour, time.Minute)
	b.run(6*time.Hour, time.Minute)
	if pause := tries[len(tries)-1].Sub(tries[len(tries)-2]); pause < 2*time.Hour {
		t.Errorf("asked to wait two hours, it waited %s", pause)
	}
}

// A lease ends, and nothing is sent after it; whoever asks again within a month
// goes on where it was.
func TestLeaseEnds(t *testing.T) {
	b, r := newBench(t), newReceiver(t)
	b.subscribe(r, topic, "hub.lease_seconds", "3600")
	b.save(draft(1, 1, nil))
	b.run(time.Minute, time.Second)
	if r.count() != 1 {
		t.Fatalf("%d deliveries within the lease", r.count())
	}
	b.pass(2 * time.Hour)
	b.save(draft(2, 1, nil))
	b.run(time.Minute, time.Second)
	if r.count() != 1 {
		t.Fatal("something was sent after the lease ended")
	}
	b.pass(5 * 24 * time.Hour)
	b.subscribe(r, topic)
	b.run(time.Minute, time.Second)
	sameEntries(t, r.entries, b.entitled("semua", 0))

	b.pass(60 * 24 * time.Hour)
	b.work()
	if list, _ := b.store.Subscriptions(context.Background()); len(list) != 0 {
		t.Errorf("long after its end it is still there: %+v", list)
	}
	if streams, _ := b.store.Streams(context.Background()); len(streams) != 0 {
		t.Errorf("nobody reads these streams: %+v", streams)
	}
}

// What the clock or the operator changes is delivered too, and what may not be
// shown any more is never sent, though it was released.
func TestRightsFollow(t *testing.T) {
	b, r := newBench(t), newReceiver(t)
	settings := testSettings()
	settings.Permissions = []feed.Permission{{ID: "izin", Source: "pemkab", Use: feed.Full, Audience: feed.Public, Basis: feed.WrittenPermission, Until: morning.Add(3 * time.Hour)}}
	b.restart(settings)
	b.subscribe(r, topic)
	b.save(draft(1, 1, nil), draft(2, 1, nil))
	b.run(time.Minute, time.Second)
	if body := string(r.last().body); !contains(body, "Isi lengkap 1", "Isi lengkap 2") {
		t.Fatalf("the permission gives the text; delivered was %s", body)
	}
	r.answer = func(int) int { return 500 }
	b.save(draft(3, 1, nil))
	b.run(4*time.Hour, time.Minute) // the permission ends while it is down
	r.answer = nil
	b.run(2*time.Hour, time.Minute)
	for _, got := range r.got[1:] {
		if contains(string(got.body), "Isi lengkap") {
			t.Errorf("the text was sent after its permission ended: %s", got.body)
		}
	}
	sameEntries(t, r.entries, b.entitled("semua", 0))
	if len(r.entries) != 3 {
		t.Errorf("it has %d stories", len(r.entries))
	}
}
