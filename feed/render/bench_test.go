package render

import (
	"io"
	"strings"
	"testing"

	"warta/feed"
	"warta/sources"
)

// whole is an entry of 2.5 KB of text.
func whole(i int) feed.Shown {
	s := typical(i)
	s.Entry.Content = sources.Text{Value: strings.Repeat("<p>Perbaikan jalan sepanjang dua belas kilometer itu dimulai pekan ini. “Warga &amp; pengguna jalan,” katanya.</p>\n", 22), Type: "html"}
	s.Decision.Use = feed.Full
	return s
}

func BenchmarkFragment(b *testing.B) {
	for _, f := range Formats {
		b.Run(string(f), func(b *testing.B) {
			s := whole(1)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Fragment(f, s, testSite); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkDocument(b *testing.B) {
	for _, f := range Formats {
		b.Run(string(f), func(b *testing.B) {
			frags := make([][]byte, 100)
			size := 0
			for i := range frags {
				var err error
				if frags[i], err = Fragment(f, whole(i), testSite); err != nil {
					b.Fatal(err)
				}
				size += len(frags[i])
			}
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				if err := Document(io.Discard, f, testHead, frags); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
