package parse

import (
	"github.com/cespare/xxhash/v2"

	"warta/sources"
)

// fingerprint tells the bytes of one entry, with what it inherits, from
// another's. It must stay the same between processes and versions of Go.
func fingerprint(entry []byte, inherited uint64) sources.Fingerprint {
	h := xxhash.Sum64(entry)
	h ^= inherited*0x9E3779B97F4A7C15 + 0x7F4A7C15
	h ^= h >> 29
	return sources.Fingerprint(h * 0xBF58476D1CE4E5B9)
}

// inherits reports whether entries take over, or are judged by, a part of the
// head: rights, licences, language, authors, signals.
func inherits(name, piece []byte) bool {
	prefix, local := split(name)
	var buf [16]byte
	if len(local) > len(buf) || len(prefix) > len(buf) {
		return false
	}
	switch string(lower(buf[:0], prefix)) {
	case "rsl", "tdm", "odrl", "access", "cc", "creativecommons":
		return true
	}
	switch string(lower(buf[:0], local)) {
	case "rights", "copyright", "license", "licence", "author", "creator", "managingeditor",
		"language", "publisher", "restriction", "block", "contributor", "content", "accessrights", "rightsholder", "locked":
		return true
	case "link":
		return containsFold(piece, "licen")
	}
	return false
}

func lower(dst, s []byte) []byte {
	for _, c := range s {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}

func containsFold(b []byte, low string) bool {
	for i := 0; i+len(low) <= len(b); i++ {
		if equalFold(b[i:i+len(low)], low) {
			return true
		}
	}
	return false
}
