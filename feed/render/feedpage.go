package render

import (
	"io"

	"warta/feed"
)

// FeedView is what a browser sees that opens the address of a feed: what that
// is, how to subscribe, and the newest headlines. Readers of feeds never see
// it.
type FeedView struct {
	Head
	Format Format
	Volume string       // name of the archive document, "" for the feed itself
	Latest []feed.Shown // already withheld; what would lose its attribution is left out
}

type feedPage struct {
	page
	Format, Address, Page, Channel, ContentLang string
	Archive                                     bool
	Others                                      []feedLink
	Latest                                      []homeStory
	Second                                      *pageWords // the other language
}

// FeedPage writes the page that stands for a feed in a browser. It speaks both
// languages, as it has one address.
func FeedPage(w io.Writer, v FeedView) error {
	channel := first(oneLine(v.Channel.Title), v.Channel.ID)
	title := channel + " (" + v.Format.Name() + ")"
	if v.Volume != "" {
		title = channel + " " + v.Volume + " (" + v.Format.Name() + ")"
	}
	p, err := newPage(v.Site, title)
	if err != nil {
		return err
	}
	p.Robots, p.Canonical = "noindex", v.Page
	links := feedLinks(&v.Head)
	p.Feeds = discoverable(links)
	other := v.Site
	other.Language = p.W.OtherLang
	out := feedPage{
		page: p, Format: v.Format.Name(), Address: v.Self, Page: v.Page, Channel: channel,
		ContentLang: langTag(v.Channel.Language), Archive: v.Volume != "", Second: pageWordsFor(&other),
	}
	for _, l := range links {
		if l.Label != v.Format.Name() || v.Volume != "" {
			out.Others = append(out.Others, l)
		}
	}
	for _, s := range v.Latest {
		if x, err := gather(&s.Entry, &s.Decision, &v.Site); err == nil {
			out.Latest = append(out.Latest, homeStory{differs(first(x.lang, undetermined), p.W.Lang), x.link, x.title, x.source.Title, p.W.moment(s.Entry.Published)})
		}
	}
	return writePage(w, "feed", out)
}
