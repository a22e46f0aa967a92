package config

// section lists the keys that may stand in one kind of mapping.
// docs/configuration.md explains them all; a test holds the two together.
type section struct {
	name string
	keys []key
}

// key is a key with what its value must be and how it looks.
type key struct{ name, takes, example string }

var topSection = section{"the file", []key{
	{"site", "a mapping", "site: {title: Warta Paser}"},
	{"database", "a path or a postgres:// address", "database: warta.db"},
	{"fetch", "a mapping", "fetch: {timeout: 30s}"},
	{"reading", "a mapping", "reading: {future: hold}"},
	{"rights", "a mapping", "rights: {default: excerpt}"},
	{"include", "a list of paths", "include: [sources/*.yaml]"},
	{"sources", "a list of mappings", `sources: [{id: pemkab, feed: "https://…/feed/"}]`},
	{"permissions", "a list of mappings", "permissions: [{id: pemkab-2026, source: pemkab, use: full, basis: written_permission}]"},
	{"channels", "a list of mappings", "channels: [{id: paser, title: Paser}]"},
	{"partners", "a list of mappings", "partners: [{id: portal, title: Portal Uji, channels: [paser], use: full}]"},
}}

var siteSection = section{"site", []key{
	{"title", "text", `title: "Warta Paser"`},
	{"url", "an address", `url: "https://warta.example.id/"`},
	{"listen", "host:port", `listen: "127.0.0.1:8080"`},
	{"metrics", "host:port", `metrics: "127.0.0.1:9464"`},
	{"contact", "an e-mail or web address", `contact: "redaksi@example.id"`},
	{"language", "a language tag", "language: id"},
	{"commercial", "true or false", "commercial: false"},
	{"timezone", "the name of a time zone", "timezone: Asia/Makassar"},
	{"hub", "own, none or an address", "hub: own"},
	{"proxies", "a list of addresses or ranges of them", `proxies: ["127.0.0.1"]`},
	{"tls", "a mapping", "tls: {acme: true}"},
}}

var tlsSection = section{"tls", []key{
	{"certificate", "a path", "certificate: /etc/warta/fullchain.pem"},
	{"key", "a path", "key: /etc/warta/privkey.pem"},
	{"acme", "true or false", "acme: true"},
	{"directory", "an address", `directory: "https://acme.example.id/directory"`},
	{"roots", "a path", "roots: /etc/warta/authority.pem"},
	{"storage", "a path", "storage: /var/lib/warta/certificates"},
	{"redirect", "host:port", `redirect: ":80"`},
}}

var fetchSection = section{"fetch", []key{
	{"allow_private", "true or false", "allow_private: false"},
	{"every", "a mapping of min and max", "every: {min: 15m, max: 24h}"},
	{"timeout", "a duration", "timeout: 30s"},
	{"max_body", "a size", "max_body: 10MiB"},
	{"workers", "a whole number", "workers: 16"},
	{"pages", "true or false", "pages: true"},
}}

var readingSection = section{"reading", []key{
	{"future", "keep, hold or ignore", "future: hold"},
	{"debris", "a list of patterns", `debris: ["Pasang iklan di sini.*"]`},
}}

var everySection = section{"every", []key{
	{"min", "a duration", "min: 15m"},
	{"max", "a duration", "max: 24h"},
}}

var rightsSection = section{"rights", []key{
	{"default", "none, headline or excerpt", "default: excerpt"},
	{"credit", "a wording, or a mapping of languages to wordings", `credit: {id: "[Oleh {byline}, ]{outlet}: {link} ({terms})"}`},
}}

