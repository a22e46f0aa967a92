package deliver

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// The checks that websub.rocks makes of a hub, by their numbers.

// 100: a typical subscription. The callback is asked with mode, topic, an
// unguessable challenge and a lease, keeps its own query, and gets new content
// with the topic's type and links.
func TestHub100TypicalSubscription(t *testing.T) {
	b, r := newBench(t), newReceiver(t)
	b.subscribe(r, topic)
	if len(r.checks) != 1 {
		t.Fatalf("the callback was asked %d times", len(r.checks))
	}
	q := r.checks[0]
	for name, want := range map[string]string{"hub.mode": "subscribe", "hub.topic": topic, "x": "1", "hub.lease_seconds": "864000"} {
		if q.Get(name) != want {
			t.Errorf("the callback was asked with %s=%q, want %q", name, q.Get(name), want)
		}
	}
	if len(q.Get("hub.challenge")) < 32 {
		t.Errorf("the challenge %q can be guessed", q.Get("hub.challenge"))
	}
	b.save(draft(1, 1, nil), draft(2, 1, nil))
	b.work()
	got := r.last()
	if ct := got.header.Get("Content-Type"); ct != "application/atom+xml; charset=utf-8" {
		t.Errorf("Content-Type is %q", ct)
	}
	links := strings.Join(got.header.Values("Link"), ", ")
	if !contains(links, `<https://warta.example/hub>; rel="hub"`, `<`+topic+`>; rel="self"`) {
		t.Errorf("Link is %q", links)
	}
	if got.header.Get("X-Hub-Signature") != "" {
		t.Error("it is signed without a secret")
	}
	sameEntries(t, r.entries, b.entitled("semua", 0))
	// Only what is new is sent.
	b.save(draft(3, 1, nil), draft(1, 2, nil))
	b.work()
	if body := string(r.last().body); !contains(body, "Berita 3", "Berita 1 (2)") || strings.Contains(body, "Berita 2") {
		t.Errorf("the delivery is not what is new: %s", body)
	}
}

// 101: with a secret, deliveries are signed.
func TestHub101Secret(t *testing.T) {
	b, r := newBench(t), newReceiver(t)
	b.subscribe(r, topic, "hub.secret", "rahasia sekali")
	b.save(draft(1, 1, nil))
	b.work()
	got := r.last()
	if sig := got.header.Get("X-Hub-Signature"); sig != hmacHex("rahasia sekali", got.body) {
		t.Errorf("X-Hub-Signature is %q", sig)
	}
}

// 102: parameters the hub does not know are no reason to refuse.
func TestHub102ExtraParameters(t *testing.T) {
	b, r := newBench(t), newReceiver(t)
	b.subscribe(r, topic, "hub.verify", "async", "foo", "bar")
	b.save(draft(1, 1, nil))
	b.work()
	if r.count() != 1 {
		t.Errorf("%d deliveries", r.count())
	}
}

// 103: subscribing again renews: it is verified again, takes the new secret
// and lease, and does not double deliveries.
func TestHub103Renewal(t *testing.T) {
	b, r := newBench(t), newReceiver(t)
	b.subscribe(r, topic, "hub.lease_seconds", "3600", "hub.secret", "satu")
	b.pass(30 * time.Minute)
	b.subscribe(r, topic, "hub.lease_seconds", "7200", "hub.secret", "dua")
	if len(r.checks) != 2 || r.checks[1].Get("hub.lease_seconds") != "7200" {
		t.Errorf("the callback was asked %v", r.checks)
	}
	b.pass(time.Hour)
	b.save(draft(1, 1, nil))
	b.work()
	if r.count() != 1 {
		t.Fatalf("%d deliveries", r.count())
	}
	if got := r.last(); got.header.Get("X-Hub-Signature") != hmacHex("dua", got.body) {
		t.Error("it is signed with the old secret")
	}
}

// 104: unsubscribing, once the callback confirmed it, ends deliveries.
func TestHub104Unsubscribe(t *testing.T) {
	b, r := newBench(t), newReceiver(t)
	b.subscribe(r, topic)
	r.refuse = true // somebody else asks in its name
	b.ask(url.Values{"hub.mode": {"unsubscribe"}, "hub.topic": {topic}, "hub.callback": {r.URL + "/cb?x=1"}})
	b.work()
	b.save(draft(1, 1, nil))
	b.work()
	if r.count() != 1 {
		t.Fatal("a stranger ended the subscription")
	}
	r.refuse = false
	if status, body := b.ask(url.Values{"hub.mode": {"unsubscribe"}, "hub.topic": {topic}, "hub.callback": {r.URL + "/cb?x=1"}}); status != 202 {
		t.Fatalf("%d: %s", status, body)
	}
	b.work()
	if q := r.checks[len(r.checks)-1]; q.Get("hub.mode") != "unsubscribe" || q.Get("hub.lease_seconds") != "" {
		t.Errorf("the callback was asked %v", q)
	}
	b.save(draft(2, 1, nil))
	b.work()
	if r.count() != 1 {
		t.Error("it is still delivered to")
	}
}

