package publish

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"

	"warta/feed"
	"warta/feed/curate"
	"warta/sources"
)

// plan is Settings, checked and compiled.
type plan struct {
	settings    Settings
	base        string // path of the site's address: "/" or "/warta/"
	ownHub      bool   // we are the hub of our channels, unless they name another
	rules       []*curate.Rule
	permissions map[string][]feed.Permission // granted to everybody, by source
	sources     map[string]*sources.Source

	channels map[string]int // index in settings and rules
	refs     map[string]ref // documents of channels, by path below the site's address
	public   *class
	classes  map[string]*class // by their keys
	grants   []*grant
	members  map[string]*member      // by the partner's id
	readers  map[string][]*class     // of partners whose channel it is, by channel
	digest   func() string           // see digestSettings
	terms    func() (string, []byte) // see writeTerms
}

// reserved are the names below the site's address that are no channels.
var reserved = map[string]bool{
	"entries": true, "channels": true, "healthz": true, "readyz": true, "robots": true,
	"index": true, "sources": true, "en": true, "id": true, "api": true, "p": true, "hub": true, "about": true, "takedown": true,
}

// newPlan checks settings and reports everything wrong with them at once.
func newPlan(s Settings) (*plan, error) {
	p := &plan{settings: s, ownHub: s.OwnHub, permissions: make(map[string][]feed.Permission), sources: make(map[string]*sources.Source)}
	p.digest, p.terms = sync.OnceValue(p.digestSettings), sync.OnceValues(p.writeTerms)
	var errs []error
	u, err := url.Parse(s.Site.URL)
	switch {
	case err != nil:
		errs = append(errs, fmt.Errorf("site: url: %w", err))
	case u.Scheme != "http" && u.Scheme != "https", u.Host == "", !strings.HasSuffix(u.Path, "/"), u.RawQuery != "":
		errs = append(errs, fmt.Errorf("site: url: %q is not an http or https address that ends in a slash", s.Site.URL))
	default:
		p.base = u.Path
	}
	seen := make(map[string]bool)
	p.channels = make(map[string]int, len(s.Channels))
	for i, ch := range s.Channels {
		p.channels[ch.ID] = i
		if err := checkID(ch.ID); err != nil {
			errs = append(errs, err)
		}
		if seen[ch.ID] {
			errs = append(errs, fmt.Errorf("channel %s: there are two of this id", ch.ID))
		}
		seen[ch.ID] = true
		rule, err := curate.Compile(ch)
		if err != nil {
			errs = append(errs, err)
		}
		p.rules = append(p.rules, rule)
	}
	for _, perm := range s.Permissions {
		if perm.Audience == feed.Public {
			p.permissions[perm.Source] = append(p.permissions[perm.Source], perm)
		}
	}
	for i := range s.Sources {
		p.sources[s.Sources[i].ID] = &s.Sources[i]
	}
	for _, partner := range s.Partners {
		for _, id := range partner.Channels {
			if !seen[id] {
				errs = append(errs, fmt.Errorf("partner %s: there is no channel %q", partner.ID, id))
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("%w: %w", feed.ErrInvalid, err)
	}
	p.enlist()
	p.refs = p.documentRefs()
	return p, nil
}

// checkID refuses what could not stand in a path.
func checkID(id string) error {
	if id == "" || len(id) > 64 || reserved[id] {
		return fmt.Errorf("channel %q: this can't be a channel's id; choose another", id)
	}
	for _, c := range []byte(id) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' {
			return fmt.Errorf("channel %q: an id has only a–z, 0–9, - and _", id)
		}
	}
	return nil
}
