package feed

import "warta/sources"

// Withhold gives the entry as a Decision allows it to be shown, and whether
// anything may be shown at all. Every entry passes here on its way out; what is
// removed here reaches nobody. The entry given is not changed.
//
// Byline, source, link home, notices and rights (Attribution) are never
// removed: what may be shown at all is shown with whose it is.
func Withhold(e Entry, d Decision) (Entry, bool) {
	// Words that were never meant for readers: the source's and the editors'.
	e.Removed, e.Desk = nil, nil

	// Nothing may be shown. Of a story that was withdrawn the notice remains.
	withdrawn := e.Notice != nil && e.Notice.Kind == Withdrawal
	if (d.Use <= None || d.Use > Full) && !withdrawn {
		return Entry{}, false
	}
	if withdrawn {
		d = Decision{}
		e.Title, e.Categories, e.InReplyTo, e.Points, e.Shapes = "", nil, nil, nil, nil
		e.Later = nil
	}

	// The text only where all of it may be shown.
	text := d.Use == Full
	if !text {
		e.Content = sources.Text{}
	}

	// An excerpt only where the text may be cut; never more than is allowed.
	switch {
	case d.Use < Excerpt, d.Whole && !text:
		e.Summary, e.Excerpt = sources.Text{}, ""
	case d.Whole:
		e.Excerpt = "" // our cut; the owner's own summary is whole
	case !text:
		e.Excerpt = cut(firstOf(e.Excerpt, PlainText(e.Summary.Value)), d.MaxChars)
		e.Summary = sources.Text{}
	}

	quotesAllowed(&e, d)

	// Images only where images may be shown, and none without whose it is.
	e.Image, e.Media = creditedImages(e.Image, e.Media, &d)
	e.Enclosures = allowedFiles(e.Enclosures, e.Image, e.Media, d.Enclosures)
	s := stripper{keep: func(address string) bool { return shown(address, e.Image, e.Media) }, files: d.Enclosures}
	e.Content.Value, e.Summary.Value = withoutMedia(e.Content.Value, s), withoutMedia(e.Summary.Value, s)
	e.Excerpt = withoutFiles(e.Excerpt, s)
	return e, true
}
