package feed

import (
	"slices"
	"strings"
	"unicode/utf8"

	"warta/sources"
)

// maxQuote bounds what is quoted of an outlet's words in a notice, in
// characters: the sentence that corrects, not the story told anew.
const maxQuote = 300

// quotesAllowed leaves in an entry's notices what may be quoted there. A
// quotation is an excerpt: where a decision allows none there is none, and where
// the owner bounds it, it must fit whole into what the excerpt left, as half of a
// correction says something else. What the text says itself is not said twice.
func quotesAllowed(e *Entry, d Decision) {
	if !hasQuote(e) {
		return
	}
	left, said := maxQuote, ""
	if d.MaxChars > 0 {
		left = min(left, d.MaxChars-utf8.RuneCountInString(e.Excerpt))
	}
	if e.Content.Value != "" {
		said = sources.Letters(PlainText(e.Content.Value))
	}
	quotable := func(n Notice) Notice {
		switch quote := n.Quote; {
		case quote == "":
		case d.Use < Excerpt, d.Whole && e.Content.Value == "", d.MaxChars > 0 && utf8.RuneCountInString(quote) > left,
			said != "" && strings.Contains(said, sources.Letters(quote)):
			n.Quote = ""
		default:
			n.Quote = cut(quote, maxQuote)
			left -= utf8.RuneCountInString(n.Quote)
		}
		return n
	}
	later := slices.Clone(e.Later)
	for i := range later {
		same := e.Notice == &e.Later[i] // it stands for all of them
		if later[i] = quotable(later[i]); same {
			e.Notice = &later[i]
		}
	}
	if e.Later = later; e.Notice != nil && !e.isLater(e.Notice) {
		own := quotable(*e.Notice)
		e.Notice = &own
	}
}

func hasQuote(e *Entry) bool {
	return e.Notice != nil && e.Notice.Quote != "" || slices.ContainsFunc(e.Later, func(n Notice) bool { return n.Quote != "" })
}

// unquoted are notices without the words quoted in them, which may be withheld.
func unquoted(list []Notice) []Notice {
	list = slices.Clone(list)
	for i := range list {
		list[i].Quote = ""
	}
	return list
}

func unquotedNotice(n *Notice) *Notice {
	if n == nil || n.Quote == "" {
		return n
	}
	bare := *n
	bare.Quote = ""
	return &bare
}
