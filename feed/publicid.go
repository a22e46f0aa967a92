package feed

import (
	"crypto/sha256"
	"encoding/base32"
	"net/url"
	"strings"
	"unicode/utf8"
)

// An original id is published as it is, where that means one story to whoever
// reads several sources. IsIRI and Worldwide say which do; PublicIDs gives what
// stands for the others.

// IsIRI reports whether s can stand as an atom:id (RFC 4287 section 4.2.6): a
// scheme, then something, and no character that no IRI has (RFC 3987 section
// 2.2).
func IsIRI(s string) bool {
	colon := strings.IndexByte(s, ':')
	if colon < 2 || colon == len(s)-1 || !utf8.ValidString(s) || strings.Contains(s, "\uFFFE") || strings.Contains(s, "\uFFFF") {
		return false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch c {
		case '<', '>', '"', '{', '}', '|', '\\', '^', '`', 0x7F:
			return false
		}
		if c <= ' ' {
			return false
		}
		if i >= colon {
			continue
		}
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		if !letter && (i == 0 || (c < '0' || c > '9') && c != '+' && c != '-' && c != '.') {
			return false
		}
	}
	return true
}

// Worldwide reports whether an id names one thing wherever it is met, by its
// scheme: an address, or what such schemes hold. A number doesn't, nor does
// "post:77": two sites may each have one.
func Worldwide(id string) bool {
	if !IsIRI(id) {
		return false
	}
	scheme, rest, _ := strings.Cut(id, ":")
	if strings.HasPrefix(rest, "//") {
		return true
	}
	switch strings.ToLower(scheme) {
	case "tag", "urn", "did", "doi", "info", "hdl", "cid", "mid", "yt", "newsml":
		return true
	}
	return false
}

// AtomID is the id that an entry has in Atom, whose ids are IRIs. Home is the
// story's home, by which a source without an address is named.
func (e *Entry) AtomID(home string) string {
	switch {
	case e.KnownAs != "":
		return e.KnownAs
	case IsIRI(e.OriginalID):
		return e.OriginalID
	}
	return TagURI(e.tagHost(home), e.OriginalID)
}

// Apart are ids for an entry whose original one is another story's too, the
// next where that one is taken as well: by the source's host, by the source.
func (e *Entry) Apart() [2]string {
	host := e.tagHost(e.Attribution.URL)
	return [2]string{TagURI(host, e.OriginalID), TagURI(host, e.Source+"\x00"+e.OriginalID)}
}

// Neighbour reports whether two entries come from feeds of one host, which may
// carry the same stories under the same ids.
func (e *Entry) Neighbour(other *Entry) bool {
	return e.tagHost(e.Attribution.URL) == other.tagHost(other.Attribution.URL)
}

func (e *Entry) tagHost(home string) string {
	if h := Host(e.Attribution.Source.FeedURL); h != "" {
		return h
	}
	return Host(home)
}

// TagURI makes an id that Atom can hold: a tag: URI (RFC 4151) of a host and a
// digest, so that it is the same on every machine and at every rendering.
func TagURI(host, what string) string {
	sum := sha256.Sum256([]byte(what))
	return "tag:" + host + ",2026:" + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:15]))
}

// Host is the name of an address's machine, without www.
func Host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
