package recheck

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/url"
	"slices"
	"strings"
	"time"

	"warta/sources"
	"warta/sources/amend"
	"warta/sources/evidence"
	"warta/sources/fetch"
	"warta/sources/page"
)

// maxBody bounds a page, in bytes.
const maxBody = 4 << 20

// believe304 is how long a page is taken to be unchanged on its server's word.
const believe304 = 3 * 24 * time.Hour

// answer is what one page said.
type answer struct {
	page    sources.Page
	suspect sources.Suspicion
	err     error // it said nothing about the story
	after   time.Time
	trouble bool // the whole site is likely to fail in the same way
	changed bool
	fresh   []sources.Correction // notes of correction that weren't there before
	amends  *sources.Amendment
}

// ask visits one page. What the site says for all of its pages is in files.
func (c *Checker) ask(ctx context.Context, p sources.Page, files *hostFiles) answer {
	now := c.opt.Now()
	a := answer{page: p}
	st := &a.page.State
	st.Visited = now
	req := fetch.Request{URL: p.URL, Accept: "text/html, application/xhtml+xml;q=0.9, */*;q=0.1", Robots: true, MaxBody: maxBody}
	if age := now.Sub(st.Read); age >= 0 && age < believe304 {
		req.ETag, req.LastModified, req.BodyHash = st.ETag, st.LastModified, st.Hash
	}
	resp, err := c.opt.Getter.Get(ctx, req)
	var fe *fetch.Error
	switch {
	case errors.As(err, &fe) && len(fe.Redirects) > 0 && !sameSite(p.URL, fe.URL):
		a.err = fmt.Errorf("the page leads to another site, which fails: %w", err)
	case errors.As(err, &fe) && fe.Kind == fetch.Gone:
		a.suspect = sources.PageGone
	case errors.As(err, &fe) && fe.Kind == fetch.NotFound:
		a.suspect = sources.PageMissing
	case errors.As(err, &fe):
		a.err, a.after = err, fe.RetryAfter
		a.trouble = fetch.IsKind(err, fetch.DNS, fetch.TLS, fetch.Network, fetch.Timeout, fetch.Server, fetch.Throttled)
	case err != nil:
		a.err = err
	case !sameSite(p.URL, resp.URL):
		a.err = fmt.Errorf("the page %s leads to another site: %s", p.URL, resp.URL)
	case isHome(resp.URL) && !isHome(p.URL):
		a.suspect = sources.PageHome
	default:
		c.read(ctx, &a, resp, files, now)
	}
	return a
}

// read takes in what a page says that answered.
func (c *Checker) read(ctx context.Context, a *answer, resp *fetch.Response, files *hostFiles, now time.Time) {
	st := &a.page.State
	var found []sources.Evidence
	switch {
	case resp.NotModified: // header and body as they were
		found = without(a.page.Evidence, ofHost)
	case resp.Unchanged:
		found = without(a.page.Evidence, inHeader, ofHost)
	case isHTML(resp.ContentType):
		var later amend.Later
		body := page.UTF8(resp.Body, resp.ContentType)
		if !isHome(resp.URL) { // the home page speaks of many stories
			later = amend.Page(body, resp.URL, a.page.Title)
		}
		if amend.WithdrawnTitle(body) || later.TakenBack != "" {
			a.suspect = sources.PageMarked
			return
		}
		a.fresh, a.amends = remember(st, later.Corrections, now), later.Amendment
		found = evidence.Page(body, resp.URL)
	}
	if !resp.NotModified {
		for _, ev := range evidence.Header(resp.Header, resp.URL) {
			ev.Where = "page " + ev.Where
			found = append(found, ev)
		}
		st.Read = now
	}
	found = append(found, files.say(a.page.URL)...)
	found = append(found, c.licences(ctx, found, a.page.URL, files)...)
	st.ETag, st.LastModified, st.Hash = resp.ETag, resp.LastModified, resp.Hash
	if len(resp.Redirects) > 0 && resp.URL != a.page.URL {
		st.ETag, st.LastModified = "", "" // they belong to another address
	}
	for i := range found {
		found[i].At = now.UTC().Truncate(time.Millisecond)
		if j := slices.IndexFunc(a.page.Evidence, found[i].Same); j >= 0 && !a.page.Evidence[j].At.IsZero() {
			found[i].At = a.page.Evidence[j].At // when it was first read
		}
	}
	a.changed = !slices.EqualFunc(found, a.page.Evidence, sources.Evidence.Same)
	a.page.Evidence = found
}

// without is evidence but for that of some places.
func without(list []sources.Evidence, places ...string) (kept []sources.Evidence) {
	for _, ev := range list {
		if !slices.ContainsFunc(places, func(place string) bool { return strings.HasPrefix(ev.Where, place) }) {
			kept = append(kept, ev)
		}
	}
	return kept
}

// Where evidence of a page stands that is not in its body.
const (
	inHeader = "page header "
	ofHost   = "host "
)

func isHTML(contentType string) bool {
	t, _, err := mime.ParseMediaType(contentType)
	return err != nil || t == "" || strings.HasPrefix(t, "text/") || t == "application/xhtml+xml"
}

// isHome reports whether an address is a site's home page.
func isHome(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.RawQuery != "" {
		return false
	}
	switch strings.ToLower(strings.Trim(u.Path, "/")) {
	case "", "index.html", "index.htm", "index.php", "home", "beranda", "id", "en":
		return true
	}
	return false
}

// sameSite reports whether two addresses are on one host, in whatever dress.
func sameSite(a, b string) bool {
	x, err := url.Parse(a)
	if err != nil {
		return false
	}
	y, err := url.Parse(b)
	return err == nil && plain(x) == plain(y)
}

func plain(u *url.URL) string {
	host := strings.ToLower(u.Hostname())
	for _, dress := range [...]string{"www.", "m.", "amp.", "mobile."} {
		if rest, ok := strings.CutPrefix(host, dress); ok && strings.Contains(rest, ".") {
			return rest + ":" + u.Port()
		}
	}
	return host + ":" + u.Port()
}
