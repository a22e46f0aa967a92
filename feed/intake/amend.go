package intake

import (
	"context"
	"errors"
	"slices"
	"time"

	"warta/feed"
	"warta/sources"
	"warta/sources/normalize"
)

// follow finds what the changes of a document say of the later life of stories:
// corrections, replies and withdrawals of others, and updates of their own.
func (b *batch) follow(ctx context.Context, saver Saver, changes []feed.Draft, reread bool) error {
	if err := b.awaited(ctx, saver, changes); err != nil {
		return err
	}
	for i := range changes {
		d := &changes[i]
		if a := b.amend[b.index.claims[d.ID]]; a != nil {
			if err := b.amends(ctx, saver, d, a); err != nil {
				return err
			}
		}
		if b.known[d.ID] != nil && !reread {
			if err := b.updates(ctx, saver, d); err != nil {
				return err
			}
		}
	}
	return nil
}

// finder finds stories that are stored; see Saver.
type finder interface {
	Entry(ctx context.Context, id string) (feed.Entry, error)
	Known(ctx context.Context, source string, originalIDs, urlKeys []string) ([]feed.Known, error)
	KnownTitles(ctx context.Context, source string, titles []string) ([]feed.Known, error)
}

// mostAmended is how many stories one can correct.
const mostAmended = 5

// amends links a story to those that it says it corrects, answers or
// withdraws, and them to it. Only what it names is linked, of its own source
// and stored already: by link or reference where it says which story it speaks
// of; else by a headline it quotes or repeats; else by the only story of the
// source that it links at all.
func (b *batch) amends(ctx context.Context, saver finder, d *feed.Draft, a *sources.Amendment) error {
	var ids []string
	cued := a.Addresses
	for _, r := range d.InReplyTo {
		ids = append(ids, r.Ref)
		if r.Href != "" {
			cued = append(cued[:len(cued):len(cued)], r.Href)
		}
	}
	targets, err := b.named(ctx, saver, d, ids, cued)
	if err != nil {
		return err
	}
	if len(targets) == 0 && len(a.Titles) > 0 {
		if targets, err = b.titled(ctx, saver, d, a.Titles); err != nil {
			return err
		}
	}
	if len(targets) == 0 {
		if targets, err = b.named(ctx, saver, d, nil, a.Linked); err != nil {
			return err
		}
		if len(targets) > 1 {
			b.warn("amendment-unclear", -1, "“"+d.Title+"” says that it amends another story, and links several; none is taken")
			targets = nil
		}
	}
	if len(targets) == 0 {
		b.await(d, a, ids, cued)
	}
	for i := range targets[:min(len(targets), mostAmended)] {
		to := &targets[i]
		if to.URL == "" {
			e, err := saver.Entry(ctx, to.ID)
			if err != nil && !errors.Is(err, feed.ErrNotFound) {
				return err
			}
			to.URL = e.Attribution.URL
		}
		b.amendOne(d, to, a.Kind)
	}
	return nil
}

// amendOne links one story and another, in both directions.
func (b *batch) amendOne(d *feed.Draft, to *feed.Known, kind sources.AmendmentKind) {
	d.Amends = append(d.Amends, feed.Amendment{Entry: to.ID, Notice: b.noticeOf(d, kind)})
	for i := range d.InReplyTo {
		if r := &d.InReplyTo[i]; r.Ref == to.OriginalID || r.Href != "" && normalize.Key(r.Href) == to.URLKey {
			return
		}
	}
	d.InReplyTo = append(d.InReplyTo[:len(d.InReplyTo):len(d.InReplyTo)], sources.Reply{
		Ref: to.OriginalID, Href: to.URL, Source: d.Attribution.Source.FeedURL,
	})
}

// noticeOf is what a story tells readers of another.
func (b *batch) noticeOf(d *feed.Draft, kind sources.AmendmentKind) feed.Notice {
	n := feed.Notice{
		Kind: feed.NoticeKind(kind), When: firstTime(d.Published, d.Updated, b.at), Reason: d.Title, By: byOrigin, URL: d.Attribution.URL, Entry: d.ID,
	}
	// A story that is under embargo says nothing by way of another, not even
	// in its address.
	if slices.ContainsFunc(d.Evidence, func(v sources.Evidence) bool { return v.Kind == sources.Embargo && !over(v.Value, b.at) }) {
		n.Reason, n.URL = announced[kind].In(d.Language), ""
	}
	return n
}

// await keeps what a story says of others of its source that are not stored: it
// may have been read before them.
func (b *batch) await(d *feed.Draft, a *sources.Amendment, ids, cued []string) {
	var keys []string
	for _, id := range ids {
		keys = append(keys, feed.AwaitID(id))
	}
	addresses := cued
	if len(cued) == 0 && len(a.Titles) == 0 && len(a.Linked) == 1 {
		addresses = a.Linked
	}
	for _, u := range addresses {
		if k := normalize.Key(u); k != "" && k != d.URLKey && !b.index.isHome(k) {
			keys = append(keys, feed.AwaitAddress(k))
		}
	}
	for _, title := range a.Titles {
		keys = append(keys, feed.AwaitTitle(title))
	}
	if len(keys) > 0 {
		d.Awaits = &feed.Awaiting{Keys: distinct(keys[:min(len(keys), maxAwaits)]), Notice: b.noticeOf(d, a.Kind)}
	}
}

