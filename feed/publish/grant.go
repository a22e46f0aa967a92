package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/rights"
)

// grant is on what terms entries of a source are shown: the public's, or those
// of partners that have equal ones. An entry is decided and rendered once for
// each grant, however many partners share it.
type grant struct {
	id          int
	most        feed.Use
	commercial  bool
	permissions []feed.Permission // of one source, beyond what is granted to everybody; none: of any source
	all         []feed.Permission // and with what is
}

// publicGrant is the id of what everybody may see.
const publicGrant = 0

// class is all that partners with equal contracts may see: a grant for each
// source that has one of their own, and one for the rest.
type class struct {
	id   int
	key  string // the same for the same grants, on every start
	rest *grant
	own  map[string]*grant // by source
}

// grant is the class's for a source.
func (c *class) grant(source string) *grant {
	if g := c.own[source]; g != nil {
		return g
	}
	return c.rest
}

// member is a partner with what its contract comes to.
type member struct {
	feed.Partner
	class    *class
	channels map[string]bool
	names    map[string]string // ids of its permissions, by the neutral ids of the grants they are in
}

// permission names the permission behind a decision of the member's class.
func (m *member) permission(neutral string) string {
	if id, ok := m.names[neutral]; ok {
		return id
	}
	return neutral
}

// among is the audience in whose name the permissions of a grant are written.
const among feed.Audience = "partner:*"

// neutral is a permission without what tells one partner's from another's with
// the same terms: none of that is shown in a document they share.
func neutral(p feed.Permission) feed.Permission {
	p.Audience, p.GrantedBy, p.Document, p.Notify, p.ID = among, "", "", 0, ""
	terms, _ := json.Marshal(p) // plain values: it can't fail
	sum := sha256.Sum256(terms)
	p.ID = "grant-" + hex.EncodeToString(sum[:6])
	return p
}

// enlist finds for each partner its class, sharing classes and grants.
func (p *plan) enlist() {
	p.public = &class{key: "public", rest: &grant{id: publicGrant, most: feed.Full, commercial: p.settings.Policy.Commercial}}
	p.grants = []*grant{p.public.rest}
	p.members = make(map[string]*member, len(p.settings.Partners))
	p.readers = make(map[string][]*class)
	p.classes = map[string]*class{p.public.key: p.public}
	own := make(map[feed.Audience]map[string][]feed.Permission)
	for i := range p.settings.Partners {
		own[p.settings.Partners[i].Audience()] = make(map[string][]feed.Permission)
	}
	for _, perm := range p.settings.Permissions {
		switch perm.Audience {
		case feed.Public:
		case feed.Partners:
			for _, granted := range own {
				granted[perm.Source] = append(granted[perm.Source], perm)
			}
		default:
			for _, who := range perm.Audience.Each() {
				if granted := own[who]; granted != nil {
					granted[perm.Source] = append(granted[perm.Source], perm)
				}
			}
		}
	}
	grants := map[string]*grant{termsOf(p.public.rest): p.public.rest}
	classes := map[string]*class{"0": p.public}
	for _, partner := range p.settings.Partners {
		m := &member{Partner: partner, channels: make(map[string]bool, len(partner.Channels)), names: make(map[string]string)}
		m.class = p.classOf(m, own[partner.Audience()], grants, classes)
		for _, id := range partner.Channels {
			m.channels[id] = true
			if !slices.Contains(p.readers[id], m.class) {
				p.readers[id] = append(p.readers[id], m.class)
			}
		}
		p.members[partner.ID] = m
	}
}

// classOf makes or finds the class of a partner that was granted something for
// some sources.
func (p *plan) classOf(m *member, granted map[string][]feed.Permission, grants map[string]*grant, classes map[string]*class) *class {
	commercial := p.settings.Policy.Commercial || !m.Noncommercial
	intern := func(list []feed.Permission) *grant {
		g := &grant{id: len(p.grants), most: m.Use, commercial: commercial, permissions: list}
		key := termsOf(g)
		if known := grants[key]; known != nil {
			return known
		}
		grants[key] = g
		if len(list) > 0 {
			g.all = append(slices.Clip(p.permissions[list[0].Source]), list...)
		}
		p.grants = append(p.grants, g)
		return g
	}
	c := &class{id: len(classes), rest: intern(nil), own: make(map[string]*grant, len(granted))}
	var ids []string
	for source, list := range granted {
		terms := make([]feed.Permission, len(list))
		for i, perm := range list {
			terms[i] = neutral(perm)
			if _, ok := m.names[terms[i].ID]; !ok {
				m.names[terms[i].ID] = perm.ID
			}
		}
		c.own[source] = intern(terms)
		ids = append(ids, fmt.Sprintf("%d", c.own[source].id))
	}
	slices.Sort(ids) // a grant is of one source, so the ids say which is whose
	key := strings.Join(append([]string{fmt.Sprintf("%d", c.rest.id)}, ids...), " ")
	if known := classes[key]; known != nil {
		return known
	}
	classes[key] = c
	h := sha256.New()
	h.Write([]byte(termsOf(c.rest)))
	for _, source := range slices.Sorted(maps.Keys(c.own)) {
		h.Write([]byte("\x00" + source + "\x00" + termsOf(c.own[source])))
	}
	c.key = hex.EncodeToString(h.Sum(nil)[:12])
	p.classes[c.key] = c
	return c
}

// termsOf tells grants apart.
func termsOf(g *grant) string {
	terms, _ := json.Marshal([]any{g.most, g.commercial, g.permissions}) // plain values
	return string(terms)
}

// decide says what may be shown of an entry under a grant. Nothing is shown of
// a source that is no longer configured: with it went what the operator said
// about its rights.
func (p *plan) decide(e *feed.Entry, g *grant, now time.Time) feed.Decision {
	if p.sources[e.Source] == nil {
		return feed.Decision{Use: feed.None, Reasons: []feed.Reason{{
			Rule: "source-not-configured", Most: feed.None,
			Text: feed.Bilingual{ID: "Sumber ini tidak lagi dikelola di sini.", EN: "This source is no longer configured here."},
		}}}
	}
	permissions := p.permissions[e.Source]
	if len(g.permissions) > 0 {
		permissions = g.all
	}
	policy := p.settings.Policy
	policy.Commercial = g.commercial
	return rights.Limit(rights.Decide(e, policy, permissions, among, now), g.most)
}
