package recheck

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"warta/sources"
	"warta/sources/fetch"
)

// site is the pages of one host that are due.
type site struct {
	host  string // host and port, lower case
	root  string // the home page
	pages []sources.Page
}

// byHost groups pages by their own host, in order of first appearance. What is
// no web address is left out.
func byHost(pages []sources.Page) []site {
	var list []site
	at := make(map[string]int)
	for _, p := range pages {
		u, err := url.Parse(p.URL)
		if err != nil || u.Host == "" {
			continue
		}
		host := strings.ToLower(u.Host)
		i, ok := at[host]
		if !ok {
			i = len(list)
			at[host] = i
			list = append(list, site{host: host, root: u.Scheme + "://" + u.Host})
		}
		list[i].pages = append(list[i].pages, p)
	}
	return list
}

// visitSite visits pages of one host, one after another, and keeps what they
// said; only then, in a second step, what follows for stories whose withdrawal
// was confirmed.
func (c *Checker) visitSite(ctx context.Context, s site) (changed int, err error) {
	files, err := c.filesOf(ctx, s)
	if err != nil {
		return 0, err
	}
	answers := c.askAll(ctx, s.pages, files)
	sick := c.sick(ctx, s, answers)
	if ctx.Err() != nil && sick != "" {
		return 0, ctx.Err() // an interrupted look at the site says nothing
	}
	// What was read is kept even when the rest is interrupted.
	ctx = context.WithoutCancel(ctx)
	now := c.opt.Now()
	visits, results := make([]sources.PageVisit, len(answers)), make([]Result, len(answers))
	for i := range answers {
		visits[i], results[i] = settle(&answers[i], sick, now)
		if v := &visits[i]; v.Changed || len(v.Corrections) > 0 || v.Amendment != nil {
			changed++
		}
	}
	if len(visits) == 0 {
		return 0, nil
	}
	if err := c.opt.Keeper.KeepPages(ctx, visits); err != nil {
		return 0, fmt.Errorf("keeping what the pages of %s said: %w", s.host, err)
	}
	n, err := c.believe(ctx, visits, results, sick, now)
	if err != nil {
		return changed, err
	}
	if c.opt.Done != nil {
		for _, r := range results {
			c.opt.Done(r)
		}
	}
	return changed + n, nil
}

// askAll visits pages until the site turns out to be in trouble; those left
// then wait.
func (c *Checker) askAll(ctx context.Context, pages []sources.Page, files *hostFiles) []answer {
	var answers []answer
	troubles := 0
	for i, p := range pages {
		if c.pause(ctx) != nil {
			return answers
		}
		a := c.ask(ctx, p, files)
		if ctx.Err() != nil {
			return answers // an interrupted visit says nothing about the page
		}
		answers = append(answers, a)
		if !a.trouble {
			troubles = 0
			continue
		}
		if troubles++; troubles < 2 && a.after.IsZero() {
			continue
		}
		for _, rest := range pages[i+1:] {
			answers = append(answers, answer{page: rest, err: fmt.Errorf("not asked, as the site is in trouble: %w", a.err), after: a.after, trouble: true})
		}
		return answers
	}
	return answers
}

// sick says why what looks withdrawn is not counted this time: a site that is
// down or being rebuilt withdraws nothing.
func (c *Checker) sick(ctx context.Context, s site, answers []answer) string {
	suspect, well := 0, 0
	for i := range answers {
		switch a := &answers[i]; {
		case a.suspect != sources.Unsuspected:
			suspect++
		case a.err == nil:
			well++
		}
	}
	switch {
	case suspect == 0:
		return ""
	case suspect > few && suspect > well:
		return fmt.Sprintf("%d of the %d pages that answered look withdrawn, which is taken for trouble of the site", suspect, suspect+well)
	case c.pause(ctx) != nil:
		return "interrupted"
	}
	resp, err := c.opt.Getter.Get(ctx, fetch.Request{URL: s.root + "/", Accept: "text/html, */*;q=0.1", Robots: true, MaxBody: maxBody})
	switch {
	case fetch.IsKind(err, fetch.Robots, fetch.TooLarge) && well > 0:
		return ""
	case err != nil:
		return fmt.Sprintf("the site's home page fails too: %v", err)
	case !sameSite(s.root, resp.URL):
		return "the site's home page leads to another site: " + resp.URL
	}
	return ""
}

// settle brings a page's state up to date with what it said.
func settle(a *answer, sick string, now time.Time) (sources.PageVisit, Result) {
	p := &a.page
	st := &p.State
	res := Result{Source: p.Source, URL: p.URL, Err: a.err, Changed: a.changed, Suspicion: a.suspect}
	switch {
	case a.err != nil:
		st.Failures++
		st.LastError = short(a.err.Error())
		st.Next = retry(p, now, a.after)
	case a.suspect != sources.Unsuspected && pardoned(st, a.suspect):
		res.Suspicion = sources.Unsuspected
		st.Failures, st.LastError, st.Answered = 0, "", now
		acquit(st)
		st.Next = NextVisit(p, now)
	case a.suspect != sources.Unsuspected && sick != "":
		st.Failures++
		st.LastError = short(sick)
		st.Next = retry(p, now, time.Time{})
		res.Held, res.Times = sick, st.Times
	case a.suspect != sources.Unsuspected:
		st.Failures, st.LastError, st.Answered = 0, "", now
		doubt(st, a.suspect, now)
		st.Next = nextProof(p, now)
		res.Times = st.Times
	default:
		st.Failures, st.LastError, st.Answered = 0, "", now
		acquit(st)
		st.Pardoned = sources.Unsuspected
		st.Next = NextVisit(p, now)
	}
	res.Next = st.Next
	res.Corrected = len(a.fresh) > 0
	return sources.PageVisit{Page: *p, At: now, Changed: a.changed, Corrections: a.fresh, Amendment: a.amends}, res
}

// believe finds the stories whose withdrawal is proved while their site is
// well, and has them withdrawn.
func (c *Checker) believe(ctx context.Context, visits []sources.PageVisit, results []Result, sick string, now time.Time) (int, error) {
	var withdrawn []sources.PageVisit
	for i := range visits {
		v := visits[i]
		if results[i].Suspicion == sources.Unsuspected || sick != "" || !proved(&v.Page.State, now) {
			continue
		}
		answered, suspect, err := c.opt.Keeper.SuspectPages(ctx, v.Page.Source, now.Add(-lately))
		if err != nil {
			return 0, fmt.Errorf("comparing the pages of %s: %w", v.Page.Source, err)
		}
		if results[i].Held = siteWide(v.Page.State.Suspicion, answered, suspect); results[i].Held != "" {
			continue
		}
		v.Corrections, v.Amendment = nil, nil
		v.Withdrawn, v.Page.State.Next = v.Page.State.Suspicion, time.Time{}
		results[i].Withdrawn, results[i].Next = true, time.Time{}
		withdrawn = append(withdrawn, v)
	}
	if len(withdrawn) == 0 {
		return 0, nil
	}
	if err := c.opt.Keeper.KeepPages(ctx, withdrawn); err != nil {
		return 0, fmt.Errorf("withdrawing %d stories: %w", len(withdrawn), err)
	}
	return len(withdrawn), nil
}

func short(s string) string { return s[:min(len(s), 300)] }
