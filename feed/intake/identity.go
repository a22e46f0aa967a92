package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"warta/feed"
	"warta/sources"
	"warta/sources/normalize"
)

// index is what is stored of one source, as far as one document asks for it,
// and what the items before this one have added.
type index struct {
	home   string // key of the site's own page, which is no story's address
	byID   map[string]*feed.Known
	byKey  map[string][]*feed.Known
	claims map[string]*feed.Draft      // by entry id: what this document brought
	moved  map[*feed.Draft]*feed.Known // see rebuilt.go
}

func newIndex(doc *sources.Document, src sources.Source, known []feed.Known) *index {
	x := &index{
		home:   normalize.Key(first(doc.Link, src.URL)),
		byID:   make(map[string]*feed.Known, len(known)),
		byKey:  make(map[string][]*feed.Known, len(known)),
		claims: make(map[string]*feed.Draft, len(doc.Items)),
	}
	for i := range known {
		x.put(&known[i])
	}
	return x
}

func (x *index) put(k *feed.Known) {
	x.byID[k.OriginalID] = k
	if k.URLKey != "" {
		x.byKey[k.URLKey] = append(x.byKey[k.URLKey], k)
	}
}

// wanted are the ids under which an item may be stored.
func wanted(it *sources.Item, e *feed.Entry) []string {
	ids := []string{it.ID}
	if it.Link != "" && it.Link != it.ID {
		ids = append(ids, it.Link)
	}
	if it.IDFrom == sources.IDFromLink {
		ids = append(ids, derived(it, e))
	}
	return ids
}

// settle gives a draft the original id that its story is stored under, and
// returns what is known of it; nil: it is new.
//
// An id stands for its story as long as the story can be recognised: by
// address, by title or by date. An id under which another story is stored is
// a place in a list (Tempo numbers its items 1 to 9 at every poll), and the
// link takes its place. An unknown id may be an old story's in other clothes:
// http or https, www, a slash at the end, ?p=ID or the permalink.
func (x *index) settle(d *feed.Draft, it *sources.Item) *feed.Known {
	if known := x.withdrawn(d.URLKey); known != nil {
		// Whatever it calls itself now.
		return x.take(d, known.OriginalID, it.IDFrom, known)
	}
	if it.IDFrom == sources.IDFromLink {
		// Without an id the link is all there is, and some feeds give every
		// item the same one. Where that is the home page, or the item was
		// told apart before, title and date take the place.
		id := derived(it, &d.Entry)
		if known := x.byID[id]; known != nil || x.isHome(d.URLKey) {
			return x.take(d, id, sources.IDFromDerived, known)
		}
	}
	if known := x.byID[it.ID]; known != nil {
		if it.IDFrom != sources.IDFromFeed || !reused(known, d, it.ID) {
			return x.take(d, known.OriginalID, it.IDFrom, known)
		}
		return x.settleByLink(d, it)
	}
	if known := x.otherClothes(d, it); known != nil {
		return x.take(d, known.OriginalID, it.IDFrom, known)
	}
	if known := x.moved[d]; known != nil && x.claims[known.ID] == nil {
		return x.take(d, known.OriginalID, it.IDFrom, known)
	}
	return x.take(d, it.ID, it.IDFrom, nil)
}

// withdrawn finds a story that was withdrawn at an address: nothing new stands
// there.
func (x *index) withdrawn(key string) *feed.Known {
	if key == "" || x.isHome(key) {
		return nil
	}
	for _, known := range x.byKey[key] {
		if known.Withdrawn {
			return known
		}
	}
	return nil
}

// settleByLink is for an item whose id stands for another story.
func (x *index) settleByLink(d *feed.Draft, it *sources.Item) *feed.Known {
	if known := x.byID[it.Link]; known != nil {
		return x.take(d, known.OriginalID, sources.IDFromLink, known)
	}
	if !x.isHome(d.URLKey) {
		if list := x.byKey[d.URLKey]; len(list) > 0 {
			return x.take(d, list[0].OriginalID, sources.IDFromLink, list[0])
		}
	}
	return x.take(d, it.Link, sources.IDFromLink, nil)
}