// 105, 106: content arrives in the topic's own type: here RSS and JSON.
func TestHub105And106OtherTypes(t *testing.T) {
	for ext, kind := range map[string]string{"rss": "application/rss+xml; charset=utf-8", "json": "application/feed+json", "ninjs.json": "application/json"} {
		b, r := newBench(t), newReceiver(t)
		b.subscribe(r, "https://warta.example/semua."+ext, "hub.secret", "s")
		b.save(draft(1, 1, nil), draft(2, 1, nil))
		b.work()
		got := r.last()
		if ct := got.header.Get("Content-Type"); ct != kind {
			t.Errorf("%s: Content-Type is %q", ext, ct)
		}
		if got.header.Get("X-Hub-Signature") != hmacHex("s", got.body) {
			t.Errorf("%s: wrong signature", ext)
		}
		var v any
		if ext == "rss" {
			if err := xml.Unmarshal(got.body, new(struct{})); err != nil {
				t.Errorf("rss: %v", err)
			}
		} else if err := json.Unmarshal(got.body, &v); err != nil {
			t.Errorf("%s: %v", ext, err)
		}
		if !contains(string(got.body), "Berita 1", "Berita 2") {
			t.Errorf("%s: %s", ext, got.body)
		}
	}
}

// The publisher's checks: each feed names one hub and itself, in the header and
// in the document, and the hub takes a subscription to what it says.
func TestPublisherDiscovery(t *testing.T) {
	b, r := newBench(t), newReceiver(t)
	b.save(draft(1, 1, nil))
	b.work()
	for _, ext := range []string{"atom", "rss", "json"} {
		w := httptest.NewRecorder()
		b.p.ServeHTTP(w, httptest.NewRequest("GET", "/paser."+ext, nil))
		self := "https://warta.example/paser." + ext
		links := w.Header().Values("Link")
		if len(links) != 2 || links[0] != `<https://warta.example/hub>; rel="hub"` || links[1] != `<`+self+`>; rel="self"` {
			t.Errorf("%s: Link is %q", ext, links)
		}
		body := w.Body.String()
		hub, me := `rel="hub" href="https://warta.example/hub"`, `href="`+self+`"`
		if ext == "json" {
			hub, me = `"hubs":[{"type":"WebSub","url":"https://warta.example/hub"}]`, `"feed_url":"`+self+`"`
		}
		body = strings.NewReplacer("\n", "", ": ", ":").Replace(body)
		if ext == "json" {
			body = strings.ReplaceAll(strings.ReplaceAll(body, " ", ""), "\t", "")
		}
		if !contains(body, hub, me) {
			t.Errorf("%s: the document lacks %s or %s:\n%s", ext, hub, me, body[:min(len(body), 1500)])
		}
		b.subscribe(r, self)
	}
	if list, err := b.store.Subscriptions(t.Context()); err != nil || len(list) != 3 {
		t.Errorf("%d subscriptions, %v", len(list), err)
	}
}

