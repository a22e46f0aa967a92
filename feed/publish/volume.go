package publish

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/curate"
	"warta/feed/render"
	"warta/sources"
)

// volumeBytes bounds the packed archive documents that are kept: the rest is
// made again when it is asked for.
const volumeBytes = 32 << 20

// volumeKey names an archive document by what is in it. A volume's entries only
// change or leave, so their number and what their changes add up to say enough.
type volumeKey struct {
	plan             *plan
	path             string
	class            int
	entries, changes int64
	closed           bool // there is a volume after it
}

// dated is a document that holds until a time; zero: as long as its key does.
type dated struct {
	document *document
	until    time.Time
}

func newDated[K comparable](limit int) *cache[K, dated] {
	return newCache[K](limit, func(d dated) int { return len(d.document.gz) + 50*len(d.document.contained) })
}

// volumeOf finds the archive document that a path below the site's address
// names, whether or not there is such a volume.
func (p *plan) volumeOf(path string) (ref, bool) {
	channel, file, ok := strings.Cut(path, "/")
	if _, known := p.channels[channel]; !ok || !known {
		return ref{}, false
	}
	for _, f := range render.Formats {
		name, ok := strings.CutSuffix(file, f.Extension())
		if !ok || !hasVolumes(f) {
			continue
		}
		if _, ok := feed.ParseVolume(channel, name); ok {
			return ref{channel: channel, path: path, format: f, volume: name}, true
		}
	}
	return ref{}, false
}

// serveVolume answers everybody with an archive document, and reports whether
// the path is one's.
func (p *Publisher) serveVolume(e *edition, w http.ResponseWriter, r *http.Request, path string) bool {
	of, ok := e.plan.volumeOf(path)
	if !ok || e.plan.settings.Channels[e.plan.channels[of.channel]].Private {
		return false
	}
	d, err := p.volume(r.Context(), e, of, e.plan.public, p.readVolume)
	switch {
	case err != nil:
		p.failed(w, r, "an archive", path, err)
	case prefersPage(r.Header["Accept"]):
		p.serveFeedPage(e, w, r, of)
	default:
		d.serve(w, r, p.now())
	}
	return true
}

// volumeReader gives the entries of a volume as they are in a version, or newer.
type volumeReader func(context.Context, feed.Volume, volumeKey) ([]feed.Entry, error)

// volume returns an archive document as a class may see it, from the cache if
// nothing in it changed.
func (p *Publisher) volume(ctx context.Context, e *edition, of ref, cl *class, entries volumeReader) (*document, error) {
	named, _ := feed.ParseVolume(of.channel, of.volume)
	v, err := p.store.Volume(ctx, of.channel, named.Month, named.Part)
	if err != nil {
		return nil, err
	}
	key := volumeKey{plan: e.plan, path: of.path, class: cl.id}
	if key.entries, key.changes, err = p.store.VolumeVersion(ctx, v); err != nil {
		return nil, err
	}
	around, err := p.store.Volumes(ctx, of.channel, v.Number-1, v.Number+1)
	if err != nil {
		return nil, err
	}
	key.closed = len(around) > 0 && around[len(around)-1].Number > v.Number
	now := p.now()
	if got, ok := p.volumes.get(key); ok && (got.until.IsZero() || now.Before(got.until)) {
		return got.document, nil
	}
	made, err, _ := p.archive.making.Do(fmt.Sprintf("%s %d %d %d", of.path, cl.id, key.entries, key.changes), func() (any, error) {
		p.archive.room <- struct{}{}
		defer func() { <-p.archive.room }()
		// Others may wait for it too: it is made though the first one left.
		d, until, err := p.writeVolume(context.WithoutCancel(ctx), e, of, cl, v, around, key, entries, now)
		if err == nil {
			p.volumes.put(key, dated{d, until})
		}
		return d, err
	})
	if err != nil {
		return nil, err
	}
	return made.(*document), nil
}

// allVolumes yields every archive document of a channel, for export.
func (p *Publisher) allVolumes(ctx context.Context, e *edition, channel string) iter.Seq2[*document, error] {
	return func(yield func(*document, error) bool) {
		volumes, err := p.store.Volumes(ctx, channel, 1, math.MaxInt64)
		if err != nil {
			yield(nil, err)
			return
		}
		for _, v := range volumes {
			read := p.readOnce()
			for _, f := range render.Formats {
				if !hasVolumes(f) {
					continue
				}
				of := ref{channel: channel, path: volumePath(v, f), format: f, volume: v.Name()}
				if d, err := p.volume(ctx, e, of, e.plan.public, read); !yield(d, err) {
					return
				}
			}
		}
	}
}

