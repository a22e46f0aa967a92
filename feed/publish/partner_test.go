package publish

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"warta/feed"
	"warta/sources"
)

// partnerSettings: a channel for everybody, one for partners, one for another
// partner; owners that granted to one what they granted to nobody else.
func partnerSettings() Settings {
	s := testSettings()
	s.Channels = append(s.Channels,
		feed.Channel{ID: "gudang", Title: "Gudang kabar", Language: "id", Private: true, Select: `source == "kabar"`, Limit: 10},
		feed.Channel{ID: "lumbung", Title: "Lumbung kabar", Language: "id", Private: true, Limit: 10},
	)
	s.Permissions = []feed.Permission{
		{ID: "pemkab-portal", Source: "pemkab", Use: feed.Full, Audience: "partner:portal", Basis: feed.PaidLicence, Until: morning.Add(48 * time.Hour)},
		{ID: "pemkab-kembar", Source: "pemkab", Use: feed.Full, Audience: "partner:kembar", Basis: feed.PaidLicence, Until: morning.Add(48 * time.Hour), GrantedBy: "Rina", Document: "kontrak-9"},
		{ID: "kabar-portal", Source: "kabar", Use: feed.Full, Audience: "partner:portal", Basis: feed.PaidLicence},
	}
	s.Partners = []feed.Partner{
		{ID: "portal", Title: "Portal", Channels: []string{"paser", "gudang"}, Use: feed.Full, Until: morning.Add(72 * time.Hour)},
		{ID: "kembar", Title: "Kembar", Channels: []string{"paser"}, Use: feed.Full},
		{ID: "singkat", Title: "Singkat", Channels: []string{"paser", "gudang"}, Use: feed.Headline, Formats: []string{"atom"}},
		{ID: "lain", Title: "Lain", Channels: []string{"lumbung"}, Use: feed.Full, Addresses: []netip.Prefix{netip.MustParsePrefix("198.51.100.0/24")}},
		{ID: "sering", Title: "Sering", Channels: []string{"gudang"}, Use: feed.Full, Limit: feed.Limit{Requests: 3, Per: time.Minute}},
	}
	return s
}

// partnerBench publishes partnerSettings, with a token for each partner.
func partnerBench(t testing.TB) (*bench, map[string]string) {
	b := newBench(t, partnerSettings())
	b.restart(partnerSettings())
	b.save(
		draft("pemkab", 1, nil), draft("pemkab", 2, nil),
		draft("kabar", 3, func(e *feed.Entry) { e.Regions = nil }), // in semua, gudang and lumbung
	)
	b.update()
	secrets := make(map[string]string)
	for _, p := range partnerSettings().Partners {
		secrets[p.ID] = b.token(p.ID)
	}
	return b, secrets
}

func (b *bench) token(partner string) string {
	b.t.Helper()
	secret, digest := feed.NewSecret()
	if err := b.store.AddToken(context.Background(), feed.Token{ID: partner, Partner: partner, Created: b.clock}, digest); err != nil {
		b.t.Fatal(err)
	}
	return secret
}

func (b *bench) text(path string, header ...string) string {
	b.t.Helper()
	r := b.get(path, header...)
	body, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		b.t.Fatalf("%s: status %d, %v", path, r.StatusCode, err)
	}
	return string(body)
}

func bearer(secret string) []string { return []string{"Authorization", "Bearer " + secret} }