var sourceSection = section{"source", []key{
	{"id", "a word of a-z, 0-9 and -", "id: pemkab"},
	{"title", "text", `title: "Pemkab Paser"`},
	{"url", "an address", `url: "https://www.example.id/"`},
	{"feed", "an address", `feed: "https://www.example.id/feed/"`},
	{"region", "a region's code or a list of them", `region: "64.01"`},
	{"language", "a language tag", "language: id"},
	{"rights", "none, headline, excerpt or full", "rights: excerpt"},
	{"credit", "a wording, or a mapping of languages to wordings", `credit: {id: "[Oleh {byline}, ]{outlet}: {link} ({terms})"}`},
	{"every", "a mapping of min and max", "every: {min: 15m, max: 24h}"},
	{"future", "keep, hold or ignore", "future: hold"},
	{"debris", "a list of patterns", `debris: ["Pasang iklan di sini.*"]`},
}}

var permissionSection = section{"permission", []key{
	{"id", "a word of a-z, 0-9 and -", "id: pemkab-2026"},
	{"source", "the id of a source", "source: pemkab"},
	{"use", "headline, excerpt or full", "use: full"},
	{"images", "true or false", "images: true"},
	{"enclosures", "true or false", "enclosures: true"},
	{"abridging", "true or false", "abridging: false"},
	{"commerce", "true or false", "commerce: false"},
	{"indexing", "true or false", "indexing: true"},
	{"per_day", "a whole number", "per_day: 5"},
	{"audience", "public, partners, partner:ID or a list of partners", `audience: ["partner:portal", "partner:radio"]`},
	{"basis", "the ground it stands on", "basis: written_permission"},
	{"article", "text", `article: "UU 28/2014 Pasal 43 huruf c"`},
	{"granted_by", "text", `granted_by: "Dinas Kominfo"`},
	{"document", "text", `document: "surat-123.pdf"`},
	{"credit", "a wording, or a mapping of languages to wordings", `credit: "Foto dan teks: Diskominfo Paser"`},
	{"from", "a day", "from: 2026-01-01"},
	{"until", "a day", "until: 2026-12-31"},
	{"notify", "a duration", "notify: 30d"},
}}

var channelSection = section{"channel", []key{
	{"id", "a word of a-z, 0-9 and -", "id: paser"},
	{"title", "text", "title: Paser"},
	{"description", "text", `description: "Kabar dari Paser"`},
	{"language", "a language tag", "language: id"},
	{"select", "an expression", `select: 'source == "pemkab"'`},
	{"limit", "a whole number", "limit: 100"},
	{"public", "true or false", "public: false"},
	{"hub", "an address", `hub: "https://hub.example.org/"`},
	{"embargo", "a duration", "embargo: 2h"},
}}

var partnerSection = section{"partner", []key{
	{"id", "a word of a-z, 0-9 and -", "id: portal"},
	{"title", "text", `title: "Portal Uji"`},
	{"channels", "a list of ids of channels", "channels: [paser]"},
	{"use", "headline, excerpt or full", "use: full"},
	{"formats", "a list of formats", "formats: [atom, json]"},
	{"commercial", "true or false", "commercial: false"},
	{"limit", "a number of requests in a time", "limit: 600/h"},
	{"from", "a day", "from: 2026-01-01"},
	{"until", "a day", "until: 2027-01-01"},
	{"addresses", "a list of addresses or ranges of them", `addresses: ["192.0.2.0/24"]`},
	{"contact", "an e-mail or web address", `contact: "redaksi@portal.example.id"`},
	{"webhook_secret", "a text of 16 to 200 characters", `webhook_secret: "${PORTAL_SECRET}"`},
	{"webhook", "an address", `webhook: "https://portal.example.id/warta"`},
}}

var sections = []section{topSection, siteSection, tlsSection, fetchSection, readingSection, everySection, rightsSection, sourceSection, permissionSection, channelSection, partnerSection}

func (s section) names() []string {
	out := make([]string, len(s.keys))
	for i, k := range s.keys {
		out[i] = k.name
	}
	return out
}

func (s section) key(name string) (key, bool) {
	for _, k := range s.keys {
		if k.name == name {
			return k, true
		}
	}
	return key{}, false
}

// homes names the sections a key belongs to.
func homes(name string) (out []string) {
	for _, s := range sections {
		if _, ok := s.key(name); ok {
			out = append(out, s.name)
		}
	}
	return out
}
