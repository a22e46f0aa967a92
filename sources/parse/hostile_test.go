package parse

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
	"time"
)

func rssAround(item string) string {
	return `<rss version="2.0"><channel><title>t</title><item>` + item + `</item></channel></rss>`
}

// hostile are the shapes of documents that are known to hurt parsers, each
// growing with n.
var hostile = []struct {
	name string
	make func(n int) string
}{
	{"a1 entities within entities", func(n int) string {
		var b strings.Builder
		b.WriteString(`<!DOCTYPE rss [<!ENTITY l0 "lolololololololololo">`)
		for i := 1; i <= min(n/100, 40); i++ {
			fmt.Fprintf(&b, `<!ENTITY l%d "%s">`, i, strings.Repeat(fmt.Sprintf("&l%d;", i-1), 10))
		}
		return b.String() + `]>` + rssAround(`<title>`+strings.Repeat("&l4;", n/4)+`</title>`)
	}},
	{"a1 one long entity", func(n int) string {
		return `<!DOCTYPE rss [<!ENTITY l "` + strings.Repeat("x", n/2) + `">]>` + rssAround(`<title>`+strings.Repeat("&l;", n/8)+`</title>`)
	}},
	{"a2 external entity", func(n int) string {
		return `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>` + rssAround(`<title>`+strings.Repeat("&x;", n/3)+`</title>`)
	}},
	{"b1 nested extension elements", func(n int) string {
		return rssAround(`<a xmlns="u">` + strings.Repeat("<a>", n/7) + strings.Repeat("</a>", n/7) + `</a>`)
	}},
	{"b1 nested and never closed", func(n int) string {
		return `<rss><channel><item><a xmlns="u">` + strings.Repeat("<a>", n/3)
	}},
	{"b2 nested own elements", func(n int) string { return rssAround(strings.Repeat("<x>", n/7) + strings.Repeat("</x>", n/7)) }},
	{"b3 nested in xhtml", func(n int) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><content type="xhtml">` + strings.Repeat("<b>", n/7) + strings.Repeat("</b>", n/7) + `</content></entry></feed>`
	}},
	{"b4 nested where it is skipped", func(n int) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom">` + strings.Repeat("<q>", n/7) + strings.Repeat("</q>", n/7) + `</feed>`
	}},
	{"b5 nested escaped markup", func(n int) string {
		return rssAround(`<description>` + strings.Repeat("&lt;b&gt;", n/9) + `</description>`)
	}},
	{"c1 one long title", func(n int) string { return rssAround(`<title>` + strings.Repeat("a", n) + `</title>`) }},
	{"c2 one long section", func(n int) string {
		return rssAround(`<description><![CDATA[` + strings.Repeat("a", n) + `]]></description>`)
	}},
	{"c3 one long attribute", func(n int) string { return rssAround(`<enclosure url="` + strings.Repeat("a", n) + `"/>`) }},
	{"c4 nothing but ampersands", func(n int) string { return rssAround(`<title>` + strings.Repeat("&", n) + `</title>`) }},
	{"d1 NULs", func(n int) string { return rssAround(`<title>` + strings.Repeat("a\x00", n/2) + `</title>`) }},
	{"d2 invalid UTF-8", func(n int) string { return rssAround(`<title>` + strings.Repeat("a\xff", n/2) + `</title>`) }},
	{"d7 illegal references", func(n int) string { return rssAround(`<title>` + strings.Repeat("&#0;", n/4) + `</title>`) }},
	{"e2 unclosed inner tags", func(n int) string { return rssAround(`<title>` + strings.Repeat("<br>", n/4) + `</title>`) }},
	{"e3 end tags of nothing", func(n int) string { return rssAround(strings.Repeat("</x>", n/4)) }},
	{"e3 end tags under deep nesting", func(n int) string {
		return rssAround(strings.Repeat("<x>", 100) + strings.Repeat("</y>", n/4))
	}},
	{"e6 long comment", func(n int) string { return `<!--` + strings.Repeat("x", n) + `-->` + rssAround(`<title>t</title>`) }},
	{"e6 comments never ended", func(n int) string { return rssAround(strings.Repeat("<!--", n/4)) }},
	{"e6 sections never ended", func(n int) string { return rssAround(strings.Repeat("<![CDATA[", n/9)) }},
	{"e6 sections that end with their element", func(n int) string { return rssAround(strings.Repeat("<a><![CDATA[x</a>", n/17) + "]]>") }},
	{"e6 sections that end nowhere", func(n int) string { return rssAround(strings.Repeat("<![CDATA[<a>", n/12) + "]]>") }},
	{"e6 instructions never ended", func(n int) string { return rssAround(strings.Repeat("<?x ", n/4)) }},
	{"e6 declarations never ended", func(n int) string { return rssAround(strings.Repeat("<!x '", n/5)) }},
	{"e6 quotes never closed", func(n int) string { return rssAround(strings.Repeat(`<a b="`, n/6)) }},
	{"e6 one quote never closed", func(n int) string { return rssAround(strings.Repeat(`<a b="'">`, n/9) + `<a b="`) }},
	{"e6 tags never ended", func(n int) string { return rssAround(strings.Repeat(`<a `, n/3)) }},
	{"e6 doctypes", func(n int) string { return strings.Repeat(`<!DOCTYPE a [`, n/13) + rssAround(``) }},
	{"e10 junk before the root", func(n int) string { return strings.Repeat("junk <", n/6) + rssAround(`<title>t</title>`) }},
	{"e11 many roots", func(n int) string { return strings.Repeat(`<rss><channel></channel></rss>`, n/30) }},
	{"f1 many items", func(n int) string {
		return `<rss><channel>` + strings.Repeat(`<item><title>x</title><guid>1</guid></item>`, n/43) + `</channel></rss>`
	}},
	{"f2 many entries", func(n int) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom">` + strings.Repeat(`<entry><title>x</title><id>1</id></entry>`, n/42) + `</feed>`
	}},
	{"f3 many empty items", func(n int) string { return `<rss><channel>` + strings.Repeat(`<item/>`, n/7) + `</channel></rss>` }},
	{"f4 many elements in the head", func(n int) string {
		return `<rss><channel>` + strings.Repeat(`<category>x</category>`, n/22) + `</channel></rss>`
	}},
	{"f4 many elements in an item", func(n int) string { return rssAround(strings.Repeat(`<category>x</category>`, n/22)) }},
	{"f5 many authors", func(n int) string {
		var b strings.Builder
		for i := range n / 20 {
			fmt.Fprintf(&b, `<author>n%d</author>`, i)
		}
		return rssAround(b.String())
	}},
	{"f5 many enclosures", func(n int) string {
		var b strings.Builder
		for i := range n / 24 {
			fmt.Fprintf(&b, `<enclosure url="%d"/>`, i)
		}
		return rssAround(b.String())
	}},
	{"f5 many licences", func(n int) string {
		var b strings.Builder
		for i := range n / 60 {
			fmt.Fprintf(&b, `<cc:license rdf:resource="%d"/>`, i)
		}
		return rssAround(b.String())
	}},
	{"f6 many entries of many elements", func(n int) string {
		return `<rss><channel>` + strings.Repeat(`<item>`+strings.Repeat(`<category>x</category>`, 200)+`</item>`, n/4413) + `</channel></rss>`
	}},
	{"f7 entries of many tags", func(n int) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom">` + strings.Repeat(`<entry><content type="xhtml">`+strings.Repeat(`<b></b>`, 10000)+`</content></entry>`, n/70044) + `</feed>`
	}},
	{"f8 entries of many media", func(n int) string {
		return `<rss><channel>` + strings.Repeat(`<item>`+strings.Repeat(`<media:content url="a.jpg"><media:title>x</media:title></media:content>`, 200)+`</item>`, n/14013) + `</channel></rss>`
	}},
	{"g1 namespaces on the root", func(n int) string {
		var b strings.Builder
		for i := range n / 40 {
			fmt.Fprintf(&b, ` xmlns:n%d="u%d"`, i, i)
		}
		return `<rss version="2.0"` + b.String() + `><channel><item>` + strings.Repeat(`<n1:x/>`, n/14) + `</item></channel></rss>`
	}},
	{"g2 a hundred namespaces, many elements", func(n int) string {
		var b strings.Builder
		for i := range 100 {
			fmt.Fprintf(&b, ` xmlns:n%d="u%d"`, i, i)
		}
		return `<rss version="2.0"` + b.String() + `><channel><item>` + strings.Repeat(`<dc:x/>`, n/7) + `</item></channel></rss>`
	}},
	{"g4 nested namespaces", func(n int) string {
		var b strings.Builder
		for i := range n / 24 {
			fmt.Fprintf(&b, `<n%d:a xmlns:n%d="u%d">`, i, i, i)
		}
		return rssAround(b.String())
	}},
	{"h1 text in many sections", func(n int) string {
		return rssAround(`<media:x xmlns:media="http://search.yahoo.com/mrss/">` + strings.Repeat("<![CDATA[abcd]]>", n/16) + `</media:x>`)
	}},
	{"h3 title in many sections", func(n int) string {
		return rssAround(`<title>` + strings.Repeat("<![CDATA[abcd]]>", n/16) + `</title>`)
	}},
	{"i1 nested xml:base", func(n int) string { return rssAround(strings.Repeat(`<a xml:base="a/">`, n/17)) }},
	{"i2 nested xml:base in media", func(n int) string {
		return rssAround(strings.Repeat(`<media:group xml:base="a/">`, n/27))
	}},
	{"j4 many attributes", func(n int) string { return rssAround(`<a ` + strings.Repeat(`b="c" `, n/6) + `/>`) }},
	{"j4 many attributes unquoted", func(n int) string { return rssAround(`<enclosure ` + strings.Repeat(`b=c `, n/4) + `/>`) }},
	{"j5 HTML with much to look through", func(n int) string { return rssAround(`<title>` + strings.Repeat("&lt;a ", n/6) + `</title>`) }},
	{"k1 nested JSON", func(n int) string {
		return `{"version":"https://jsonfeed.org/version/1.1","items":` + strings.Repeat("[", n/2) + strings.Repeat("]", n/2) + `}`
	}},
	{"k1 nested JSON never closed", func(n int) string { return `{"items":[{"a":` + strings.Repeat(`{"a":`, n/5) }},
	{"k2 many JSON items", func(n int) string {
		return `{"version":"https://jsonfeed.org/version/1.1","items":[` + strings.Repeat(`{"id":"1","title":"a"},`, n/23) + `{}]}`
	}},
	{"k3 JSON with junk behind", func(n int) string {
		return `{"version":"https://jsonfeed.org/version/1.1","items":[]}` + strings.Repeat("x", n)
	}},
	{"k4 JSON nulls", func(n int) string {
		return `{"version":"https://jsonfeed.org/version/1.1","authors":[null],"items":[` + strings.Repeat(`null,`, n/10) + `{"id":"1","authors":[` + strings.Repeat(`null,`, n/10) + `null]}]}`
	}},
	{"k5 JSON backslashes", func(n int) string { return `{"items":[{"title":"` + strings.Repeat(`\\`, n/2) + `"}]}` }},
	{"k5 JSON backslashes and quotes", func(n int) string { return `{"items":[{"title":"` + strings.Repeat(`\"`, n/2) + `"}]}` }},
	{"k5 JSON members", func(n int) string {
		return `{"version":"https://jsonfeed.org/version/1.1","items":[{` + strings.Repeat(`"a":1,`, n/6) + `"id":"1"}]}`
	}},
	{"l1 gzip bomb", func(n int) string {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if _, err := w.Write(bytes.Repeat([]byte(" "), n*100)); err != nil {
			return ""
		}
		if err := w.Close(); err != nil {
			return ""
		}
		return b.String()
	}},
	{"l2 UTF-16", func(n int) string { return "\xff\xfe" + strings.Repeat("<\x00a\x00", n/4) }},
	{"l3 legacy bytes", func(n int) string { return rssAround(`<title>` + strings.Repeat("\xe1\xe9\xee ", n/4) + `</title>`) }},
	{"n1 corners of an area", func(n int) string {
		return rssAround(`<georss:polygon>` + strings.Repeat("1 2 ", n/4) + `</georss:polygon>`)
	}},
	{"n2 many areas", func(n int) string {
		return rssAround(strings.Repeat(`<georss:polygon>1 2 3 4 5 6 1 2</georss:polygon>`, n/48))
	}},
	{"n3 geometries in geometries", func(n int) string {
		return rssAround(strings.Repeat(`<georss:where><gml:Polygon><gml:exterior>`, n/41))
	}},
	{"o1 texts stated again", func(n int) string {
		return rssAround(strings.Repeat(`<description>a</description><copyright>b</copyright>`, n/52))
	}},
	{"o2 content in parts within parts", func(n int) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id>` + strings.Repeat(`<content type="multipart/alternative">`, n/38) + `</entry></feed>`
	}},
	{"o3 parts of content", func(n int) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><content type="multipart/alternative">` + strings.Repeat(`<content>a</content>`, n/20) + `</content></entry></feed>`
	}},
	{"o4 encoded content", func(n int) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><content type="application/x">` + strings.Repeat(`QUJD`, n/4) + `</content></entry></feed>`
	}},
	{"o5 lists of items", func(n int) string { return `<rss><channel>` + strings.Repeat(`<items>`, n/7) + `</channel></rss>` }},
	{"m1 persons", func(n int) string { return rssAround(`<author>` + strings.Repeat("(a@b", n/4) + `)</author>`) }},
	{"m2 mojibake", func(n int) string { return rssAround(`<title>` + strings.Repeat("Ã", n/2) + `</title>`) }},
	{"m3 tombstones", func(n int) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">` + strings.Repeat(`<at:deleted-entry ref="a" when="b"/>`, n/36) + `</feed>`
	}},
}

