package parse

import (
	"bytes"

	"github.com/cespare/xxhash/v2"

	"warta/sources"
)

// piece is an element of the document: its start tag and its extent.
type piece struct {
	tok       token
	in, out   int // its content
	end       int
	container int  // index of the container it stands in
	cut       bool // the range it stands in ended before it did
}

// container is an element that entries stand in: the root, a channel.
type container struct {
	tok    token
	parent int // -1: none
}

// cutting is a document cut into its head and its entries.
type cutting struct {
	root
	containers   []container
	head         []piece
	entries      []piece
	partial      *piece // the entry that the document ends within
	fingerprints []sources.Fingerprint
}

// cutter walks over the document once and notes where its parts lie.
type cutter struct {
	d    *decoder
	tree *tree
	cutting
	open   []openContainer
	headed int
}

type openContainer struct{ index, depth int }

// cut finds the head and the entries. Entries that are whole are kept even
// where the document breaks off; the one it ends within is kept apart.
func cut(d *decoder, r root) (*cutting, error) {
	c := &cutter{d: d, tree: newTree(d.doc, r.tok.start, len(d.doc), d.limits, d.warn)}
	c.root = r
	c.entries, c.head = make([]piece, 0, min(8+len(d.doc)>>12, 64)), make([]piece, 0, 12)
	if r.dialect == dialectEntry {
		c.containers = append(c.containers, container{tok: token{start: r.tok.start, in: r.tok.start, out: r.tok.start}, parent: -1})
	}
	for {
		ev, err := c.tree.next()
		if err != nil {
			return nil, err
		}
		switch ev.what {
		case open:
			if err := c.opened(ev); err != nil {
				return nil, err
			}
		case shut:
			if n := len(c.open); n > 0 && c.tree.depth() < c.open[n-1].depth {
				c.open = c.open[:n-1]
			}
		case chars:
			if c.tree.depth() == 0 && !blank(d.doc[ev.tok.start:ev.tok.end]) {
				d.warn.add("trailing-junk", ev.tok.start, "text stands after the end of the feed")
			}
		case over:
			if c.tree.depth() > 0 {
				d.warn.add("truncated", len(d.doc), "the document ends before <%s> does", clip(r.tok.name))
			}
			return &c.cutting, c.fingerprint()
		}
	}
}

func (c *cutter) opened(ev event) error {
	_, local := split(ev.tok.name)
	switch {
	case c.isEntry(local):
		return c.part(ev, true)
	case c.isContainer(local):
		parent := -1
		if n := len(c.open); n > 0 {
			parent = c.open[n-1].index
		} else if len(c.containers) > 0 {
			c.d.warn.add("several-roots", ev.tok.start, "a second <%s> begins after the first", clip(ev.tok.name))
		}
		c.open = append(c.open, openContainer{len(c.containers), c.tree.depth()})
		c.containers = append(c.containers, container{tok: ev.tok, parent: parent})
		if len(c.containers) > c.d.limits.Entries {
			return refuse(CodeManyEntries, ev.tok.start, "the document holds more than %d channels", c.d.limits.Entries)
		}
		return nil
	}
	return c.part(ev, false)
}

func (c *cutter) isEntry(local []byte) bool {
	if len(c.containers) == 0 {
		return false
	}
	return equalFold(local, "entry") || equalFold(local, "item")
}

func (c *cutter) isContainer(local []byte) bool {
	if len(c.open) == 0 {
		return equalFold(local, "rss") || equalFold(local, "rdf") || equalFold(local, "feed") || equalFold(local, "channel")
	}
	if c.dialect == dialectAtom {
		return false
	}
	if c.dialect == dialectRSS && equalFold(local, "items") { // of RSS 1.1, which has its items in it
		return true
	}
	return equalFold(local, "channel") && (c.dialect == dialectCDF || c.open[len(c.open)-1].index == 0 || len(c.open) == 1)
}

// part notes an element of the head, or an entry, and goes on behind it.
func (c *cutter) part(ev event, entry bool) error {
	p := piece{tok: ev.tok, in: ev.tok.end, container: 0}
	if n := len(c.open); n > 0 {
		p.container = c.open[n-1].index
	}
	last, whole, err := c.pass(entry)
	if err != nil {
		return err
	}
	p.out, p.end = last.tok.start, max(last.tok.start, last.tok.end)
	if last.what == open {
		p.end = p.out
	}
	switch {
	case entry && !whole:
		c.d.warn.add("truncated-entry", p.tok.start, "the document ends within its last entry, which is not taken over before it is whole")
		p.cut = true
		c.partial = &p
		return nil
	case entry:
		if len(c.entries) >= c.d.limits.Entries {
			return refuse(CodeManyEntries, p.tok.start, "the document holds more than %d entries", c.d.limits.Entries)
		}
		c.entries = append(c.entries, p)
		return nil
	}
	if c.headed += p.end - p.tok.start; c.headed > c.d.limits.Head {
		return refuse(CodeLongHead, p.tok.start, "what the document says besides its entries is longer than %d bytes", c.d.limits.Head)
	}
	if most := c.d.limits.Elements + c.d.limits.Entries; len(c.head) >= most {
		return refuse(CodeManyElements, p.tok.start, "the head holds more than %d elements", most)
	}
	c.head = append(c.head, p)
	if last.what == open {
		return c.opened(last)
	}
	return nil
}

// pass goes to the end of a part. An entry that begins within an element of
// the head, which was never closed, ends that; it is the event returned then.
func (c *cutter) pass(entry bool) (last event, whole bool, err error) {
	if entry {
		return c.tree.skip()
	}
	for d := c.tree.depth(); ; {
		ev, err := c.tree.next()
		if err != nil {
			return ev, false, err
		}
		switch {
		case ev.what == over:
			return ev, false, nil
		case ev.what == shut && c.tree.depth() < d:
			return ev, true, nil
		case ev.what == open && classify(ev.tok.name)&classEntry != 0 && c.isEntry(ev.tok.name):
			c.d.warn.add("unclosed-tag", ev.tok.start, "<%s> begins in an element that is not closed", clip(ev.tok.name))
			c.tree.lift(d)
			ev.tok.end = max(ev.tok.end, ev.tok.start)
			return ev, true, nil
		}
	}
}

// fingerprint tells every entry's bytes, with those it inherits.
func (c *cutter) fingerprint() error {
	var inherited uint64
	mix := func(b []byte) { inherited = inherited*0x9E3779B97F4A7C15 ^ xxhash.Sum64(b) }
	for _, x := range c.containers {
		mix(c.d.doc[x.tok.in:x.tok.out])
	}
	for _, h := range c.head {
		if b := c.d.doc[h.tok.start:h.end]; inherits(h.tok.name, b) {
			mix(bytes.TrimSpace(b))
		}
	}
	c.fingerprints = make([]sources.Fingerprint, len(c.entries))
	for i, e := range c.entries {
		c.fingerprints[i] = fingerprint(c.d.doc[e.tok.start:e.end], inherited)
	}
	return nil
}
