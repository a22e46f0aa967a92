package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"warta/feed"
	"warta/feed/render"
	"warta/sources"
)

// The documents of the site as a whole.
const (
	homePath     = ""
	channelsPath = "channels.opml" // our channels
	sourcesPath  = "sources.opml"  // the sources we read
	robotsPath   = "robots.txt"
)

// The front door stays light: of each channel a few headlines, in all so many,
// and the sources by name where they are few.
const (
	latest      = 5
	latestInAll = 60
	fewSources  = 60
)

// robots invites everybody: what may not be indexed says so itself.
func robots(site feed.Site) string {
	return "User-agent: *\nAllow: /\nSitemap: " + site.URL + newsPath + "\n"
}

// paths lists what is published at present.
func (p *Publisher) paths() map[string]bool {
	other := p.plan.otherLanguage() + "/"
	paths := map[string]bool{homePath: true, other: true, channelsPath: true, sourcesPath: true, robotsPath: true, newsPath: true, aboutPath: true, aboutPath + other: true}
	for _, c := range p.open() {
		page := c.ID + "/"
		paths[page], paths[page+other], paths[c.ID+sitemapExtension] = true, true, true
		for _, format := range render.Formats {
			if format != render.HTML {
				paths[c.ID+format.Extension()] = true
			}
		}
	}
	return paths
}

// open are the channels that everybody may know of.
func (p *Publisher) open() []*channel {
	list := make([]*channel, 0, len(p.channels))
	for _, c := range p.channels {
		if !c.Private {
			list = append(list, c)
		}
	}
	return list
}

// siteJobs prepares the documents of the site as a whole.
func (p *Publisher) siteJobs(ctx context.Context, now time.Time) ([]job, error) {
	site := p.plan.settings.Site
	subscriptions, err := p.subscriptions(ctx, now)
	if err != nil {
		return nil, err
	}
	home := render.HomePage{Site: site, Sources: p.plan.named(subscriptions), OPML: site.URL + sourcesPath}
	var heads []render.Head
	var newest time.Time
	open := p.open()
	most := min(latest, latestInAll/max(1, len(open)))
	for _, c := range open {
		head := p.plan.heads(&c.Channel, render.HTML)[0]
		head.Updated = c.updated
		heads = append(heads, head)
		one := render.HomeChannel{Head: head}
		for _, id := range c.shown[:min(most, len(c.shown))] {
			v, err := p.brief(ctx, id, now)
			if err != nil {
				return nil, err
			}
			if v.brief == nil {
				continue
			}
			one.Latest = append(one.Latest, *v.brief)
			if v.changed.After(newest) {
				newest = v.changed
			}
		}
		home.Channels = append(home.Channels, one)
	}
	second := home
	second.Site.Language = p.plan.otherLanguage()
	home.Switch, second.Switch = site.URL+second.Site.Language+"/", site.URL
	page := func(path string, v render.HomePage) job {
		return job{path: path, headers: headersOf(render.HTML), newest: newest, write: func(b *bytes.Buffer) error { return render.Home(b, v) }}
	}
	return append(append([]job{
		page(homePath, home),
		page(second.Site.Language+"/", second),
		{path: channelsPath, headers: opmlHeaders, write: func(b *bytes.Buffer) error { return render.ChannelsOPML(b, site, heads) }},
		{path: sourcesPath, headers: opmlHeaders, write: func(b *bytes.Buffer) error { return render.OPML(b, site, "", subscriptions) }},
		{path: robotsPath, headers: textHeaders, write: func(b *bytes.Buffer) error { _, err := io.WriteString(b, robots(site)); return err }},
	}, p.aboutJobs(subscriptions, now)...), p.sitemapJobs(now)...), nil
}

// manySources is from where the titles of sources are read once a minute: with
// 10,000 that cost more than all the rest of an update.
const manySources = 300

// subscriptions are the sources under the names readers know.
func (p *Publisher) subscriptions(ctx context.Context, now time.Time) ([]render.Subscription, error) {
	if now.Before(p.namesUntil) {
		return p.names, nil
	}
	titles, err := p.store.FeedTitles(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the titles of feeds: %w", err)
	}
	list := make([]render.Subscription, 0, len(p.plan.settings.Sources))
	for _, s := range p.plan.settings.Sources {
		list = append(list, render.Subscription{Source: s, Title: titles[s.ID]})
	}
	if len(list) > manySources {
		p.names, p.namesUntil = list, now.Add(time.Minute)
	}
	return list, nil
}

// named is what the front door says of the sources.
func (p *plan) named(list []render.Subscription) []render.Subscription {
	if len(list) <= fewSources {
		return list
	}
	return []render.Subscription{{
		Source: sources.Source{URL: render.AboutURL(p.settings.Site) + "#sumber"},
		Title:  fmt.Sprintf("%d sumber / sources", len(list)),
	}}
}

// brief returns an entry's view with what the front door shows of it.
func (p *Publisher) brief(ctx context.Context, id string, now time.Time) (*view, error) {
	v := p.views[id]
	if v == nil {
		v = new(view)
	}
	if v.brief != nil || !v.shown {
		return v, nil
	}
	e, err := p.store.Entry(ctx, id)
	if errors.Is(err, feed.ErrNotFound) {
		return v, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading entry %s: %w", id, err)
	}
	if e.Seq != v.seq {
		return v, nil // changed this moment; the next Update shows it
	}
	d := p.plan.decide(&e, p.plan.public.rest, now)
	if held, ok := feed.Withhold(e, d); ok {
		v.brief = &feed.Shown{Entry: headline(held), Decision: d}
		v.brief.Decision.Reasons = nil
	}
	return v, nil
}

// headline is an entry without what a list of headlines never shows, so that
// little is kept in memory.
func headline(e feed.Entry) feed.Entry {
	e.Content, e.Summary, e.Excerpt = sources.Text{}, sources.Text{}, ""
	e.Image, e.Media, e.Enclosures = nil, nil, nil
	e.Evidence, e.Removed, e.Categories, e.Points, e.Shapes = nil, nil, nil, nil, nil
	return e
}
