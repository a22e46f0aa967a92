// Command miniflux does with Miniflux's own packages what the command beside
// it does with ours: it parses feeds from files, cleans the links and
// sanitizes the text of every entry, and prints the CPU seconds that took. It
// is built within a checkout of Miniflux, see ../run.
package main

import (
	"bytes"
	"fmt"
	"log"
	"net/url"
	"os"
	"strconv"
	"syscall"
	"time"

	"miniflux.app/v2/internal/reader/parser"
	"miniflux.app/v2/internal/reader/sanitizer"
	"miniflux.app/v2/internal/reader/urlcleaner"
)

func main() {
	rounds, err := strconv.Atoi(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	bodies := make([][]byte, len(os.Args)-2)
	for i, name := range os.Args[2:] {
		if bodies[i], err = os.ReadFile(name); err != nil {
			log.Fatal(err)
		}
	}
	before := cpu()
	for range rounds {
		for _, body := range bodies {
			feed, err := parser.ParseFeed("http://127.0.0.1/feed.xml", bytes.NewReader(body))
			if err != nil {
				log.Fatal(err)
			}
			if len(feed.Entries) == 0 {
				log.Fatal("a feed without entries measures nothing")
			}
			feedURL, _ := url.Parse(feed.FeedURL)
			siteURL, _ := url.Parse(feed.SiteURL)
			for _, e := range feed.Entries {
				entryURL, _ := url.Parse(e.URL)
				if u, err := urlcleaner.RemoveTrackingParameters(feedURL, siteURL, entryURL); err == nil {
					e.URL = u
				}
				e.Content = sanitizer.SanitizeHTML(e.URL, e.Content, &sanitizer.SanitizerOptions{})
			}
		}
	}
	fmt.Printf("%.4f\n", cpu()-before)
}

func cpu() float64 {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		log.Fatal(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano()).Seconds()
}
