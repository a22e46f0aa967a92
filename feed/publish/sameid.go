package publish

import (
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/idna"

	"warta/feed"
	"warta/feed/render"
)

// knownBy is by which id readers know an entry (RFC 4287 section 4.2.6), and
// what speaks for it where two sources carry one.
type knownBy struct {
	atomID string
	home   int       // how surely it comes from where the id was given
	seen   time.Time // when we first read it
}

// identify finds an entry's identity. That the source is configured on the id's
// host says more than that the story's link is there: anybody can write a link.
func (p *plan) identify(e *feed.Entry) knownBy {
	id := knownBy{atomID: render.AtomID(e), seen: e.FirstSeen}
	origin := originOf(id.atomID)
	if origin == (place{}) {
		return id
	}
	if s := p.sources[e.Source]; s != nil && (origin.holds(s.Feed) || origin.holds(s.URL)) {
		id.home += 2
	}
	if origin.holds(e.Attribution.URL) {
		id.home++
	}
	return id
}

// place is the host that an id or address speaks of, in lower case and as it is
// written in ASCII, whatever it wears before its name. Another port is another
// place; a tag names none.
type place struct {
	host, port string
	anyPort    bool
}

// originOf is the place of a web address, or of who made a tag (RFC 4151); the
// zero place where that can't be told.
func originOf(id string) place {
	u, err := url.Parse(id)
	if err != nil {
		return place{}
	}
	o := place{host: u.Hostname(), port: u.Port()}
	if strings.EqualFold(u.Scheme, "tag") {
		host, _, _ := strings.Cut(u.Opaque, ",")
		o = place{host: host[strings.LastIndexByte(host, '@')+1:], anyPort: true}
	}
	if o.port == "80" || o.port == "443" {
		o.port = ""
	}
	o.host = strings.TrimSuffix(strings.ToLower(o.host), ".")
	if ascii, err := idna.Lookup.ToASCII(o.host); err == nil {
		o.host = ascii
	}
	if o.host = strings.TrimPrefix(o.host, "www."); o.host == "" {
		return place{}
	}
	return o
}

// holds reports whether an address is in a place.
func (o place) holds(address string) bool {
	at := originOf(address)
	return at.host == o.host && (at.port == o.port || o.anyPort || at.anyPort)
}

// before reports whether an entry stands for the id rather than another: the
// one from the id's origin, else the one that was read first.
func (a shownItem) before(b shownItem) bool {
	switch {
	case a.home != b.home:
		return a.home > b.home
	case !a.seen.Equal(b.seen):
		return a.seen.Before(b.seen)
	}
	return a.id < b.id
}

// distinct is a list for one document, in which no id may stand twice: readers
// would take the two for one.
type distinct struct {
	list []shownItem
	at   map[string]int // by id in Atom
}

func newDistinct() *distinct { return &distinct{at: make(map[string]int)} }

// add appends an entry unless another stands for its id; one that it stands
// for leaves, and that one's index is returned; -1: none left.
func (d *distinct) add(it shownItem) (added bool, left int) {
	left = -1
	if i, ok := d.at[it.atomID]; ok {
		if !it.before(d.list[i]) {
			return false, left
		}
		left = i
		d.list = append(d.list[:i:i], d.list[i+1:]...)
		for id, n := range d.at {
			if n > i {
				d.at[id] = n - 1
			}
		}
	}
	d.at[it.atomID] = len(d.list)
	d.list = append(d.list, it)
	return true, left
}