// What the hub refuses, it refuses at once, with the reason; nobody is asked
// anything.
func TestHubRefuses(t *testing.T) {
	b, r := newBench(t), newReceiver(t)
	cb := r.URL + "/cb"
	long := r.URL + "/" + strings.Repeat("x", 3000)
	for _, c := range []struct {
		name, mode, topic, callback string
		more                        url.Values
		status                      int
	}{
		{"no mode", "", topic, cb, nil, 400},
		{"unknown mode", "retrieve", topic, cb, nil, 400},
		{"no callback", "subscribe", topic, "", nil, 400},
		{"a callback that is no address", "subscribe", topic, "portal.example/cb", nil, 400},
		{"a callback of another kind", "subscribe", topic, "ftp://portal.example/cb", nil, 400},
		{"a callback with a login", "subscribe", topic, "http://a:b@portal.example/", nil, 400},
		{"a long callback", "subscribe", topic, long, nil, 400},
		{"a stranger's topic", "subscribe", "https://other.example/feed", cb, nil, 404},
		{"no such channel", "subscribe", "https://warta.example/nosuch.atom", cb, nil, 404},
		{"a page", "subscribe", "https://warta.example/semua/", cb, nil, 404},
		{"a secret of 200 bytes", "subscribe", topic, cb, url.Values{"hub.secret": {strings.Repeat("s", 200)}}, 400},
		{"a lease that is no number", "subscribe", topic, cb, url.Values{"hub.lease_seconds": {"lama"}}, 400},
		{"a huge form", "subscribe", topic, cb, url.Values{"x": {strings.Repeat("x", 20<<10)}}, 400},
	} {
		form := url.Values{"hub.mode": {c.mode}, "hub.topic": {c.topic}, "hub.callback": {c.callback}}
		for k, v := range c.more {
			form[k] = v
		}
		if status, body := b.ask(form); status != c.status || len(body) < 10 {
			t.Errorf("%s: %d %q, want %d", c.name, status, body, c.status)
		}
	}
	b.work()
	if len(r.checks) != 0 {
		t.Errorf("the callback was asked %d times", len(r.checks))
	}
	resp, err := http.Get(b.hub.URL + "/hub")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("GET of the hub is %d", resp.StatusCode)
	}
	resp, err = http.Post(b.hub.URL+"/hub", "application/json", bytes.NewReader([]byte(`{}`)))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusUnsupportedMediaType {
		t.Errorf("JSON to the hub is %d", resp.StatusCode)
	}
}

// A callback that does not want it, or that answers something else, gets
// nothing; one that is away is asked again a few times.
func TestIntentIsVerified(t *testing.T) {
	b, r := newBench(t), newReceiver(t)
	r.refuse = true
	b.subscribe(r, topic)
	b.save(draft(1, 1, nil))
	b.run(time.Hour, time.Minute)
	if r.count() != 0 || len(r.checks) != 1 {
		t.Errorf("refused, it got %d deliveries and was asked %d times", r.count(), len(r.checks))
	}
	echo := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("ok")) }))
	defer echo.Close()
	b.ask(url.Values{"hub.mode": {"subscribe"}, "hub.topic": {topic}, "hub.callback": {echo.URL}})
	b.work()
	if list, _ := b.store.Subscriptions(t.Context()); len(list) != 0 {
		t.Errorf("subscribed without the challenge: %+v", list)
	}
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	b.ask(url.Values{"hub.mode": {"subscribe"}, "hub.topic": {topic}, "hub.callback": {gone.URL}})
	b.work()
	b.run(time.Hour, time.Minute)
	if waiting, _ := b.store.Intents(t.Context()); len(waiting) != 0 {
		t.Errorf("still waiting: %v", waiting)
	}
}

// 410 ends a subscription; a topic that is gone is denied.
func TestEnds(t *testing.T) {
	b, r, other := newBench(t), newReceiver(t), newReceiver(t)
	b.subscribe(r, topic)
	b.subscribe(other, "https://warta.example/paser.atom")
	r.answer = func(int) int { return http.StatusGone }
	b.save(draft(1, 1, nil))
	b.work()
	settings := testSettings()
	settings.Channels = settings.Channels[1:]
	b.restart(settings)
	b.work()
	if list, _ := b.store.Subscriptions(t.Context()); len(list) != 0 {
		t.Errorf("they are still there: %+v", list)
	}
	if q := other.checks[len(other.checks)-1]; q.Get("hub.mode") != "denied" || q.Get("hub.reason") == "" {
		t.Errorf("it was told %v", q)
	}
}

// A hub does what strangers ask: so it does so much of it and no more.
func TestHubIsNoAmplifier(t *testing.T) {
	b, r := newBench(t), newReceiver(t)
	accepted := 0
	for range 200 {
		if status, _ := b.ask(url.Values{"hub.mode": {"subscribe"}, "hub.topic": {topic}, "hub.callback": {r.URL + "/" + time.Now().String()}}); status == 202 {
			accepted++
		} else if status != 429 {
			t.Fatalf("status %d", status)
		}
	}
	if accepted != asksOfHost {
		t.Errorf("%d requests in a minute were heeded", accepted)
	}
	b.d.opt.AllowPrivate = false
	guarded := New(b.store, b.p, Options{Now: b.now})
	b.d = guarded
	b.pass(time.Hour)
	b.ask(url.Values{"hub.mode": {"subscribe"}, "hub.topic": {topic}, "hub.callback": {r.URL + "/private"}})
	before := len(r.checks)
	ids, err := b.store.Intents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		if _, err := guarded.Verify(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	if len(r.checks) != before {
		t.Error("a callback on a private address was asked")
	}
}
