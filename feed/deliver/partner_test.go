package deliver

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/publish"
)

func partnerSettings() publish.Settings {
	s := testSettings()
	s.Channels = append(s.Channels, feed.Channel{ID: "mitra", Title: "Mitra", Language: "id", Limit: 50, Private: true})
	s.Partners = []feed.Partner{
		{ID: "portal", Title: "Portal", Channels: []string{"mitra"}, Use: feed.Full},
		{ID: "lain", Title: "Lain", Channels: []string{"mitra"}, Use: feed.Headline},
	}
	s.Permissions = []feed.Permission{{ID: "izin-portal", Source: "pemkab", Use: feed.Full, Audience: feed.PartnerAudience("portal"), Basis: feed.WrittenPermission}}
	return s
}

// token makes a credential for a partner.
func (b *bench) token(partner string) string {
	b.t.Helper()
	secret, digest := feed.NewSecret()
	if err := b.store.AddToken(context.Background(), feed.Token{ID: partner + "-1", Partner: partner, Created: b.now()}, digest); err != nil {
		b.t.Fatal(err)
	}
	return secret
}

// A partner subscribes to its own address and gets what was granted to it;
// nobody else can, and a revoked token ends it.
func TestPrivateTopics(t *testing.T) {
	b, r := newBench(t), newReceiver(t)
	b.restart(partnerSettings())
	secret := b.token("portal")
	private := "https://warta.example/p/" + secret + "/mitra.atom"
	for _, topic := range []string{
		"https://warta.example/mitra.atom",
		"https://warta.example/p/" + secret + "/semua.atom", // not its channel
		"https://warta.example/p/" + secret + "x/mitra.atom",
		"https://warta.example/p/" + secret + "/mitra/",
	} {
		if status, _ := b.ask(url.Values{"hub.mode": {"subscribe"}, "hub.topic": {topic}, "hub.callback": {r.URL}}); status != http.StatusNotFound {
			t.Errorf("%s: %d", topic, status)
		}
	}
	b.subscribe(r, private)
	b.save(draft(1, 1, nil))
	b.work()
	got := r.last()
	if !contains(string(got.body), "Isi lengkap 1", `rel="self" type="application/atom+xml" href="`+private+`"`, `rel="hub" href="https://warta.example/hub"`) {
		t.Errorf("delivered: %s", got.body)
	}
	if links := strings.Join(got.header.Values("Link"), " "); !contains(links, "<"+private+`>; rel="self"`, `<https://warta.example/hub>; rel="hub"`) {
		t.Errorf("Link: %s", links)
	}
	if ok, err := b.store.RevokeToken(context.Background(), "portal-1", b.now()); err != nil || ok.ID == "" {
		t.Fatal(ok, err)
	}
	b.save(draft(2, 1, nil))
	b.work()
	if r.count() != 1 {
		t.Error("it was delivered after the token was revoked")
	}
	if q := r.checks[len(r.checks)-1]; q.Get("hub.mode") != "denied" {
		t.Errorf("it was told %v", q)
	}
}

// actions are what a webhook's receiver was told to do, the last word on each
// entry.
func actions(t *testing.T, r *receiver) map[string]messageEntry {
	t.Helper()
	out := make(map[string]messageEntry)
	for _, d := range r.got {
		var m message
		if err := json.Unmarshal(d.body, &m); err != nil {
			t.Fatalf("%v in %s", err, d.body)
		}
		for _, e := range m.Entries {
			out[e.Entry] = e
		}
	}
	return out
}

// Webhooks begin with what the channel shows, say what each partner may do
// with each entry under its own permission, and take it back when that ends.
func TestWebhooks(t *testing.T) {
	b, r, other := newBench(t), newReceiver(t), newReceiver(t)
	settings := partnerSettings()
	b.restart(settings)
	hooks := []Hook{{Partner: "portal", Channel: "mitra", Callback: r.URL, Secret: "sebuah rahasia panjang"}, {Partner: "lain", Channel: "mitra", Callback: other.URL}}
	b.save(draft(1, 1, nil), draft(2, 1, nil))
	b.work()
	b.hooks = hooks
	b.d.Adopt(hooks)
	b.work()
	one, two := feed.EntryID("pemkab", "https://pemkab.example/1"), feed.EntryID("pemkab", "https://pemkab.example/2")
	got := actions(t, r)
	if e := got[one]; e.Action != actionPut || e.Use != "full" || e.Permission != "izin-portal" || e.Revision != 1 || !contains(string(e.Item), "Isi lengkap 1") {
		t.Errorf("portal was told %+v", e)
	}
	if e := actions(t, other)[one]; e.Action != actionPut || e.Use != "headline" || e.Permission != "" || contains(string(e.Item), "Isi lengkap") {
		t.Errorf("lain was told %+v", e)
	}
	h := r.last().header
	at := b.now()
	if sig := webhookSignature("sebuah rahasia panjang", h.Get("Webhook-Id"), at, r.last().body); h.Get("Webhook-Signature") != sig {
		t.Errorf("the signature is %q, want %q", h.Get("Webhook-Signature"), sig)
	}
	if secret, err := Secret(context.Background(), b.store, "lain", false); err != nil || other.last().header.Get("Webhook-Signature") != webhookSignature(secret, other.last().header.Get("Webhook-Id"), at, other.last().body) {
		t.Errorf("the signature with the secret that was made is wrong (%v)", err)
	}

	if err := b.store.Withdraw(context.Background(), two, "Salah sumber", "Rina"); err != nil {
		t.Fatal(err)
	}
	b.work()
	if e := actions(t, r)[two]; e.Action != actionWithdraw || !contains(string(e.Item), "Salah sumber") || contains(string(e.Item), "Isi lengkap") {
		t.Errorf("of the withdrawn story portal was told %+v", e)
	}

	// The permission is taken away: the text goes, the headline stays.
	settings.Permissions = nil
	rights := feed.None
	settings.Policy.Sources = map[string]feed.SourcePolicy{"pemkab": {Rights: &rights}}
	b.restart(settings)
	b.work()
	if e := actions(t, r)[one]; e.Action != actionRemove {
		t.Errorf("of a story that may not be shown portal was told %+v", e)
	}

	// No longer named, it ends.
	b.d.Adopt(hooks[1:])
	b.work()
	if list, _ := b.store.Subscriptions(context.Background()); len(list) != 1 {
		t.Errorf("%d subscriptions are left", len(list))
	}
}

// Five hundred partners with equal grants cost one rendering.
func TestEqualGrantsShareBodies(t *testing.T) {
	b := newBench(t)
	settings := partnerSettings()
	settings.Permissions, settings.Partners = nil, nil
	r := newReceiver(t)
	var hooks []Hook
	for i := range 100 {
		id := "mitra-" + string(rune('a'+i/26)) + string(rune('a'+i%26))
		settings.Partners = append(settings.Partners, feed.Partner{ID: id, Channels: []string{"mitra"}, Use: feed.Full})
		hooks = append(hooks, Hook{Partner: id, Channel: "mitra", Callback: r.URL + "/" + id})
	}
	b.restart(settings)
	b.hooks = hooks
	b.d.Adopt(hooks)
	b.save(draft(1, 1, nil))
	b.work()
	if r.count() != 100 {
		t.Errorf("%d deliveries", r.count())
	}
	if streams, _ := b.store.Streams(context.Background()); len(streams) != 1 {
		t.Errorf("%d streams for one class", len(streams))
	}
	b.pass(time.Minute)
}
