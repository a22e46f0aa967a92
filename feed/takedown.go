package feed

import (
	"net/url"
	"slices"
	"strings"
	"time"
)

// Takedown is an owner's request that something not be shown, and what was
// decided about it. What the owner wrote is kept as it was written.
type Takedown struct {
	ID     string         `json:"id"` // the reference number that the owner was given
	At     time.Time      `json:"at"`
	Status TakedownStatus `json:"status"`

	Name     string `json:"name,omitempty"`
	Contact  string `json:"contact"`
	Standing string `json:"standing,omitempty"` // owner, author, concerned or other
	What     string `json:"what"`               // addresses, or the site, in the owner's words
	Reason   string `json:"reason"`

	Match   Match     `json:"match,omitzero"`   // what it reaches, once it was accepted
	Public  string    `json:"public,omitempty"` // the reason that readers are told
	Note    string    `json:"note,omitempty"`   // how it was verified, or why it was rejected
	By      string    `json:"by,omitempty"`
	Decided time.Time `json:"decided,omitzero"`
}

// TakedownStatus is how far a request is.
type TakedownStatus string

const (
	TakedownOpen     TakedownStatus = "open"
	TakedownAccepted TakedownStatus = "accepted"
	TakedownRejected TakedownStatus = "rejected"
	TakedownUndone   TakedownStatus = "undone" // it was accepted, and reaches nothing any more
)

// Match says what a request reaches: everything of a source, one entry, or
// whatever stands at an address or below a pattern of addresses.
type Match struct {
	Source  string `json:"source,omitempty"`
	Entry   string `json:"entry,omitempty"`
	Address string `json:"address,omitempty"` // "*" stands for anything

	// Where several are meant.
	Entries   []string `json:"entries,omitempty"`
	Addresses []string `json:"addresses,omitempty"`
}

// IsZero reports whether nothing is said of what is reached.
func (m Match) IsZero() bool {
	return m.Source == "" && m.Entry == "" && m.Address == "" && len(m.Entries) == 0 && len(m.Addresses) == 0
}

// Reaches reports whether a story is meant. The zero Match reaches nothing.
func (m Match) Reaches(source, id, address string) bool {
	if m.Source != "" && m.Source == source || m.Entry != "" && m.Entry == id || slices.Contains(m.Entries, id) {
		return true
	}
	for _, pattern := range append([]string{m.Address}, m.Addresses...) {
		if pattern != "" && glob(plainAddress(pattern), plainAddress(address)) {
			return true
		}
	}
	return false
}

func (m Match) String() string {
	switch {
	case m.Source != "":
		return "every story of the source " + m.Source
	case m.Entry != "":
		return "the entry " + m.Entry
	case m.Address != "":
		return "the address " + m.Address
	}
	var parts []string
	if n := len(m.Entries); n == 1 {
		parts = append(parts, "the entry "+m.Entries[0])
	} else if n > 1 {
		parts = append(parts, "the entries "+strings.Join(m.Entries, ", "))
	}
	if n := len(m.Addresses); n == 1 {
		parts = append(parts, "the address "+m.Addresses[0])
	} else if n > 1 {
		parts = append(parts, "the addresses "+strings.Join(m.Addresses, ", "))
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, " and ")
}

// plainAddress is an address without what makes no other one of it: scheme,
// www, case of the host, a slash at the end, a place in the page, and what
// tells where a reader came from.
func plainAddress(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "#")
	_, rest, ok := strings.Cut(s, "://")
	if !ok {
		rest = s
	}
	rest = untracked(rest)
	host, path, _ := strings.Cut(rest, "/")
	if u, err := url.Parse("http://" + rest); err == nil && !strings.Contains(host, "*") {
		host = u.Host
	}
	host = strings.TrimPrefix(strings.ToLower(host), "www.")
	return strings.TrimSuffix(host+"/"+path, "/")
}

// untracked takes the parameters of campaigns out of an address.
func untracked(s string) string {
	path, query, ok := strings.Cut(s, "?")
	if !ok {
		return s
	}
	kept := slices.DeleteFunc(strings.Split(query, "&"), func(p string) bool {
		name, _, _ := strings.Cut(strings.ToLower(p), "=")
		return name == "" || strings.HasPrefix(name, "utm_") || name == "fbclid" || name == "gclid"
	})
	if len(kept) == 0 {
		return path
	}
	return path + "?" + strings.Join(kept, "&")
}

// glob matches a pattern in which * stands for anything, in linear space.
func glob(pattern, s string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == s
	}
	if !strings.HasPrefix(s, parts[0]) {
		return false
	}
	s = s[len(parts[0]):]
	last := parts[len(parts)-1]
	for _, part := range parts[1 : len(parts)-1] {
		at := strings.Index(s, part)
		if at < 0 {
			return false
		}
		s = s[at+len(part):]
	}
	return strings.HasSuffix(s, last)
}
