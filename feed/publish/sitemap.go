package publish

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/render"
)

// newsPath is the news sitemap of the whole site; a channel's stands beside its
// feeds.
const (
	newsPath         = "news-sitemap.xml"
	sitemapExtension = ".sitemap.xml"
)

var sitemapHeaders = &headers{contentType: []string{"application/xml; charset=utf-8"}, cache: []string{freshness}}

// newsOf is how a news sitemap lists an entry, nil where it doesn't. Only what
// everybody may see is asked for.
func (p *Publisher) newsOf(e *feed.Entry, d feed.Decision, now time.Time) *render.NewsStory {
	if e.Published.Before(now.Add(-render.NewsAge)) || e.Published.After(now) {
		return nil
	}
	if s, ok := render.News(feed.Shown{Entry: *e, Decision: d}, p.plan.settings.Site); ok {
		return &s
	}
	return nil
}

// newsSince is from when on stories are news: to the full hour, so that the
// clock moves sitemaps once an hour at most.
func newsSince(now time.Time) time.Time { return now.Truncate(time.Hour).Add(-render.NewsAge) }

// sitemapJobs prepares the news sitemaps of the channels that changed and of
// all together, and notes when the clock alone will change one.
func (p *Publisher) sitemapJobs(now time.Time) []job {
	lapsed := !p.newsUntil.IsZero() && !now.Before(p.newsUntil)
	since := newsSince(now)
	seen := make(map[string]bool)
	var all []render.NewsStory
	var jobs []job
	var oldest time.Time
	for _, c := range p.open() {
		var own []render.NewsStory
		for _, id := range c.shown {
			v := p.views[id]
			if v == nil || !v.shown || v.news == nil || v.news.Published.Before(since) {
				continue
			}
			own = append(own, *v.news)
			if !seen[id] {
				seen[id] = true
				all = append(all, *v.news)
			}
			if oldest.IsZero() || v.news.Published.Before(oldest) {
				oldest = v.news.Published
			}
		}
		if path := c.ID + sitemapExtension; c.dirty || lapsed || p.documents[path] == nil {
			jobs = append(jobs, sitemapJob(path, own))
		}
	}
	p.newsUntil = time.Time{}
	if !oldest.IsZero() {
		p.newsUntil = oldest.Add(render.NewsAge).Truncate(time.Hour).Add(time.Hour)
	}
	return append(jobs, sitemapJob(newsPath, all))
}

// sitemapJob writes stories, the newest first.
func sitemapJob(path string, stories []render.NewsStory) job {
	slices.SortStableFunc(stories, func(a, b render.NewsStory) int {
		if c := b.Published.Compare(a.Published); c != 0 {
			return c
		}
		return strings.Compare(a.Page, b.Page)
	})
	stories = stories[:min(len(stories), render.MaxNews)]
	var newest time.Time
	if len(stories) > 0 {
		newest = stories[0].Published
	}
	return job{path: path, headers: sitemapHeaders, newest: newest, entries: len(stories), write: func(b *bytes.Buffer) error {
		return render.NewsSitemap(b, stories)
	}}
}
