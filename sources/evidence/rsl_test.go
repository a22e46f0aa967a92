package evidence

import "testing"

// TestRSLDocument: of a document's contents those count that reach the page.
func TestRSLDocument(t *testing.T) {
	const document = `<?xml version="1.0"?><rsl xmlns="https://rslstandard.org/rsl">
<content url="/berita/"><license><prohibits type="usage">all</prohibits></license></content>
<content url="https://a.id/bebas/*"><license><payment type="attribution"><standard>https://creativecommons.org/licenses/by/4.0/</standard></payment></license></content>
<content url="https://lain.id/"><license><prohibits type="usage">all</prohibits></license></content>
<content url="/foto/"><license><prohibits type="usage">ai-train</prohibits></license></content></rsl>`
	for _, test := range []struct{ page, want string }{
		{"https://a.id/berita/1", "rsl-prohibits /berita/"},
		{"https://a.id/bebas/1?x=1", "licence https://creativecommons.org/licenses/by/4.0/; rsl-terms https://a.id/bebas/*"},
		{"https://a.id/foto/1", "rsl-terms /foto/"},
		{"https://a.id/lain", ""},
		{"::", ""},
	} {
		if got := said(RSLDocument([]byte(document), test.page, "host x")); got != test.want {
			t.Errorf("%s: %s, want %s", test.page, got, test.want)
		}
	}
	for _, broken := range []string{"", "<", "<content", `<rsl><content url="/"><license><prohibits>all`} {
		RSLDocument([]byte(broken), "https://a.id/", "host x")
	}
	if got := said(RSLDocument([]byte(`<rsl:rsl><rsl:content url="/"><rsl:license><rsl:prohibits type="usage">all</rsl:prohibits>`), "https://a.id/x", "host x")); got != "rsl-prohibits /" {
		t.Errorf("a document that breaks off: %s", got)
	}
}