// Each entry in a partner's document has the use that its owner granted to
// that partner, and no more than the contract has.
func TestPartnerSeesWhatItWasGranted(t *testing.T) {
	b, secrets := partnerBench(t)
	for _, c := range []struct {
		partner, path     string
		texts, excerpts   string
		notes             string
		permissionInPages bool
	}{
		{"", "/paser.atom", "", "1 2", "the public has excerpts", false},
		{"portal", "/paser.atom", "1 2", "1 2", "the portal has the text", false},
		{"portal", "/paser.rss", "1 2", "1 2", "in every format", false},
		{"portal", "/paser.json", "1 2", "1 2", "in every format", false},
		{"portal", "/gudang.atom", "3", "3", "and a channel that others don't have", false},
		{"kembar", "/paser.atom", "1 2", "1 2", "as has who was granted the same", false},
		{"singkat", "/paser.atom", "", "", "who takes headlines gets headlines", false},
	} {
		body := b.text(c.path, bearer(secrets[c.partner])...)
		for _, n := range []string{"1", "2", "3"} {
			if got, want := strings.Contains(body, "Isi lengkap "+n+"."), strings.Contains(c.texts, n); got != want {
				t.Errorf("%s %s: text of %s shown: %v; %s", c.partner, c.path, n, got, c.notes)
			}
			if got, want := strings.Contains(body, "Ringkasan "+n+"."), strings.Contains(c.excerpts, n); got != want {
				t.Errorf("%s %s: excerpt of %s shown: %v; %s", c.partner, c.path, n, got, c.notes)
			}
		}
	}
	if a, b := b.text("/paser.atom", bearer(secrets["portal"])...), b.text("/paser.atom", bearer(secrets["kembar"])...); a != b {
		t.Error("equal grants give different documents")
	}
	id := feed.EntryID("pemkab", "https://pemkab.example/1")
	if page := b.text("/entries/"+id, bearer(secrets["kembar"])...); !strings.Contains(page, "pemkab-kembar") || strings.Contains(page, "pemkab-portal") {
		t.Error("an entry's page doesn't name the partner's own permission")
	}
	if page := b.text("/entries/" + id); strings.Contains(page, "pemkab-") {
		t.Error("an entry's page tells everybody of a partner's permission")
	}
	// The permission ends while the contract runs on.
	b.clock = b.clock.Add(49 * time.Hour)
	if body := b.text("/paser.atom", bearer(secrets["portal"])...); strings.Contains(body, "Isi lengkap") {
		t.Error("the text is shown after the permission ended, before the update")
	}
	b.update()
	if body := b.text("/paser.atom", bearer(secrets["portal"])...); strings.Contains(body, "Isi lengkap") || !strings.Contains(body, "Ringkasan 1.") {
		t.Error("the text is shown after the permission ended")
	}
}

