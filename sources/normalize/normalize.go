// Package normalize turns what a source said into tidy Items: dates, persons
// with their roles, datelines, agencies, provenance, clean links (RFC 3986),
// sanitized HTML, plain titles, excerpts and language.
//
// It is a chain of small steps, each a pure function in a file of its own.
// The words of a story are never changed: only whole lines that a rule names
// go, and each is listed in Item.Removed. What is not understood stays
// unknown; nothing is made up.
package normalize

import (
	"time"

	"warta/sources"
)

// Options is what normalizing needs to know besides the document.
type Options struct {
	Source sources.Source
	Now    time.Time // when the document was fetched; zero: dates are not compared with it
	Rules  *Rules    // nil: those that come with warta, and the source's own
}

func (o *Options) rules() *Rules {
	if o.Rules == nil {
		return Builtin()
	}
	return o.Rules
}

// Document tidies a document's head and every item, in place.
func Document(doc *sources.Document, opt Options) {
	if opt.Rules == nil && len(opt.Source.Debris) > 0 {
		opt.Rules = Builtin().WithPatterns(opt.Source.Debris)
	}
	head(doc, opt)
	for i := range doc.Items {
		Item(&doc.Items[i], doc, opt)
	}
	if doc.Partial != nil {
		Item(doc.Partial, doc, opt)
	}
}

// head tidies what is said of the document as a whole.
func head(doc *sources.Document, opt Options) {
	base := &resolver{chain: [4]string{doc.Base, doc.URL}}
	doc.Language = languageTag(doc.Language)
	doc.Title = titleText(doc.Title, "", "")
	doc.Subtitle = titleText(doc.Subtitle, "", "")
	doc.Link = base.orSame(doc.Link)
	doc.FeedURL = base.orSame(doc.FeedURL)
	doc.Next = base.orSame(doc.Next)
	doc.Archive = base.orSame(doc.Archive)
	doc.Icon = base.orSame(doc.Icon)
	absoluteLinks(doc.Links, base)
	absoluteLicences(doc.Licenses, base)
	if doc.Image != nil {
		doc.Image.URL = base.orSame(doc.Image.URL)
	}
	absolutePersons(doc.Authors, base)
	absolutePersons(doc.Contributors, base)
	doc.Authors = tidyPersons(doc.Authors, "author", "")
	doc.Contributors = tidyPersons(doc.Contributors, "contributor", "")
	date(&doc.Updated, opt, "")
	for i := range doc.Tombstones {
		date(&doc.Tombstones[i].When, opt, "")
	}
}

// Item tidies one item of doc, in place. Doing it again changes nothing.
func Item(it *sources.Item, doc *sources.Document, opt Options) {
	it.Language = languageTag(it.Language)
	outlet := opt.Source.Name(doc.Title.Value)
	if it.Origin != nil && it.Origin.Title != "" {
		outlet = it.Origin.Title // it is that one's story
	}
	links(it, doc)
	it.Title = titleText(it.Title, outlet, it.URL)

	story := readText(&it.Content, it, doc, opt)
	summary := readText(&it.Summary, it, doc, opt)
	language(it, doc, opt, story, summary)
	local := isLocal(it.Language)
	facts := story.facts(outlet, local)
	facts.merge(summary.facts(outlet, local))

	dates(it, opt)
	persons(it, facts, outlet)
	images(it, story, summary)
	advertorial(it, facts)
	it.Excerpt = excerpt(story, summary, opt.rules())
	if it.Excerpt == "" && (story.quiet() || summary.quiet()) {
		it.Signals = append(it.Signals, sources.Signal{Name: "data-nosnippet", Markup: "data-nosnippet", Where: "text"})
	}
}
