package parse

import (
	"context"
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/rss"

	"warta/sources"
)

// story is 2.5 KB of HTML as regional sites publish it.
func story(i int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<p><img src="https://example.id/foto/%d.jpg" alt="Foto %d" width="640"></p>`, i, i)
	for k := range 9 {
		fmt.Fprintf(&b, `<p>PASER – Pemerintah Kabupaten menyampaikan bahwa pembangunan jalan tahap %d selesai &amp; dibuka untuk umum, “warga bersyukur”, kata <a href="https://example.id/tokoh/%d">kepala dinas</a> pada hari Senin di balai desa setempat kepada para wartawan.</p>`, k, i)
	}
	return b.String()
}

func benchRSS(n int) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel><title>Kabar</title><atom:link href="https://example.id/feed/" rel="self"/><link>https://example.id/</link><description>Kabar daerah</description><language>id</language><sy:updatePeriod>hourly</sy:updatePeriod>`)
	for i := range n {
		fmt.Fprintf(&b, `<item><title>Berita ke-%d</title><link>https://example.id/berita/%d</link><dc:creator><![CDATA[Ani]]></dc:creator><pubDate>Mon, 16 Jun 2025 10:%02d:00 +0700</pubDate><category><![CDATA[Daerah]]></category><guid isPermaLink="false">https://example.id/?p=%d</guid><description><![CDATA[%.200s]]></description><content:encoded><![CDATA[%s]]></content:encoded><slash:comments>0</slash:comments></item>`,
			i, i, i%60, i, "Ringkasan berita", story(i))
	}
	return []byte(b.String() + `</channel></rss>`)
}

func benchAtom(n int) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id"><title>Kabar</title><id>tag:example.id,2025:kabar</id><link rel="self" href="https://example.id/feed"/><updated>2025-06-16T10:00:00+07:00</updated>`)
	esc := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	for i := range n {
		fmt.Fprintf(&b, `<entry><title>Berita ke-%d</title><id>tag:example.id,2025:%d</id><link href="https://example.id/berita/%d"/><author><name>Ani</name></author><published>2025-06-16T10:%02d:00+07:00</published><updated>2025-06-16T10:%02d:00+07:00</updated><category term="Daerah"/><content type="html">%s</content></entry>`,
			i, i, i, i%60, i%60, esc.Replace(story(i)))
	}
	return []byte(b.String() + `</feed>`)
}

func benchJSON(n int) []byte {
	var b strings.Builder
	b.WriteString(`{"version":"https://jsonfeed.org/version/1.1","title":"Kabar","items":[`)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"id":"%d","url":"https://example.id/%d","title":"Berita %d","date_published":"2025-06-16T10:00:00+07:00","content_html":%q}`, i, i, i, strings.ReplaceAll(story(i), "“", ""))
	}
	return []byte(b.String() + `]}`)
}

func BenchmarkParse(b *testing.B) {
	for name, body := range map[string][]byte{"rss20": benchRSS(20), "atom20": benchAtom(20), "rss2MB": benchRSS(800), "json20": benchJSON(20)} {
		doc, err := Parse(context.Background(), Input{Body: body})
		if err != nil {
			b.Fatal(err)
		}
		fresh := doc.Fingerprints[0]
		run := func(kind string, known func(sources.Fingerprint) bool) {
			b.Run(name+"/"+kind, func(b *testing.B) {
				b.SetBytes(int64(len(body)))
				b.ReportAllocs()
				for b.Loop() {
					if _, err := Parse(context.Background(), Input{Body: body, Known: known}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		run("cold", nil)
		run("one-new", func(f sources.Fingerprint) bool { return f != fresh })
		run("unchanged", func(sources.Fingerprint) bool { return true })
		if name == "json20" {
			continue
		}
		b.Run(name+"/gofeed", func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				var err error
				if strings.HasPrefix(name, "atom") {
					_, err = (&atom.Parser{}).Parse(strings.NewReader(string(body)))
				} else {
					_, err = (&rss.Parser{}).Parse(strings.NewReader(string(body)))
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkScan is what an unchanged document costs before gofeed sees its
// head: encoding, cutting, fingerprints.
func BenchmarkScan(b *testing.B) {
	for name, body := range map[string][]byte{"rss20": benchRSS(20), "atom20": benchAtom(20), "rss2MB": benchRSS(800)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				text, _, err := toUTF8(body, "", &warnings{})
				if err != nil {
					b.Fatal(err)
				}
				if c, _ := scan(text); c == nil {
					b.Fatal("not cut")
				}
			}
		})
	}
}

// TestOneNewEntry compares the CPU time that a document with one new entry in
// 20 costs with that of reading it cold: the least of many short turns taken
// one after another, for the machine may have other work.
func TestOneNewEntry(t *testing.T) {
	if racing {
		t.Skip("the race detector distorts it")
	}
	for name, body := range map[string][]byte{"rss": benchRSS(20), "atom": benchAtom(20)} {
		fresh := mustParse(t, Input{Body: body}).Fingerprints[0]
		turn := func(known func(sources.Fingerprint) bool) time.Duration {
			before := cpuTime(t)
			for range 20 {
				mustParse(t, Input{Body: body, Known: known})
			}
			return cpuTime(t) - before
		}
		cold, one := time.Hour, time.Hour
		for range 60 {
			cold = min(cold, turn(nil))
			one = min(one, turn(func(f sources.Fingerprint) bool { return f != fresh }))
		}
		share := 100 * float64(one) / float64(cold)
		t.Logf("%s: cold %v, one new entry in 20 %v: %.1f %%", name, cold/20, one/20, share)
		if share > 15 {
			t.Errorf("%s: one new entry in 20 costs %.1f %% of a cold parse, more than 15", name, share)
		}
	}
}

func cpuTime(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