// Every way in without or with the wrong, a revoked, an expired or another
// partner's token finds what is found where nothing is.
func TestPrivateChannelIsNotThere(t *testing.T) {
	b, secrets := partnerBench(t)
	b.p.log = slog.New(slog.NewTextHandler(&b.log, nil))
	revoked := b.token("kembar2")
	never, _ := feed.NewSecret()
	other := b.token("portal2") // of a partner that isn't configured
	if _, err := b.store.RevokeToken(context.Background(), "kembar2", b.clock); err != nil {
		t.Fatal(err)
	}
	page := "/entries/" + feed.EntryID("kabar", "https://kabar.example/99")
	b.save(draft("kabar", 99, func(e *feed.Entry) { e.Regions = nil; e.Source = "kabar" }))
	settings := partnerSettings()
	settings.Channels = slices.DeleteFunc(settings.Channels, func(c feed.Channel) bool { return c.ID == "semua" })
	if err := b.p.Configure(context.Background(), settings); err != nil {
		t.Fatal(err)
	}
	b.update()
	if r := b.get(page, bearer(secrets["portal"])...); r.StatusCode != http.StatusOK {
		t.Fatalf("the partner's page of an entry: %d", r.StatusCode)
	}
	secretsFor := map[string]string{
		"none": "", "wrong": never, "malformed": "geheim", "revoked": revoked, "unknown partner": other,
		"another's": secrets["kembar"], "elsewhere": secrets["lain"], "truncated": secrets["portal"][:20],
		"upper case": strings.ToUpper(secrets["portal"]), "trailing": secrets["portal"] + "=",
	}
	private := []string{"/gudang.atom", "/gudang.rss", "/gudang.json", "/gudang.ninjs.json", "/gudang/", "/gudang/en/", "/gudang", "/lumbung.atom", "/lumbung/", "/gudang.opml", "/gudang.sitemap.xml", page, page + "/en/"}
	for name, secret := range secretsFor {
		ways := map[string][]string{
			"bearer": {"Authorization", "Bearer " + secret}, "basic": {"Authorization", basic("siapa", secret)},
			"user": {"Authorization", basic(secret, "")}, "plain": {"Authorization", secret}, "header": {"X-Token", secret},
			"query": nil, "path": nil, "poison": {"X-Forwarded-Host", "evil.example", "X-Original-URL", "/gudang.atom", "X-Rewrite-URL", "/gudang.atom", "Authorization", "Bearer " + secret},
		}
		if secret == "" {
			ways = map[string][]string{"nothing": nil, "empty bearer": {"Authorization", "Bearer "}, "empty basic": {"Authorization", basic("", "")}, "no scheme": {"Authorization", ""}}
		}
		for way, header := range ways {
			for _, method := range []string{"GET", "HEAD", "POST", "OPTIONS", "PROPFIND"} {
				for _, path := range private {
					nowhere := "/tiada"
					switch way {
					case "query":
						path, nowhere = path+"?token="+secret, "/tiada?token="+secret
					case "path":
						path, nowhere = "/p/"+secret+path, "/p/"+secret+"/tiada"
					}
					got, want := request(b.p, method, path, header...), request(b.p, method, nowhere, header...)
					if !same(t, got, want) || got.StatusCode == http.StatusOK {
						t.Errorf("%s token as %s: %s %s is %d, a path where nothing is %d\n%v\n%v", name, way, method, path, got.StatusCode, want.StatusCode, got.Header, want.Header)
					}
				}
			}
		}
	}
	if strings.Contains(b.log.String(), secrets["portal"]) {
		t.Error("a token is in the log")
	}
}

// same compares answers, body and all.
func same(t *testing.T, a, b *http.Response) bool {
	t.Helper()
	x, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	y, err := io.ReadAll(b.Body)
	if err != nil {
		t.Fatal(err)
	}
	return a.StatusCode == b.StatusCode && string(x) == string(y) && maps.EqualFunc(a.Header, b.Header, slices.Equal[[]string])
}

func basic(user, password string) string {
	r, _ := http.NewRequest("GET", "/", nil)
	r.SetBasicAuth(user, password)
	return r.Header.Get("Authorization")
}