// TestHostile doubles each shape and looks at what it costs: never more than a
// second for a megabyte, and never more than double for the double. How much
// is in use at a time is for TestHostileLarge.
func TestHostile(t *testing.T) {
	size := 1 << 20
	if racing {
		size = 1 << 17
	}
	for _, h := range hostile {
		t.Run(h.name, func(t *testing.T) {
			_, once := cost(t, h.make(size))
			took, twice := cost(t, h.make(2*size))
			if twice > 128<<20 && !racing {
				t.Errorf("2 MB of it allocate %d MB", twice>>20)
			}
			if limit := 3*once + 4<<20; twice > limit {
				t.Errorf("it grows faster than the input: %d KB, doubled %d KB", once>>10, twice>>10)
			}
			if took > 2*time.Second && !racing {
				t.Errorf("2 MB of it take %v", took)
			}
			if testing.Verbose() {
				t.Logf("2 MB: %v, %d KB allocated", took.Round(time.Millisecond), twice>>10)
			}
		})
	}
}

// cpu is the processor time this process has used: what others do on the same
// machine takes nothing from it.
func cpu(t *testing.T) time.Duration {
	t.Helper()
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		t.Fatal(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// cost reads a document and returns how much processor time it took and how
// much it allocated on the way, of which only a part was in use at a time.
func cost(t *testing.T, body string) (time.Duration, uint64) {
	t.Helper()
	in := Input{Body: []byte(body), URL: "http://example.id/feed"}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := cpu(t)
	_, err := Parse(context.Background(), in)
	took := cpu(t) - start
	runtime.ReadMemStats(&after)
	var e *Error
	if err != nil && !errors.As(err, &e) {
		t.Errorf("an error that says nothing: %v", err)
	}
	return took, after.TotalAlloc - before.TotalAlloc
}

// TestHostileLarge has each shape as large as a fetch lets it be, and looks at
// how much memory is in use at a time.
func TestHostileLarge(t *testing.T) {
	if testing.Short() || racing {
		t.Skip("takes a while")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(10))
	const size = 10 << 20
	for _, h := range hostile {
		t.Run(h.name, func(t *testing.T) {
			body := []byte(h.make(size))
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			base := m.HeapAlloc
			done, peak := make(chan struct{}), make(chan uint64)
			go func() {
				var most uint64
				tick := time.NewTicker(2 * time.Millisecond)
				defer tick.Stop()
				for {
					select {
					case <-done:
						peak <- most
						return
					case <-tick.C:
						runtime.ReadMemStats(&m)
						most = max(most, m.HeapAlloc)
					}
				}
			}()
			start := cpu(t)
			_, err := Parse(context.Background(), Input{Body: body})
			took := cpu(t) - start
			close(done)
			used := int64(<-peak) - int64(base)
			if used > 64<<20 {
				t.Errorf("10 MB of it hold %d MB (%v)", used>>20, err)
			}
			if took > 10*time.Second {
				t.Errorf("10 MB of it take %v", took)
			}
		})
	}
}
