package intake

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"strings"
	"time"

	"warta/feed"
	"warta/sources"
)

// A digest has two parts, "words-dates": of what readers see, and of the dates
// stated with it. Whatever changes the first is a new revision; dates alone
// may be noise, see restless.go.
const digestWords = 32

// hasher builds digests in a buffer that is used again.
type hasher struct{ buf []byte }

// digest is over what readers see of an entry and what decides how much they
// may see: not over identity, the outlet, what was removed or when we saw it.
// told is what its feed tells of its later life, besides.
func (h *hasher) digest(e *feed.Entry, told ...feed.Notice) string {
	h.buf = h.buf[:0]
	a := &e.Attribution
	h.add(e.Title, e.Summary.Value, e.Content.Value, e.Content.Src, e.Excerpt, e.Language,
		a.Credit, a.Agency, a.Dateline, a.URL, a.Holder)
	h.persons(a.Authors)
	h.persons(a.Contributors)
	h.count(len(a.Via))
	for i := range a.Via {
		h.add(a.Via[i].URL) // what a hop is called is no news
	}
	h.list(a.Licenses)
	h.count(len(a.Statements))
	for _, s := range a.Statements {
		h.add(s.Text)
	}
	h.origins(a)
	h.attachments(e)
	own := feed.OfFeed(e.Evidence)
	h.count(len(own))
	for i := range own {
		ev := &own[i]
		h.add(string(ev.Kind), ev.Text, ev.Value)
	}
	h.flag(e.Advertorial)
	if n := e.Notice; n != nil {
		h.add(string(n.Kind), n.Reason, n.By)
	}
	for i := range told {
		h.add(string(told[i].Kind), told[i].Note)
	}
	words := sha256.Sum256(h.buf)

	h.buf = h.buf[:0]
	h.time(e.Published)
	h.time(e.Updated)
	dates := sha256.Sum256(h.buf)
	out := make([]byte, 0, digestWords+17)
	out = hex.AppendEncode(out, words[:digestWords/2])
	out = append(out, '-')
	return string(hex.AppendEncode(out, dates[:8]))
}

// sameWords reports whether two digests differ in dates only.
func sameWords(a, b string) bool {
	x, _, _ := strings.Cut(a, "-")
	y, _, _ := strings.Cut(b, "-")
	return x == y
}

func (h *hasher) origins(a *feed.Attribution) {
	if o := a.Origin; o != nil {
		h.add(o.ID, o.Title, o.URL, o.FeedURL, o.Rights)
		h.list(o.Licenses)
		h.persons(o.Authors)
	}
	h.count(len(a.Provenance))
	for _, p := range a.Provenance {
		h.add(p.Text, p.Outlet, p.Title, p.URL)
	}
}

func (h *hasher) attachments(e *feed.Entry) {
	h.count(len(e.Categories))
	for _, c := range e.Categories {
		h.add(c.Term, c.Scheme, c.Label)
	}
	h.flag(e.Image != nil)
	if e.Image != nil {
		h.image(e.Image)
	}
	h.count(len(e.Media))
	for i := range e.Media {
		h.image(&e.Media[i])
	}
	h.count(len(e.Enclosures))
	for _, x := range e.Enclosures {
		h.add(x.URL, x.Type, x.Title)
		h.count(int(x.Length))
	}
	h.count(len(e.Points))
	for _, p := range e.Points {
		h.buf = binary.BigEndian.AppendUint64(h.buf, math.Float64bits(p.Latitude))
		h.buf = binary.BigEndian.AppendUint64(h.buf, math.Float64bits(p.Longitude))
	}
	for _, s := range e.Shapes {
		h.add(s.Kind)
		for _, p := range s.Points {
			h.buf = binary.BigEndian.AppendUint64(h.buf, math.Float64bits(p.Latitude))
			h.buf = binary.BigEndian.AppendUint64(h.buf, math.Float64bits(p.Longitude))
		}
	}
	h.count(len(e.InReplyTo))
	for _, r := range e.InReplyTo {
		h.add(r.Ref, r.Href, r.Source)
	}
}

func (h *hasher) image(m *sources.Image) {
	h.add(m.URL, m.Title, m.Caption, m.Credit, m.Copyright, m.License, m.Deny)
}

func (h *hasher) persons(list []sources.Person) {
	h.count(len(list))
	for i := range list {
		p := &list[i]
		h.add(p.Name, p.Role, p.Email, p.URL)
		h.flag(p.Organization)
	}
}

func (h *hasher) list(list []string) {
	h.count(len(list))
	h.add(list...)
}

// add writes each string with its length before it, so that no two lists of
// strings give the same bytes.
func (h *hasher) add(list ...string) {
	for _, s := range list {
		h.count(len(s))
		h.buf = append(h.buf, s...)
	}
}

func (h *hasher) count(n int) { h.buf = binary.AppendVarint(h.buf, int64(n)) }

func (h *hasher) flag(b bool) {
	if b {
		h.buf = append(h.buf, 1)
		return
	}
	h.buf = append(h.buf, 0)
}

func (h *hasher) time(t time.Time) {
	if t.IsZero() {
		h.buf = append(h.buf, 0)
		return
	}
	h.buf = binary.AppendVarint(append(h.buf, 1), t.UnixMilli())
}