// A channel that is not public has archives and a list of its sources for its
// partner, whichever way the token comes, and for nobody else.
func TestPrivateArchives(t *testing.T) {
	settings := partnerSettings()
	for i := range settings.Channels {
		if settings.Channels[i].ID == "gudang" {
			settings.Channels[i].Limit = 2
		}
	}
	b := newBench(t, settings)
	for n := range 7 {
		b.save(draft("kabar", 60+n, func(e *feed.Entry) {
			e.Published = b.clock.Add(-time.Duration(40*n+1) * day)
			e.FirstSeen, e.Changed, e.Regions = b.clock, b.clock, nil
		}))
	}
	b.update()
	secrets := make(map[string]string)
	for _, p := range settings.Partners {
		secrets[p.ID] = b.token(p.ID)
	}
	ways := map[string]func(path, secret string) *http.Response{
		"bearer": func(path, secret string) *http.Response { return b.get(path, bearer(secret)...) },
		"basic": func(path, secret string) *http.Response {
			return b.get(path, "Authorization", basic("siapa", secret))
		},
		"path": func(path, secret string) *http.Response {
			return b.get("/p/" + secret + strings.TrimPrefix(path, "/p/"+secret))
		},
	}
	read := func(r *http.Response) string {
		t.Helper()
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		if r.StatusCode != http.StatusOK || !strings.HasPrefix(r.Header.Get("Cache-Control"), "private") || r.Header.Get("X-Robots-Tag") != "noindex" {
			t.Fatalf("%d %v", r.StatusCode, r.Header)
		}
		return string(body)
	}
	older := regexp.MustCompile(`rel="prev-archive"[^>]* href="https://warta\.example(/[^"]+)"|href="https://warta\.example(/[^"]+)"[^>]* rel="prev-archive"|rel="prev-archive" href="https://warta\.example(/[^"]+)"`)
	archives := make(map[string]bool)
	for name, way := range ways {
		secret := secrets["portal"]
		all, path := "", "/gudang.atom"
		for range 10 {
			body := read(way(path, secret))
			all += body
			if name != "path" && strings.Contains(body, secret) {
				t.Errorf("%s: %s holds the token", name, path)
			}
			found := older.FindStringSubmatch(body)
			if found == nil {
				break
			}
			path = found[1] + found[2] + found[3]
			if name == "path" != strings.HasPrefix(path, "/p/"+secret+"/") {
				t.Fatalf("%s: the archive before is at %s", name, path)
			}
			archives[strings.TrimPrefix(path, "/p/"+secret)] = true
		}
		for n := range 7 { // all in their full text, as this partner may have them
			if !strings.Contains(all, fmt.Sprintf("Isi lengkap %d.", 60+n)) {
				t.Errorf("%s: story %d is in no document", name, n)
			}
		}
		if list := read(way("/gudang.opml", secret)); !strings.Contains(list, "https://kabar.example/rss") || strings.Contains(list, "pemkab") || strings.Contains(list, secret) {
			t.Errorf("%s: the sources are %s", name, list)
		}
	}
	if len(archives) < 3 {
		t.Fatalf("the archives are %v", archives)
	}
	archives["/gudang.opml"] = true
	never, _ := feed.NewSecret()
	nobody := map[string]string{"wrong": never, "of another channel's partner": secrets["kembar"], "used from elsewhere": secrets["lain"]}
	hold := func(when string) {
		t.Helper()
		for path := range archives {
			for _, p := range []string{path, strings.TrimSuffix(path, ".atom") + ".rss", strings.TrimSuffix(path, ".atom") + ".json"} {
				if r := b.get(p); !same(t, r, b.get("/tiada")) {
					t.Errorf("%s, %s: anybody gets %d", when, p, r.StatusCode)
				}
				for name, secret := range nobody {
					for how, way := range ways {
						if r := way(p, secret); r.StatusCode != http.StatusNotFound || !same(t, r, way("/tiada", secret)) {
							t.Errorf("%s, %s: a token %s as %s gets %d", when, p, name, how, r.StatusCode)
						}
					}
				}
			}
		}
	}
	hold("in force")
	if page := b.text("/p/" + secrets["portal"] + "/gudang/"); !strings.Contains(page, `href="https://warta.example/p/`+secrets["portal"]+`/gudang.opml"`) {
		t.Errorf("the partner's page doesn't lead to the list of sources: %s", page)
	}
	if r := b.get("/paser.opml", bearer(secrets["portal"])...); !strings.HasPrefix(r.Header.Get("Cache-Control"), "private") {
		t.Errorf("the sources of a public channel, for its partner: %v", r.Header)
	}
	b.clock = morning.Add(73 * time.Hour) // the contract is over
	nobody["of a contract that ended"] = secrets["portal"]
	hold("after the contract")
}

// No list names a private channel, and nothing that only it holds.
func TestPrivateChannelIsNamedNowhere(t *testing.T) {
	settings := partnerSettings()
	settings.Channels = slices.DeleteFunc(settings.Channels, func(c feed.Channel) bool { return c.ID == "semua" })
	b := newBench(t, settings)
	b.save(draft("pemkab", 1, nil), draft("kabar", 3, func(e *feed.Entry) { e.Regions = nil }))
	dir := t.TempDir()
	b.export(dir)
	outputs := tree(t, dir)
	for path := range b.p.edition.Load().documents {
		outputs["served "+path] = b.body(path)
	}
	for name, body := range outputs {
		for _, word := range []string{"gudang", "lumbung", "Gudang", "Lumbung", "Berita 3 dari kabar", "portal", "kembar", "pemkab-"} {
			if strings.Contains(name+body, word) {
				t.Errorf("%s tells of %s", name, word)
			}
		}
	}
}

