package intake

import (
	"context"
	"errors"
	"fmt"
	"time"

	"warta/feed"
	"warta/sources"
	"warta/sources/normalize"
)

// Saver is what intake asks of the database.
type Saver interface {
	Guarder
	// Known tells which of a source's stories are stored, by original id or
	// by address.
	Known(ctx context.Context, source string, originalIDs, urlKeys []string) ([]feed.Known, error)
	// Entry fails with feed.ErrNotFound where there is none.
	Entry(ctx context.Context, id string) (feed.Entry, error)
	// KnownTitles tells which of a source's stories have one of some headlines.
	KnownTitles(ctx context.Context, source string, titles []string) ([]feed.Known, error)
	// Awaited tells what stories of a source said of one that was not stored
	// then, by feed.AwaitAddress, AwaitID and AwaitTitle.
	Awaited(ctx context.Context, source string, keys []string) (map[string][]feed.Notice, error)
	// Save stores all drafts or none. A draft with the stored digest changes
	// nothing.
	Save(ctx context.Context, drafts []feed.Draft) error
}

// Options are what an Intake works with.
type Options struct {
	Now func() time.Time // for visits that don't say when they were; nil: time.Now
}

// Intake admits what visits brought. It is safe for concurrent use.
type Intake struct {
	saver Saver
	now   func() time.Time
}

// New returns an Intake.
func New(saver Saver, opt Options) *Intake {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	return &Intake{saver: saver, now: opt.Now}
}

// Accept stores what a batch of visits brought, in one transaction, and says
// for each visit what became of it. Accepting the same batch again changes
// nothing.
func (in *Intake) Accept(ctx context.Context, visits []sources.Visit) ([]sources.Accepted, error) {
	for try := 1; ; try++ {
		accepted, err := in.accept(ctx, visits)
		if errors.Is(err, feed.ErrConflict) && try < decideTries {
			continue // an editor decided about a source at this moment
		}
		return accepted, err
	}
}

// decideTries bounds how often a batch is begun anew.
const decideTries = 3

func (in *Intake) accept(ctx context.Context, visits []sources.Visit) ([]sources.Accepted, error) {
	accepted := make([]sources.Accepted, len(visits))
	guard, err := newWatch(ctx, in.saver, visits)
	if err != nil {
		return nil, err
	}
	var (
		drafts []feed.Draft
		h      hasher
	)
	for i := range visits {
		v := &visits[i]
		if v.Document == nil {
			continue
		}
		at := v.At
		if at.IsZero() {
			at = in.now()
		}
		b := batch{src: v.Source, doc: v.Document, at: at.UTC().Truncate(time.Millisecond), h: &h, accepted: &accepted[i], moveTo: v.State.MoveTo, answers: v.Answers}
		b.seen = guard.guards[v.Source.ID].Profile != nil
		if err := b.read(ctx, in.saver); err != nil {
			return nil, fmt.Errorf("taking in what %s brought: %w", v.Source.ID, err)
		}
		changes := b.changes()
		if err := b.follow(ctx, in.saver, changes, v.Reread); err != nil {
			return nil, fmt.Errorf("following the later life of the stories of %s: %w", v.Source.ID, err)
		}
		if q := guard.guards[v.Source.ID].Quarantine; q.Whole() && mayBePlain(q.Signs) {
			if b.waiting, err = in.saver.Waiting(ctx, v.Source.ID); err != nil {
				return nil, err
			}
		}
		drafts = append(drafts, guard.pass(&b, changes)...)
		if err := b.questions(ctx, in.saver); err != nil {
			return nil, err
		}
	}
	if len(drafts) > 0 {
		if err := in.saver.Save(ctx, drafts); err != nil {
			return nil, err
		}
	}
	return accepted, guard.save(ctx, in.saver)
}

// batch is the intake of one document.
type batch struct {
	src      sources.Source
	doc      *sources.Document
	at       time.Time
	h        *hasher
	accepted *sources.Accepted
	seen     bool   // something is known of the source
	moveTo   string // where a redirect for good leads from its feed
	answers  []sources.Answer
	ask      []string     // entries whose addresses would tell where it is now
	waiting  []feed.Draft // what waits already, where it may turn out to be plain

	index *index
	order []string // entry ids, in the order in which they are to be numbered
	known map[string]*feed.Known
	amend map[*feed.Draft]*sources.Amendment
}