func (p *Publisher) readVolume(ctx context.Context, v feed.Volume, _ volumeKey) ([]feed.Entry, error) {
	return p.store.VolumeEntries(ctx, v)
}

// readOnce reads a volume once for all its formats, unless it changes meanwhile.
func (p *Publisher) readOnce() volumeReader {
	var had volumeKey
	var list []feed.Entry
	return func(ctx context.Context, v feed.Volume, key volumeKey) ([]feed.Entry, error) {
		key.path = ""
		if key == had {
			return list, nil
		}
		got, err := p.store.VolumeEntries(ctx, v)
		if err != nil {
			return nil, err
		}
		had, list = key, got
		return list, nil
	}
}

// writeVolume renders an archive document, and says until when the clock leaves
// it as it is. Its fragments are not kept: few archives are read twice.
func (p *Publisher) writeVolume(ctx context.Context, e *edition, of ref, cl *class, v feed.Volume, around []feed.Volume, key volumeKey, read volumeReader, now time.Time) (*document, time.Time, error) {
	entries, err := read(ctx, v, key)
	if err != nil {
		return nil, time.Time{}, err
	}
	i := e.plan.channels[of.channel]
	ch := &e.plan.settings.Channels[i]
	head := e.plan.volumeHead(ch, of, v, around)
	var until time.Time
	var wishes render.Wishes
	fragments := make([][]byte, 0, len(entries))
	contained := newDistinct()
	for k := range entries {
		entry := &entries[k]
		// The rule is asked again: the store may learn later of who left.
		if ok, err := e.plan.rules[i].Select(curate.NewSubject(entry)); err != nil || !ok {
			continue
		}
		// Filed before the operator set an embargo, or a longer one.
		if at := keptBack(ch, entry, now); !at.IsZero() {
			until = soonest(until, at)
			continue
		}
		d := e.plan.decide(entry, cl.grant(entry.Source), now)
		until = soonest(until, d.Until)
		held, ok := feed.Withhold(*entry, d)
		if !ok {
			continue
		}
		b, err := renderOne(of.format, feed.Shown{Entry: held, Decision: d}, e.plan.settings.Site)
		if err != nil {
			p.log.Error("an entry was left out of an archive: its attribution would be lost", "entry", entry.ID, "source", entry.Source, "reason", err)
			continue
		}
		if t := entry.LastChange(); t.After(head.Updated) {
			head.Updated = t
		}
		wishes = wishes.And(render.WishesOf(&held, &d))
		words, images := feed.Measure(&held)
		added, left := contained.add(shownItem{entry.ID, &view{
			seq: entry.Seq, revision: entry.Revision, use: d.Use, permission: d.Permission, words: words, images: images, shown: true, wishes: render.WishesOf(&held, &d), knownBy: e.plan.identify(entry),
		}})
		if left >= 0 {
			fragments = slices.Delete(fragments, left, left+1)
		}
		if added {
			fragments = append(fragments, b)
		}
	}
	var b bytes.Buffer
	if err := render.Document(&b, of.format, head, fragments); err != nil {
		return nil, time.Time{}, fmt.Errorf("rendering %s: %w", of.path, err)
	}
	// No Last-Modified: what may be shown changes with permissions as well as
	// with entries.
	d, err := newDocument(of.path, b.Bytes(), digestOf(b.Bytes()), time.Time{}, len(fragments), wishing(headersOf(of.format), wishes))
	if err != nil {
		return nil, time.Time{}, err
	}
	d.contained = contained.list
	return d, until, nil
}

// volumeHead is what an archive document says of itself: where the feed is, and
// the volumes before and after it.
func (p *plan) volumeHead(ch *feed.Channel, of ref, v feed.Volume, around []feed.Volume) render.Head {
	site := p.settings.Site.URL
	head := p.heads(ch, of.format)[0]
	current := head.Self
	head.Hubs = nil // nothing new comes into an archive
	head.Self, head.Archive = volumeURL(site, v, of.format), true
	head.Alternates = make(map[render.Format]string, 3)
	for _, f := range render.Formats {
		if hasVolumes(f) {
			head.Alternates[f] = volumeURL(site, v, f)
		}
	}
	head.Links = append(head.Links, sources.Link{Rel: "current", Type: of.format.MediaType(), Href: current})
	for _, other := range around {
		switch {
		case other.Number < v.Number:
			head.Links = append(head.Links, olderLink(site, other, of.format))
		case other.Number > v.Number && of.format != render.JSON:
			head.Links = append(head.Links, sources.Link{Rel: "next-archive", Type: of.format.MediaType(), Href: volumeURL(site, other, of.format)})
		}
	}
	return head
}
