package fetch

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"

	"warta/sources/sourcestest"
)

// canned answers every request with the same bytes, so that hardly anything
// but the client is measured.
func canned(b *testing.B, answer string) string {
	b.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = ln.Close() })
	bytes := []byte(answer)
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				r := bufio.NewReader(conn)
				for {
					line, err := r.ReadSlice('\n')
					if err != nil {
						return
					}
					if len(line) == 2 {
						if _, err := conn.Write(bytes); err != nil {
							return
						}
					}
				}
			}()
		}
	}()
	return "http://" + ln.Addr().String() + "/feed"
}

func cpu(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func run(b *testing.B, url string, req Request) {
	b.Helper()
	c := client(b, Options{})
	req.URL = url
	b.ReportAllocs()
	b.ResetTimer()
	start := cpu(b)
	for b.Loop() {
		if _, err := c.Get(b.Context(), req); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64((cpu(b)-start).Microseconds())/float64(b.N), "cpu-µs/op")
}

// feedLike is 65 KB of what compresses like a feed.
func feedLike() []byte {
	var s strings.Builder
	for i := 0; s.Len() < 65<<10; i++ {
		fmt.Fprintf(&s, "<item><title>Berita ke-%d dari Tanah Grogot %x</title><link>https://site.example/2026/03/%d</link><description>", i, i*7919*104729, i)
		for j := range 60 {
			fmt.Fprintf(&s, "kata%d warga %x desa ", (i*31+j*17)%997, (i+1)*(j+3)*2654435761%65536)
		}
		s.WriteString("</description></item>\n")
	}
	return []byte(s.String())
}

func Benchmark304(b *testing.B) {
	url := canned(b, "HTTP/1.1 304 Not Modified\r\nDate: Mon, 02 Mar 2026 12:00:00 GMT\r\nETag: \"abc\"\r\nLast-Modified: Mon, 02 Mar 2026 08:00:00 GMT\r\nCache-Control: max-age=600\r\n\r\n")
	run(b, url, Request{ETag: `"abc"`, LastModified: "Mon, 02 Mar 2026 08:00:00 GMT"})
}

func Benchmark200(b *testing.B) {
	body := feedLike()
	for _, coding := range []string{"identity", "gzip", "br", "zstd"} {
		packed := body
		if coding != "identity" {
			var err error
			if packed, err = sourcestest.Pack(body, coding); err != nil {
				b.Fatal(err)
			}
		}
		url := canned(b, fmt.Sprintf("HTTP/1.1 200 OK\r\nDate: Mon, 02 Mar 2026 12:00:00 GMT\r\nETag: \"abc\"\r\nContent-Type: application/rss+xml\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n%s", coding, len(packed), packed))
		b.Run(coding, func(b *testing.B) { run(b, url, Request{}) })
	}
}
