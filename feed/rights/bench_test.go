package rights

import (
	"testing"

	"warta/feed"
	"warta/sources"
)

func BenchmarkDecide(b *testing.B) {
	e := feed.Entry{Source: "s", Evidence: []sources.Evidence{ev(sources.Copyright, "reserved"), ev(sources.NoCopy, ""), ev(sources.NoIndex, ""), cc("by")}}
	perms := []feed.Permission{{ID: "p", Source: "s", Use: feed.Full, Audience: "partner:a"}}
	b.ReportAllocs()
	for b.Loop() {
		Decide(&e, feed.Policy{Default: feed.Excerpt}, perms, feed.Public, now)
	}
}
