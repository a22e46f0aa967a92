package publish

import (
	"bytes"
	"cmp"
	"net/http"
	"strings"
	"time"

	"warta/feed/render"
)

// Where a partner finds what it may read, below the address that holds its
// token or by a token in the header: a page for people, at the former alone,
// and a list for readers.

// memberHeaders are those of both: nobody keeps them.
func memberHeaders(contentType string, policy []string) *headers {
	return &headers{
		contentType: []string{contentType}, cache: []string{"private, no-store"}, policy: policy,
		robots: noindex, referrer: noReferrer,
	}
}

var (
	memberPageHeaders = memberHeaders("text/html; charset=utf-8", []string{render.CSP})
	memberOPMLHeaders = memberHeaders("text/x-opml; charset=utf-8", nil)
)

// serveMemberList answers a partner with what it may read, and reports whether
// a path is that list's.
func (p *Publisher) serveMemberList(e *edition, w http.ResponseWriter, r *http.Request, c caller, path, secret string) bool {
	other := e.plan.otherLanguage() + "/"
	page := secret != "" && (path == "" || path == other)
	if !page && path != channelsPath {
		return false
	}
	site := e.plan.settings.Site
	base := site.URL
	if secret != "" {
		base += secretPath + secret + "/"
	}
	heads := c.heads(e.plan, base)
	var b bytes.Buffer
	var err error
	common := memberOPMLHeaders
	if page {
		common = memberPageHeaders
		v := render.MemberView{Head: render.Head{Site: site, Switch: base + other}, Title: cmp.Or(c.Title, c.ID), Channels: heads, OPML: base + channelsPath}
		if path == other {
			v.Site.Language, v.Switch = e.plan.otherLanguage(), base
		}
		err = render.MemberPage(&b, v)
	} else {
		err = render.ChannelsOPML(&b, site, heads, render.Atom, render.RSS, render.JSON, render.Ninjs)
	}
	if err != nil {
		p.failed(w, r, "a partner's list", c.ID, err)
		return true
	}
	d, err := newDocument(path, b.Bytes(), digestOf(b.Bytes()), time.Time{}, len(heads), common)
	if err != nil {
		p.failed(w, r, "a partner's list", c.ID, err)
		return true
	}
	d.serve(w, r, p.now())
	return true
}

// heads are the channels that a partner may read, with the addresses that it
// reads them at.
func (c caller) heads(plan *plan, base string) []render.Head {
	site := plan.settings.Site.URL
	var list []render.Head
	for i := range plan.settings.Channels {
		ch := &plan.settings.Channels[i]
		if !c.channels[ch.ID] {
			continue
		}
		head := plan.heads(ch, render.HTML)[0]
		for f, u := range head.Alternates {
			if !c.Takes(string(f)) {
				delete(head.Alternates, f)
				continue
			}
			head.Alternates[f] = base + strings.TrimPrefix(u, site)
		}
		if head.Page = base + strings.TrimPrefix(head.Page, site); !c.Takes(string(render.HTML)) {
			head.Page = ""
		}
		list = append(list, head)
	}
	return list
}