// What a partner is sent is kept by no cache that others share, and what
// others are sent is not taken for the partner's.
func TestCachesKeepPartnersApart(t *testing.T) {
	b, secrets := partnerBench(t)
	public := b.get("/paser.atom")
	for name, way := range map[string]func(string) *http.Response{
		"bearer": func(path string) *http.Response { return b.get(path, bearer(secrets["portal"])...) },
		"basic": func(path string) *http.Response {
			return b.get(path, "Authorization", basic("portal", secrets["portal"]))
		},
		"path": func(path string) *http.Response { return b.get("/p/" + secrets["portal"] + path) },
	} {
		for _, path := range []string{"/paser.atom", "/paser.rss", "/paser.json", "/paser/", "/gudang.atom", "/entries/" + feed.EntryID("pemkab", "https://pemkab.example/1")} {
			r := way(path)
			h := r.Header
			if r.StatusCode != http.StatusOK || !strings.HasPrefix(h.Get("Cache-Control"), "private") || !strings.Contains(h.Get("Vary"), "Authorization") ||
				h.Get("X-Robots-Tag") != "noindex" || h.Get("Referrer-Policy") != "no-referrer" || h.Get("Access-Control-Allow-Origin") != "" {
				t.Errorf("%s %s: %d %v", name, path, r.StatusCode, h)
			}
			if h.Get("ETag") == public.Header.Get("ETag") {
				t.Errorf("%s %s has the ETag of what everybody sees", name, path)
			}
		}
	}
	if v := public.Header.Get("Vary"); !strings.Contains(v, "Authorization") {
		t.Errorf("the public document varies by %s", v)
	}
	if v := b.get("/gudang.atom").Header.Get("Vary"); !strings.Contains(v, "Authorization") {
		t.Errorf("where nothing is it varies by %s", v)
	}
	// Conditional requests work for each grant by itself.
	own := b.get("/paser.atom", bearer(secrets["portal"])...).Header.Get("ETag")
	if r := b.get("/paser.atom", append(bearer(secrets["portal"]), "If-None-Match", own)...); r.StatusCode != http.StatusNotModified || !strings.HasPrefix(r.Header.Get("Cache-Control"), "private") {
		t.Errorf("asked again: %d %v", r.StatusCode, r.Header)
	}
	if r := b.get("/paser.atom", append(bearer(secrets["portal"]), "If-None-Match", public.Header.Get("ETag"))...); r.StatusCode != http.StatusOK {
		t.Errorf("asked with the public's ETag: %d", r.StatusCode)
	}
	if r := b.get("/paser.atom", "If-None-Match", own); r.StatusCode != http.StatusOK {
		t.Errorf("everybody asks with a partner's ETag: %d", r.StatusCode)
	}
	secret := b.get("/p/" + secrets["portal"] + "/paser.atom").Header.Get("ETag")
	if r := b.get("/p/"+secrets["portal"]+"/paser.atom", "If-None-Match", secret); r.StatusCode != http.StatusNotModified {
		t.Errorf("asked again by the secret address: %d", r.StatusCode)
	}
}