// read turns the document's items and tombstones into drafts.
func (b *batch) read(ctx context.Context, saver Saver) error {
	drafts := make([]*feed.Draft, 0, len(b.doc.Items))
	items := make([]*sources.Item, 0, len(b.doc.Items))
	var ids, keys []string
	for i := range b.doc.Items {
		it := &b.doc.Items[i]
		if !admissible(it) {
			b.warn("entry-without-anything", it.Offset, "an entry has neither title nor text, link or file and is left out")
			continue
		}
		d := &feed.Draft{Entry: Entry(b.src, b.doc, it, b.at)}
		d.Happened = told(it, &d.Entry, b.at)
		d.Home = domain(first(b.src.Feed, b.src.URL))
		if url := d.Attribution.URL; url != "" {
			d.URLKey = normalize.Key(url)
			keys = append(keys, d.URLKey)
		}
		ids = append(ids, wanted(it, &d.Entry)...)
		drafts, items = append(drafts, d), append(items, it)
	}
	for i := range b.doc.Tombstones {
		ids = append(ids, b.doc.Tombstones[i].Ref)
	}
	known, err := saver.Known(ctx, b.src.ID, distinct(ids), distinct(keys))
	if err != nil {
		return err
	}
	b.index = newIndex(b.doc, b.src, known)
	if err := b.rebuilt(ctx, saver, drafts, items); err != nil {
		return err
	}
	b.known = make(map[string]*feed.Known, len(drafts))
	// From the end: feeds have their newest first, and it shall get the
	// highest number.
	for i := len(drafts) - 1; i >= 0; i-- {
		b.admit(drafts[i], items[i])
	}
	return b.withdraw(ctx, saver)
}

// admissible refuses what no reader could make anything of.
func admissible(it *sources.Item) bool {
	return it.ID != "" && (it.Title.Value != "" || it.Content.Value != "" || it.Content.Src != "" || it.Summary.Value != "" ||
		it.URL != "" || it.Link != "" || len(it.Enclosures) > 0 || it.Image != nil || len(it.Media) > 0)
}

// admit settles which story a draft is and keeps it, or the better of two
// where the document has it twice.
func (b *batch) admit(d *feed.Draft, it *sources.Item) {
	if it.Amendment != nil && !it.Amendment.Own {
		if b.amend == nil {
			b.amend = make(map[*feed.Draft]*sources.Amendment)
		}
		b.amend[d] = it.Amendment
	}
	known := b.index.settle(d, it)
	if other := b.index.claims[d.ID]; other != nil {
		if it.IDFrom != sources.IDFromFeed && !sameTitle(other.Title, d.Title) {
			// Two stories behind one link, which was all they had for an id.
			id := derived(it, &d.Entry)
			known = b.index.take(d, id, sources.IDFromDerived, b.index.byID[id])
		}
	}
	d.Digest = b.h.digest(&d.Entry, d.Happened...)
	if other := b.index.claims[d.ID]; other == nil {
		b.order = append(b.order, d.ID)
	} else if !better(d, other, known) {
		return
	}
	b.index.claims[d.ID] = d
	if known == nil {
		// For the items that follow: a story may stand there twice.
		b.index.put(&feed.Known{ID: d.ID, OriginalID: d.OriginalID, URLKey: d.URLKey, Title: d.Title, Published: d.Published, FirstSeen: b.at})
		return
	}
	if known.Revision > 0 {
		b.known[d.ID] = known
		d.Revision, d.FirstSeen = known.Revision+1, known.FirstSeen
	}
}

// better reports whether a is to be kept, of two states of one story in one
// document: the one updated last (RFC 4287 section 4.1.1), else the one that
// is stored, so that nothing flips, else the longer one, else the one that
// stands first, which is a, as items are admitted from the end.
func better(a, b *feed.Draft, known *feed.Known) bool {
	ta, tb := firstTime(a.Updated, a.Published), firstTime(b.Updated, b.Published)
	switch {
	case !ta.Equal(tb):
		return ta.After(tb)
	case known != nil && a.Digest == known.Digest:
		return true
	case known != nil && b.Digest == known.Digest:
		return false
	}
	return len(a.Content.Value)+len(a.Summary.Value) >= len(b.Content.Value)+len(b.Summary.Value)
}

// changes are the drafts that are new or differ from what is stored.
func (b *batch) changes() []feed.Draft {
	var dated []*feed.Draft
	for _, id := range b.order {
		if d, k := b.index.claims[id], b.known[id]; k != nil && k.Digest != d.Digest && sameWords(k.Digest, d.Digest) {
			dated = append(dated, d)
		}
	}
	leave, warnings := restless(dated, b.at)
	b.accepted.Warnings = append(b.accepted.Warnings, warnings...)
	list := make([]feed.Draft, 0, len(b.order))
	for _, id := range b.order {
		d, k := b.index.claims[id], b.known[id]
		switch {
		case k == nil:
			b.accepted.New++
		case k.Digest == d.Digest || leave[d]:
			b.accepted.Unchanged++
			continue
		default:
			b.accepted.Updated++
		}
		list = append(list, *d)
	}
	return list
}

func (b *batch) warn(code string, offset int64, message string) {
	b.accepted.Warnings = append(b.accepted.Warnings, sources.Warning{Code: code, Message: message, Offset: offset})
}