// maxAwaits bounds by how many keys one story waits for others.
const maxAwaits = 20

// awaited links stories that are new with those that corrected, answered or
// withdrew them before they were read. A headline tells them only where the
// story was published before what corrects it: else it is another.
func (b *batch) awaited(ctx context.Context, saver Saver, changes []feed.Draft) error {
	var keys []string
	for i := range changes {
		if d := &changes[i]; b.known[d.ID] == nil {
			keys = append(keys, awaitedBy(d)...)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	found, err := saver.Awaited(ctx, b.src.ID, distinct(keys))
	if err != nil || len(found) == 0 {
		return err
	}
	for i := range changes {
		d := &changes[i]
		if b.known[d.ID] != nil {
			continue
		}
		for _, key := range awaitedBy(d) {
			for _, n := range found[key] {
				named := key == feed.AwaitTitle(d.Title)
				if n.Entry == d.ID || named && (d.Published.IsZero() || d.Published.After(n.When)) || amendedBy(d, n) {
					continue
				}
				d.Amends = append(d.Amends, feed.Amendment{
					Entry: d.ID, Notice: n, Reply: &sources.Reply{Ref: d.OriginalID, Href: d.Attribution.URL, Source: d.Attribution.Source.FeedURL},
				})
			}
		}
	}
	return nil
}

func awaitedBy(d *feed.Draft) []string {
	keys := []string{feed.AwaitID(d.OriginalID), feed.AwaitTitle(d.Title)}
	if d.URLKey != "" {
		keys = append(keys, feed.AwaitAddress(d.URLKey))
	}
	return keys
}

func amendedBy(d *feed.Draft, n feed.Notice) bool {
	return slices.ContainsFunc(d.Amends, func(a feed.Amendment) bool { return a.Notice.Entry == n.Entry && a.Notice.Kind == n.Kind })
}

// announced stands for the headline of a story that may not be told yet.
var announced = map[sources.AmendmentKind]feed.Bilingual{
	sources.Corrects:  {ID: "Media asal memuat ralat atau koreksi atas berita ini.", EN: "The outlet published a correction of this story."},
	sources.Replies:   {ID: "Media asal memuat hak jawab atas berita ini.", EN: "The outlet published a reply to this story."},
	sources.Withdraws: {ID: "Media asal mencabut berita ini.", EN: "The outlet withdrew this story."},
}

// over reports whether an embargo has ended; one that can't be read has not.
func over(until string, now time.Time) bool {
	end, err := time.Parse(time.RFC3339, until)
	return err == nil && !now.Before(end)
}

// named finds stories of the source by their ids or addresses.
func (b *batch) named(ctx context.Context, saver finder, d *feed.Draft, ids, addresses []string) ([]feed.Known, error) {
	var keys []string
	for _, u := range addresses {
		if k := normalize.Key(u); !b.index.isHome(k) {
			keys = append(keys, k)
		}
	}
	if len(ids)+len(keys) == 0 {
		return nil, nil
	}
	list, err := saver.Known(ctx, b.src.ID, distinct(ids), distinct(keys))
	if err != nil {
		return nil, err
	}
	// Those that this document brings are stored with it.
	for _, id := range b.order {
		c := b.index.claims[id]
		if b.known[id] == nil && (in(ids, c.OriginalID) || c.URLKey != "" && in(keys, c.URLKey)) {
			list = append(list, feed.Known{ID: c.ID, OriginalID: c.OriginalID, URLKey: c.URLKey, Title: c.Title, URL: c.Attribution.URL})
		}
	}
	return others(list, d), nil
}

// titled finds stories of the source by their headlines: of two that have the
// same none is meant, nor one of this document that came after.
func (b *batch) titled(ctx context.Context, saver finder, d *feed.Draft, titles []string) ([]feed.Known, error) {
	titles = distinct(titles)
	list, err := saver.KnownTitles(ctx, b.src.ID, titles)
	if err != nil {
		return nil, err
	}
	for _, id := range b.order {
		c := b.index.claims[id]
		if b.known[id] == nil && in(titles, c.Title) && !c.Published.IsZero() && !c.Published.After(firstTime(d.Published, d.Updated, b.at)) {
			list = append(list, feed.Known{ID: c.ID, OriginalID: c.OriginalID, URLKey: c.URLKey, Title: c.Title, URL: c.Attribution.URL})
		}
	}
	if list = others(list, d); len(list) > len(titles) {
		return nil, nil
	}
	return list, nil
}

// others are the stories apart from the one that names them.
func others(list []feed.Known, d *feed.Draft) []feed.Known {
	out := list[:0]
	for _, k := range list {
		if k.ID != d.ID && (k.URLKey == "" || k.URLKey != d.URLKey) {
			out = append(out, k)
		}
	}
	return out
}

func in(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}
