package render

import "io"

// MemberView is what a partner finds at the address that holds its token: the
// channels that it may read. Nobody else is shown it.
type MemberView struct {
	Head            // of the site; its Page is this page, Switch the one in the other language
	Title    string // the partner's
	Channels []Head // with the partner's own addresses
	OPML     string
}

type memberPage struct {
	page
	Channels []homeChannel
	OPML     string
}

// MemberPage writes it.
func MemberPage(w io.Writer, v MemberView) error {
	p, err := newPage(v.Site, v.Title)
	if err != nil {
		return err
	}
	p.Robots, p.Switch = "noindex", v.Switch
	out := memberPage{page: p, OPML: v.OPML}
	for i := range v.Channels {
		h := &v.Channels[i]
		out.Channels = append(out.Channels, homeChannel{
			Lang: langTag(h.Channel.Language), Page: h.Page, Title: first(h.Channel.Title, h.Channel.ID),
			Description: h.Channel.Description, Feeds: feedLinks(h),
		})
	}
	return writePage(w, "member", out)
}
