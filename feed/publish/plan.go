package publish

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/curate"
	"warta/feed/rights"
	"warta/sources"
)

// plan is Settings, checked and compiled.
type plan struct {
	settings    Settings
	base        string // path of the site's address: "/" or "/warta/"
	rules       []*curate.Rule
	permissions map[string][]feed.Permission // by source
	sources     map[string]*sources.Source
}

// reserved are the names below the site's address that are no channels.
var reserved = map[string]bool{
	"entries": true, "channels": true, "healthz": true, "readyz": true, "robots": true,
	"index": true, "sources": true, "en": true, "id": true, "api": true, "p": true, "about": true, "takedown": true,
}

// newPlan checks settings and reports everything wrong with them at once.
func newPlan(s Settings) (*plan, error) {
	p := &plan{settings: s, permissions: make(map[string][]feed.Permission), sources: make(map[string]*sources.Source)}
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
	for _, ch := range s.Channels {
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
		p.permissions[perm.Source] = append(p.permissions[perm.Source], perm)
	}
	for i := range s.Sources {
		p.sources[s.Sources[i].ID] = &s.Sources[i]
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("%w: %w", feed.ErrInvalid, err)
	}
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

// decide says what everybody may see of an entry. Nothing is shown of a source
// that is no longer configured: with it went what the operator said about its
// rights.
func (p *plan) decide(e *feed.Entry, now time.Time) feed.Decision {
	if p.sources[e.Source] == nil {
		return feed.Decision{Use: feed.None, Reasons: []feed.Reason{{
			Rule: "source-not-configured", Most: feed.None,
			Text: feed.Bilingual{ID: "Sumber ini tidak lagi dikelola di sini.", EN: "This source is no longer configured here."},
		}}}
	}
	return rights.Decide(e, p.settings.Policy, p.permissions[e.Source], feed.Public, now)
}
