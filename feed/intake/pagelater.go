package intake

import (
	"context"
	"strings"

	"warta/feed"
	"warta/sources"
	"warta/sources/normalize"
)

// corrected is said of a story whose page carries a note of correction. The
// note itself is quoted behind it, as far as its owner's terms allow.
var corrected = feed.Bilingual{
	ID: "Media asal mencantumkan ralat atau koreksi di halaman berita ini.",
	EN: "The outlet added a correction to this story's page.",
}

// corrections are the notices for notes on a story's page that the story itself
// does not carry already, where readers are told of it.
func corrections(e *feed.Entry, v *sources.PageVisit) (list []feed.Notice) {
	if n := e.Notice; n != nil && n.Kind == feed.Withdrawal {
		return nil
	}
	var text string
	if own := e.OwnNotice(); own != nil && own.Kind == feed.Correction {
		text = sources.Letters(normalize.PlainText(e.Content.Value) + " " + normalize.PlainText(e.Summary.Value))
	}
	for i := range v.Corrections {
		c := &v.Corrections[i]
		if text != "" && strings.Contains(text, sources.Letters(c.Text)) {
			continue
		}
		when := c.When
		if when.Before(e.Published) {
			when = v.At
		}
		list = append(list, feed.Notice{
			Kind: feed.Correction, When: firstTime(when, v.At).UTC(), Reason: corrected.In(e.Language), By: byOrigin,
			URL: e.Attribution.URL, Note: feed.NoteKey(c.Text), Quote: inWords(c.Text),
		})
	}
	if len(list) > 1 {
		list = list[:1] // one reading of a page is one piece of news
	}
	return list
}

// inWords is a note as far as it is one: schema.org may say no more than that
// there was a correction, or where.
func inWords(note string) string {
	if !strings.Contains(note, " ") {
		return ""
	}
	return note
}

// amendsByPage links a story to those that its page says it corrects or
// answers, where its feed did not say which.
func (ps *Pages) amendsByPage(ctx context.Context, e *feed.Entry, v *sources.PageVisit, c *feed.PageChange) error {
	if len(e.InReplyTo) > 0 || e.Notice != nil && e.Notice.Kind == feed.Withdrawal {
		return nil
	}
	src := sources.Source{ID: e.Source, URL: e.Attribution.Source.URL}
	b := batch{src: src, at: v.At.UTC(), accepted: &sources.Accepted{}, index: newIndex(&sources.Document{}, src, nil)}
	d := feed.Draft{Entry: *e, URLKey: normalize.Key(e.Attribution.URL)}
	a := *v.Amendment
	if err := b.amends(ctx, ps.saver, &d, &a); err != nil {
		return err
	}
	for i := range min(len(d.Amends), len(d.InReplyTo)) {
		d.Amends[i].Reply = &d.InReplyTo[i]
	}
	c.Amends, c.Awaits = d.Amends, d.Awaits
	return nil
}
