package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/render"
)

// sourcesFolder is where the pages about sources are, below the site's address;
// the other language stands below each.
const sourcesFolder = "sources/"

// heldFor is how long a page is kept: that a source is held is no change in the
// store that would renew it.
const heldFor = time.Minute

// recentStories is how many of a source's stories its page lists.
const recentStories = 20

// serveSource answers with the page about a source.
func (p *Publisher) serveSource(e *edition, w http.ResponseWriter, r *http.Request, path string) {
	id, rest, slash := strings.Cut(path, "/")
	other := rest == e.plan.otherLanguage()+"/"
	switch {
	case e.plan.sources[id] == nil, rest != "" && !other:
		problem(w, r, http.StatusNotFound)
		return
	case !slash:
		w.Header().Set("Location", e.plan.base+sourcesFolder+id+"/")
		w.WriteHeader(http.StatusPermanentRedirect)
		return
	}
	d, err := p.sourcePage(r.Context(), e, id, other)
	if err != nil {
		p.failed(w, r, "a source", id, err)
		return
	}
	d.serve(w, r, p.now())
}

// failed answers for a page that could not be made.
func (p *Publisher) failed(w http.ResponseWriter, r *http.Request, what, name string, err error) {
	if errors.Is(err, feed.ErrNotFound) {
		problem(w, r, http.StatusNotFound)
		return
	}
	if r.Context().Err() == nil {
		p.log.Error("can't show "+what, "name", name, "error", err)
	}
	problem(w, r, http.StatusInternalServerError)
}

// sourcePage returns the page about a source, from the cache if nothing changed
// since it was made.
func (p *Publisher) sourcePage(ctx context.Context, e *edition, id string, other bool) (*document, error) {
	now := p.now()
	seq, err := p.store.LastSeq(ctx)
	if err != nil {
		return nil, err
	}
	path := sourcesFolder + id + "/"
	if other {
		path += e.plan.otherLanguage() + "/"
	}
	if d := p.pages.get(path, e, seq, now); d != nil {
		return d, nil
	}
	v, until, err := p.sourceView(ctx, e, id, other, now)
	if err != nil {
		return nil, fmt.Errorf("source %s: %w", id, err)
	}
	var b bytes.Buffer
	if err := render.SourcePage(&b, v); err != nil {
		return nil, err
	}
	d, err := newDocument(path, b.Bytes(), digestOf(b.Bytes()), time.Time{}, len(v.Latest), headersOf(render.HTML))
	if err != nil {
		return nil, err
	}
	p.pages.put(path, cachedPage{document: d, edition: e, seq: seq, until: until})
	return d, nil
}

// sourceView gathers what the page about a source shows, and until when that
// holds. Of its stories those are listed that everybody may see in a channel.
func (p *Publisher) sourceView(ctx context.Context, e *edition, id string, other bool, now time.Time) (render.SourceView, time.Time, error) {
	site := e.plan.settings.Site
	v := render.SourceView{Site: site, Switch: render.SourceURL(site, id) + e.plan.otherLanguage() + "/"}
	if other {
		v.Site.Language, v.Switch = e.plan.otherLanguage(), render.SourceURL(site, id)
	}
	entries, err := p.store.SourceEntries(ctx, id, recentStories)
	if err != nil {
		return v, time.Time{}, err
	}
	var owner stated
	title := ""
	if len(entries) > 0 {
		owner, title = statedBy(&entries[0]), entries[0].Attribution.Source.Title
	}
	v.Source = render.AboutSource{
		Subscription: render.Subscription{Source: *e.plan.sources[id], Title: title},
		Language:     owner.language, Rights: owner.rights, Licences: owner.licences,
	}
	v.Evidence = owner.evidence
	v.Decision = e.plan.decide(&feed.Entry{Source: id, Evidence: owner.evidence}, e.plan.public.rest, now)
	until := soonest(e.plan.nextPermission(now), v.Decision.Until)
	for _, perm := range e.plan.permissions[id] {
		if perm.InForce(feed.Public, now) {
			v.Permissions = append(v.Permissions, render.AboutPermission{Permission: perm, SourceName: v.Source.Source.Name(title)})
		}
	}
	guards, err := p.store.Guards(ctx, []string{id})
	if err != nil {
		return v, time.Time{}, err
	}
	v.Held = guards[id].Quarantine
	until = soonest(until, now.Add(heldFor))
	standing := make(map[string]bool)
	for i := range entries {
		channels := e.plan.standing(&entries[i], nil, now)
		shown, ok := e.plan.show(&entries[i], nil, now)
		until = soonest(until, shown.Decision.Until)
		if len(channels) == 0 || !ok {
			continue
		}
		for _, c := range channels {
			standing[c] = true
		}
		v.Latest = append(v.Latest, feed.Shown{Entry: headline(shown.Entry), Decision: shown.Decision})
	}
	for _, s := range e.channels {
		if standing[s.channel.ID] {
			v.Channels = append(v.Channels, e.plan.heads(&s.channel, render.HTML)[0])
		}
	}
	return v, until, nil
}

// soonest is the first of some times that are known.
func soonest(times ...time.Time) time.Time {
	var first time.Time
	for _, t := range times {
		if !t.IsZero() && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	return first
}
