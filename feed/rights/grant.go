package rights

import (
	"cmp"
	"sort"
	"time"

	"warta/feed"
)

// grant is what the permissions in force give together.
type grant struct {
	use                feed.Use
	images, enclosures bool
	indexing           bool
	by                 *feed.Permission // the one with the largest use
	credit             string
	spent, private     *feed.Permission // in force, but not for this entry; but not for a commercial site
}

// granted adds up the permissions in force for an entry and an audience. A
// statutory ground never reaches images, files or paid content: Pasal 43 huruf c
// speaks of news.
func granted(e *feed.Entry, perms []feed.Permission, policy feed.Policy, audience feed.Audience, now time.Time) grant {
	var g grant
	for i := range perms {
		p := &perms[i]
		if p.Source != e.Source || e.Source == "" || !p.InForce(audience, now) {
			continue
		}
		if !p.Reaches(policy.Commercial) {
			g.private = p
			continue
		}
		if p.Basis == feed.Statutory && e.Advertorial {
			continue // paid content is no news of the day
		}
		if !p.Covers(e) {
			g.spent = p
			continue
		}
		if g.by == nil || p.Use > g.use || p.Use == g.use && g.by.Audience == feed.Public && p.Audience != feed.Public {
			g.use, g.by = p.Use, p
		}
		if p.Basis != feed.Statutory {
			g.images = g.images || p.Images
			g.enclosures = g.enclosures || p.Enclosures
		}
		g.indexing = g.indexing || p.Indexing || p.Basis == feed.OwnContent
		if g.credit == "" {
			g.credit = p.Credit.Any(e.Language, policy.Language)
		}
	}
	if g.by != nil {
		g.credit = cmp.Or(g.by.Credit.Any(e.Language, policy.Language), g.credit)
	}
	return g
}

// until finds the next instant at which a permission for this source and
// audience begins or ends.
func (c *hearing) until(perms []feed.Permission, source string, audience feed.Audience) {
	for i := range perms {
		p := &perms[i]
		if p.Source != source || !p.Audience.Includes(audience) {
			continue
		}
		for _, t := range [...]time.Time{p.From, p.Until} {
			if t.After(c.now) && (c.d.Until.IsZero() || t.Before(c.d.Until)) {
				c.d.Until = t
			}
		}
	}
}

// sortReasons puts a permission first, then what is as tight as the decision,
// then the rest; within each, the order in which things were said.
func sortReasons(list []feed.Reason, use feed.Use, permitted bool) {
	weight := func(r *feed.Reason) int {
		switch {
		case permitted && (r.Rule == "permission" || r.Rule == "permission-statutory"):
			return 0
		case !permitted && r.Most == use:
			return 1
		}
		return 2
	}
	sort.SliceStable(list, func(i, j int) bool { return weight(&list[i]) < weight(&list[j]) })
}
