package publish

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/render"
)

// maxReach is how many times its limit a window may grow to find entries that
// may be shown.
const maxReach = 16

// shownItem is an entry that a channel shows.
type shownItem struct {
	id string
	*view
}

// selection returns what a channel shows everybody at present: the newest of
// its members of which anything may be shown. Where many may not, the window
// is widened. Of entries that share an id one is shown.
func (p *Publisher) selection(ctx context.Context, c *channel, now time.Time) ([]shownItem, error) {
	for {
		if err := p.loadWindow(ctx, c, now); err != nil {
			return nil, err
		}
		list := newDistinct()
		var waiting []waitingItem
		looked := 0
		for _, it := range c.window {
			if len(list.list) == c.limit() {
				break
			}
			looked++
			if until := embargoed(&c.Channel, it, now); !until.IsZero() {
				waiting = append(waiting, waitingItem{it.id, until})
				continue
			}
			v, err := p.lookAgain(ctx, it, now)
			if err != nil {
				return nil, err
			}
			if v.shown {
				list.add(shownItem{it.id, v})
			}
		}
		c.looked = max(c.looked, looked)
		if len(waiting) > len(c.waiting) {
			c.waiting = waiting
		}
		if len(list.list) == c.limit() || !c.more || c.reach >= maxReach*c.limit() {
			return p.tellOlder(ctx, c, list, looked, now)
		}
		c.reach, c.loaded = 2*c.reach, false
	}
}

// tellOlder adds to a selection what its channel has yet to tell of.
func (p *Publisher) tellOlder(ctx context.Context, c *channel, list *distinct, looked int, now time.Time) ([]shownItem, error) {
	if err := p.findOlder(ctx, c, now); err != nil {
		return nil, err
	}
	for _, it := range c.untold(looked) {
		if until := embargoed(&c.Channel, it, now); !until.IsZero() {
			continue
		}
		v, err := p.lookAgain(ctx, it, now)
		if err != nil {
			return nil, err
		}
		if v.shown {
			list.add(shownItem{it.id, v})
		}
	}
	return list.list, nil
}

// loadWindow reads a channel's newest members, where they are not at hand.
func (p *Publisher) loadWindow(ctx context.Context, c *channel, now time.Time) error {
	if c.loaded {
		return nil
	}
	c.reach = max(c.reach, c.minReach())
	if len(c.out) > 0 {
		if err := p.write(ctx, c, nil); err != nil {
			return err
		}
	}
	entries, err := p.store.ChannelEntries(ctx, c.ID, c.reach)
	if err != nil {
		return fmt.Errorf("reading the entries of channel %s: %w", c.ID, err)
	}
	c.load(entries)
	for i := range entries {
		p.look(&entries[i], now)
	}
	return nil
}

// channelJobs chooses what a channel shows everybody and prepares the documents
// of it: each feed format and the page in both languages. What it has for
// partners is noted; see stock.
func (p *Publisher) channelJobs(ctx context.Context, c *channel, now time.Time) ([]job, error) {
	c.looked, c.waiting, c.history.read = 0, nil, false
	var open *content
	if !c.Private {
		list, err := p.selection(ctx, c, now)
		if err != nil {
			return nil, err
		}
		open = newContent(list, c.history.last, c.whole())
	}
	if err := p.stock(ctx, c, open, now); err != nil {
		return nil, err
	}
	c.updated, c.shown = time.Time{}, nil
	if open == nil {
		return nil, nil
	}
	c.updated, c.shown = open.updated, open.ids()
	var jobs []job
	for _, format := range render.Formats {
		list := open.list
		if format == render.HTML {
			list = list[:min(len(list), c.limit())] // a page has no archives to complete
		}
		fragments, err := p.fragmentsOf(ctx, list, format, now)
		if err != nil {
			return nil, err
		}
		for _, head := range p.plan.heads(&c.Channel, format) {
			head.Updated = c.updated
			open.historyHead(&head, p.plan.settings.Site.URL, format)
			jobs = append(jobs, job{
				path: strings.TrimPrefix(head.Self, p.plan.settings.Site.URL), headers: wishing(headersOf(format), p.wishesOf(list, format)), newest: open.newest, entries: len(list), links: p.plan.discovery(&c.Channel, format, head.Self),
				write: func(b *bytes.Buffer) error { return render.Document(b, format, head, fragments) },
				trace: func(d *document) error { return p.trace(ctx, d, p.plan.public.key, head, format, fragments) },
			})
		}
	}
	return jobs, nil
}

// fragmentsOf collects the rendered entries of a document.
func (p *Publisher) fragmentsOf(ctx context.Context, list []shownItem, format render.Format, now time.Time) ([][]byte, error) {
	fragments := make([][]byte, 0, len(list))
	for _, s := range list {
		b, err := p.bytesOf(ctx, s.id, format, now)
		if err != nil {
			return nil, err
		}
		if b != nil {
			fragments = append(fragments, b)
		}
	}
	return fragments, nil
}

// heads are what a channel's documents of a format say of it: one feed, or the
// page in each language.
func (p *plan) heads(ch *feed.Channel, format render.Format) []render.Head {
	site := p.settings.Site
	head := render.Head{
		Site: site, Channel: *ch,
		ID:         site.URL + ch.ID + "/",
		Page:       site.URL + ch.ID + "/",
		Alternates: make(map[render.Format]string, 3),
	}
	for _, f := range render.Formats {
		if f != render.HTML {
			head.Alternates[f] = site.URL + ch.ID + f.Extension()
		}
	}
	if format != render.HTML {
		head.Self = head.Alternates[format]
		if hub := p.hub(ch); hub != "" {
			head.Hubs = []string{hub}
		}
		return []render.Head{head}
	}
	head.Self = head.Page
	head.Sources = site.URL + ch.ID + opmlExtension
	second := head
	second.Site.Language = p.otherLanguage()
	second.Self = head.Page + second.Site.Language + "/"
	second.Page, second.Switch, head.Switch = second.Self, head.Page, second.Self
	return []render.Head{head, second}
}

// otherLanguage is the one of our two that the site's pages are not in; they
// stand below it, as in /paser/en/.
func (p *plan) otherLanguage() string {
	language, _, _ := strings.Cut(p.settings.Site.Language, "-")
	if strings.EqualFold(language, "id") {
		return "en"
	}
	return "id"
}
