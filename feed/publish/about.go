package publish

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/render"
	"warta/feed/rights"
	"warta/sources"
)

// aboutPath is where it says who publishes here; the other language stands
// below it.
const aboutPath = "about/"

// stated is what a source's feed says of itself, as the newest of its entries
// we looked at brought it along.
type stated struct {
	seq      int64
	language string
	rights   string
	licences []string
	evidence []sources.Evidence // what was found in the feed's head
}

// hearOwner remembers what the newest entry of a source brings along.
func (p *Publisher) hearOwner(e *feed.Entry) {
	if s := p.owners[e.Source]; s.seq < e.Seq || s.seq == 0 {
		p.owners[e.Source] = statedBy(e)
	}
}

// statedBy is what an entry brings along of its feed's own words.
func statedBy(e *feed.Entry) stated {
	o := &e.Attribution.Source
	one := stated{seq: e.Seq, language: o.Language, rights: o.Rights, licences: o.Licenses}
	for _, v := range e.Evidence {
		if strings.HasPrefix(v.Where, "feed ") {
			one.evidence = append(one.evidence, v)
		}
	}
	return one
}

// aboutJobs prepares the page about ourselves in both languages.
func (p *Publisher) aboutJobs(subscriptions []render.Subscription, now time.Time) []job {
	site := p.plan.settings.Site
	v := render.AboutView{Site: site, Uses: tableOfUses(), OPML: site.URL + sourcesPath}
	names := make(map[string]string, len(subscriptions))
	for _, s := range subscriptions {
		names[s.Source.ID] = s.Source.Name(s.Title)
		if len(subscriptions) <= manySources {
			v.Sources = append(v.Sources, p.aboutSource(s, now))
		}
	}
	if len(subscriptions) > manySources {
		v.More = len(subscriptions)
	}
	for _, perm := range p.plan.settings.Permissions {
		// One for a partner is between its owner, the partner and the operator.
		if name, ok := names[perm.Source]; ok && perm.Audience == feed.Public && perm.InForce(feed.Public, now) {
			v.Permissions = append(v.Permissions, render.AboutPermission{Permission: perm, SourceName: name})
		}
	}
	second := v
	second.Site.Language = p.plan.otherLanguage()
	other := aboutPath + second.Site.Language + "/"
	v.Switch, second.Switch = site.URL+other, site.URL+aboutPath
	// No Last-Modified: no entry is in it.
	page := func(path string, v render.AboutView) job {
		return job{path: path, headers: headersOf(render.HTML), write: func(b *bytes.Buffer) error { return render.About(b, v) }}
	}
	return []job{page(aboutPath, v), page(other, second)}
}

// aboutSource says what is shown of a source where a story says nothing of its
// own, and what its owner says in the feed.
func (p *Publisher) aboutSource(s render.Subscription, now time.Time) render.AboutSource {
	o := p.owners[s.Source.ID]
	e := feed.Entry{Source: s.Source.ID, Evidence: o.evidence}
	d := rights.Decide(&e, p.plan.settings.Policy, nil, feed.Public, now)
	return render.AboutSource{Subscription: s, Use: d.Use, Language: o.language, Rights: o.rights, Licences: o.licences}
}

// nextPermission is when the list of permissions in force changes.
func (p *plan) nextPermission(now time.Time) time.Time {
	var next time.Time
	for i := range p.settings.Permissions {
		perm := &p.settings.Permissions[i]
		if perm.Audience != feed.Public || p.sources[perm.Source] == nil {
			continue
		}
		for _, t := range []time.Time{perm.From, perm.Until} {
			if t.After(now) && (next.IsZero() || t.Before(next)) {
				next = t
			}
		}
	}
	return next
}

// tableOfUses is rights.Table in groups that work alike. What several pieces
// of evidence give together, and what a person decides, stands last.
func tableOfUses() []render.AboutUses {
	groups := []render.AboutUses{
		rights.Final: {Title: feed.Bilingual{ID: "Yang tidak dapat dilonggarkan", EN: "What nothing loosens"}},
		rights.Bound: {Title: feed.Bilingual{ID: "Yang melarang atau membatasi", EN: "What forbids or limits"}},
		rights.Leave: {Title: feed.Bilingual{ID: "Yang membolehkan", EN: "What allows"}},
		rights.Claim: {Title: feed.Bilingual{ID: "Yang hanya menyatakan", EN: "What only claims"}},
		rights.Note:  {Title: feed.Bilingual{ID: "Yang diteruskan", EN: "What is passed on"}},
	}
	last := render.AboutUses{Title: feed.Bilingual{ID: "Gabungan dan izin", EN: "Several together, and permissions"}}
	for i := range rights.Table {
		row := &rights.Table[i]
		use := render.AboutUse{Text: row.Text, Most: row.Most, Note: row.Class == rights.Note}
		if row.Kind == "" && row.ID != "default" {
			last.Rows = append(last.Rows, use)
			continue
		}
		groups[row.Class].Rows = append(groups[row.Class].Rows, use)
	}
	order := []rights.Class{rights.Final, rights.Bound, rights.Leave, rights.Claim, rights.Note}
	out := make([]render.AboutUses, 0, len(order)+1)
	for _, c := range order {
		out = append(out, groups[c])
	}
	return slices.Clip(append(out, last))
}