// The document at a secret address calls itself by that address, for readers
// that move to what a feed calls itself; its id stays that of the channel, and
// nobody else's copy knows the token.
func TestSecretAddressNamesItself(t *testing.T) {
	b, secrets := partnerBench(t)
	own := "https://warta.example/p/" + secrets["portal"]
	for path, want := range map[string][]string{
		"/paser.atom":       {`href="` + own + `/paser.atom"`, `<id>https://warta.example/paser/</id>`},
		"/paser.rss":        {`href="` + own + `/paser.rss"`},
		"/paser.json":       {`"` + own + `/paser.json"`},
		"/paser/":           {`href="` + own + `/paser.atom"`},
		"/paser.ninjs.json": nil,
	} {
		for _, coding := range []string{"", "gzip", "br", "zstd"} {
			r := b.get("/p/"+secrets["portal"]+path, "Accept-Encoding", coding)
			body, err := io.ReadAll(r.Body)
			if err != nil || r.StatusCode != http.StatusOK {
				t.Fatalf("%s: %d %v", path, r.StatusCode, err)
			}
			text := decode(t, coding, body)
			for _, w := range want {
				if !strings.Contains(text, w) {
					t.Errorf("%s as %q doesn't have %s", path, coding, w)
				}
			}
		}
		for _, body := range []string{b.text(path), b.text(path, bearer(secrets["portal"])...), b.text(path, bearer(secrets["kembar"])...)} {
			if strings.Contains(body, "warta_") {
				t.Errorf("%s: a shared document holds a token", path)
			}
		}
	}
	if r := b.get("/p/" + secrets["portal"] + "/paser"); r.StatusCode != http.StatusPermanentRedirect || strings.Contains(r.Header.Get("Location"), "warta_") {
		t.Errorf("without the slash: %d %s", r.StatusCode, r.Header.Get("Location"))
	}
}

func TestPathTricks(t *testing.T) {
	b, secrets := partnerBench(t)
	for _, path := range []string{
		"/p/" + secrets["portal"] + "/../gudang.atom", "/p/" + secrets["portal"] + "//gudang.atom", "//p/" + secrets["portal"] + "/gudang.atom",
		"/p/" + secrets["portal"] + "/./gudang.atom", "/p%2F" + secrets["portal"] + "%2Fmitra.atom", "/p/" + secrets["portal"] + "%2Fmitra.atom",
		"/p/" + secrets["portal"] + "/gudang.atom/", "/p/" + secrets["portal"] + "/gudang.atom.", "/p/" + secrets["portal"] + "/gudang.atom%00",
		"/p/" + secrets["portal"] + "/GUDANG.atom", "/P/" + secrets["portal"] + "/gudang.atom", "/p/" + secrets["portal"], "/p/" + secrets["portal"] + "/tiada/",
		"/p/" + secrets["portal"] + "/lumbung.atom", "/p/" + secrets["portal"] + "/semua.atom", "/p/" + secrets["portal"] + "/../p/" + secrets["portal"] + "/gudang.atom",
		"/p/x/../" + secrets["portal"] + "/gudang.atom", "/p/", "/p", "/p//gudang.atom", "/p/;" + secrets["portal"] + "/gudang.atom", "/p/" + secrets["portal"] + ";/gudang.atom",
		"/p/" + secrets["portal"] + "/gudang.atom;x", "/p/" + secrets["portal"] + "/entries/../gudang.atom", "/p/" + secrets["portal"] + `\mitra.atom`,
	} {
		if r := b.get(path); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, r.StatusCode)
		}
	}
	if r := b.get("/p/" + secrets["portal"] + "/gudang.atom?x=1"); r.StatusCode != http.StatusOK {
		t.Errorf("with a query: %d", r.StatusCode)
	}
}