// take writes the identity that was settled into the draft. What is published
// as the guid is the id that the story keeps, not the place it has today.
func (x *index) take(d *feed.Draft, id string, from sources.IDFrom, known *feed.Known) *feed.Known {
	if id != d.OriginalID {
		d.OriginalID, d.ID = id, feed.EntryID(d.Source, id)
		a := &d.Attribution
		a.GUID, a.IDFrom, a.IsPermaLink = "", from, false
		if from == sources.IDFromFeed {
			a.GUID, a.IsPermaLink = id, d.URLKey != "" && normalize.Key(id) == d.URLKey
		}
	}
	return known
}

// reused reports whether an id that is stored for one story now stands for
// another: title and address are both new, and the date is too.
func reused(known *feed.Known, d *feed.Draft, id string) bool {
	if known.URLKey == d.URLKey || known.URLKey == "" || d.URLKey == "" {
		return false
	}
	if known.Title == "" || d.Title == "" || sameTitle(known.Title, d.Title) {
		return false
	}
	return !sameMoment(known.Published, d.Published) || isPlace(id)
}

// isPlace reports whether an id looks like a place in a list.
func isPlace(id string) bool {
	return len(id) <= 3 && strings.Trim(id, "0123456789") == ""
}

// sameMoment compares dates that tell a time of day: midnight is a day, and
// several stories share one.
func sameMoment(a, b time.Time) bool {
	return !a.IsZero() && a.Truncate(time.Second).Equal(b.Truncate(time.Second)) && b.Hour()+b.Minute()+b.Second() > 0
}

// otherClothes finds the story of an unknown id by its address. The address
// decides alone where it is one of the two ids itself; else, since a page may
// carry several stories, or another one every day, the title must agree, and
// the date too unless both ids are addresses.
func (x *index) otherClothes(d *feed.Draft, it *sources.Item) *feed.Known {
	if d.URLKey == "" {
		return nil
	}
	for _, known := range x.byKey[d.URLKey] {
		if fragment(known.OriginalID) != fragment(it.ID) {
			continue // two places of one page
		}
		var same bool
		switch {
		case x.isHome(d.URLKey):
			same = sameTitle(known.Title, d.Title) && sameMoment(known.Published, d.Published)
		case normalize.Key(it.ID) == d.URLKey, normalize.Key(known.OriginalID) == d.URLKey:
			same = true
		default:
			undated := known.Published.IsZero() || d.Published.IsZero()
			same = sameTitle(known.Title, d.Title) &&
				(undated || known.Published.Equal(d.Published.Truncate(time.Millisecond)) || isAddress(it.ID) && isAddress(known.OriginalID))
		}
		if same {
			return known
		}
	}
	return nil
}

// fragment is what follows the # in an id that is an address.
func fragment(id string) string {
	if !isAddress(id) {
		return ""
	}
	_, f, _ := strings.Cut(id, "#")
	return f
}

func isAddress(id string) bool {
	return strings.HasPrefix(id, "http://") || strings.HasPrefix(id, "https://")
}

// isHome reports whether an address is the site's own page: it has no path,
// or it is the one that the feed names as its site.
func (x *index) isHome(key string) bool {
	return key != "" && (key == x.home || !strings.ContainsAny(key, "/?#"))
}

// derived is the id of an item that has neither id nor a link of its own. It
// heeds letters and digits of the title only, so that tidying titles better
// does not change it.
func derived(it *sources.Item, e *feed.Entry) string {
	sum := sha256.Sum256([]byte(sources.Letters(e.Title) + "\x00" + it.Published.Raw + "\x00" + it.Link))
	return "urn:sha256:" + hex.EncodeToString(sum[:16])
}

func sameTitle(a, b string) bool {
	if a == b {
		return a != ""
	}
	fa := sources.Letters(a)
	return fa != "" && fa == sources.Letters(b)
}

// distinct drops repetitions of what to ask the store for.
func distinct(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}