// A contract has a period, addresses, formats and a limit.
func TestContractBounds(t *testing.T) {
	b, secrets := partnerBench(t)
	status := func(partner, path string) int { return b.get(path, bearer(secrets[partner])...).StatusCode }
	if got := status("singkat", "/gudang.rss"); got != http.StatusNotFound {
		t.Errorf("a format that the contract lacks: %d", got)
	}
	if body := b.text("/paser.rss", bearer(secrets["singkat"])...); !strings.Contains(body, "Ringkasan 1.") {
		t.Error("a public document in a format that the contract lacks is not the public's")
	}
	b.p.access.addr = func(*http.Request) netip.Addr { return netip.MustParseAddr("::ffff:198.51.100.9") }
	if got := status("lain", "/lumbung.atom"); got != http.StatusOK {
		t.Errorf("from an address that was agreed: %d", got)
	}
	b.p.access.addr = peer
	for n, want := range []int{200, 200, 200, 429, 429} {
		r := b.get("/gudang.atom", bearer(secrets["sering"])...)
		if r.StatusCode != want {
			t.Errorf("request %d: %d", n+1, r.StatusCode)
		}
		if r.StatusCode == http.StatusTooManyRequests && (r.Header.Get("Retry-After") != "20" || r.Header.Get("Cache-Control") != "no-store") {
			t.Errorf("too many: %v", r.Header)
		}
	}
	b.clock = b.clock.Add(20 * time.Second)
	if got := status("sering", "/gudang.atom"); got != http.StatusOK {
		t.Errorf("after Retry-After: %d", got)
	}
	b.clock = morning.Add(73 * time.Hour)
	b.update()
	if got := status("portal", "/gudang.atom"); got != http.StatusNotFound {
		t.Errorf("after the contract: %d", got)
	}
	if _, err := b.store.RevokeToken(context.Background(), "kembar", b.clock); err != nil {
		t.Fatal(err)
	}
	if body := b.text("/paser.atom", bearer(secrets["kembar"])...); strings.Contains(body, "Isi lengkap") {
		t.Error("a revoked token still opens the text")
	}
}

type witness struct{ list []feed.Serving }

func (w *witness) Served(_ context.Context, s feed.Serving) { w.list = append(w.list, s) }

// Whoever keeps the proof is told which version a partner was served, and what
// stood in it under which of the partner's permissions.
func TestWitness(t *testing.T) {
	b, secrets := partnerBench(t)
	var w witness
	b.p.witness = &w
	etag := b.get("/paser.atom", bearer(secrets["kembar"])...).Header.Get("ETag")
	b.get("/paser.atom", append(bearer(secrets["kembar"]), "If-None-Match", etag)...)
	b.get("/paser.atom")
	b.get("/p/" + secrets["kembar"] + "/paser.atom")
	if len(w.list) != 3 || w.list[0].Status != 200 || w.list[1].Status != 304 || w.list[0].Version != w.list[1].Version || w.list[2].Version != w.list[0].Version {
		t.Fatalf("%+v", w.list)
	}
	s := w.list[2]
	if s.Partner != "kembar" || s.Token != "kembar" || s.Channel != "paser" || s.Path != "paser.atom" || s.Format != "atom" || !s.At.Equal(b.clock) {
		t.Errorf("%+v", s)
	}
	got := s.Entries()
	want := feed.Served{Entry: feed.EntryID("pemkab", "https://pemkab.example/2"), Revision: 1, Use: feed.Full, Permission: got[0].Permission, Words: 3}
	if len(got) != 2 || got[0] != want || s.Name(got[0].Permission) != "pemkab-kembar" {
		t.Errorf("%+v", got)
	}
}

// Licences that exclude commerce reach a partner only where nobody earns.
func TestPartnerCommerce(t *testing.T) {
	s := partnerSettings()
	s.Permissions = nil
	s.Partners = append(s.Partners[:1], feed.Partner{ID: "warga", Channels: []string{"paser"}, Use: feed.Full, Noncommercial: true})
	b := newBench(t, s)
	b.save(draft("pemkab", 1, func(e *feed.Entry) {
		e.Evidence = []sources.Evidence{{Kind: sources.Licence, Value: "https://creativecommons.org/licenses/by-nc/4.0/", Text: "CC BY-NC", Where: "feed"}}
	}))
	b.update()
	for partner, want := range map[string]bool{"": true, "warga": true, "portal": false} {
		var header []string
		if partner != "" {
			header = bearer(b.token(partner))
		}
		if got := strings.Contains(b.text("/paser.atom", header...), "Isi lengkap"); got != want {
			t.Errorf("%q sees the text: %v", partner, got)
		}
	}
}
