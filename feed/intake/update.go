package intake

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"warta/feed"
	"warta/sources/normalize"
)

// When an update is significant, so that readers are told of it with its date.
// Whitespace, letter case, punctuation and what normalizing takes away (adverts,
// furniture) never are; nor is a mended letter. Whatever changes a number is,
// since numbers are facts. Revisions are kept of all changes alike.
const (
	// fewLetters is how many letters may be mended in a word.
	fewLetters = 2
	// fewWords is how many words may come and go in a text.
	fewWords = 4
)

// updateWords say what changed.
var updateWords = map[[2]bool]feed.Bilingual{
	{true, false}: {ID: "Media asal mengubah judul berita ini.", EN: "The outlet changed this story's headline."},
	{false, true}: {ID: "Media asal mengubah isi berita ini.", EN: "The outlet changed this story's text."},
	{true, true}:  {ID: "Media asal mengubah judul dan isi berita ini.", EN: "The outlet changed this story's headline and text."},
}

// updates tells readers of a significant change of a story that was stored.
func (b *batch) updates(ctx context.Context, saver Saver, d *feed.Draft) error {
	if d.Notice != nil && d.Notice.Kind == feed.Withdrawal {
		return nil
	}
	was, err := saver.Entry(ctx, d.ID)
	if errors.Is(err, feed.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("comparing entry %s with what it was: %w", d.ID, err)
	}
	title, text := significant(&was, &d.Entry)
	if !title && !text {
		return nil
	}
	when := b.at
	if d.Updated.After(was.LastChange()) && d.Updated.Before(b.at) {
		when = d.Updated
	}
	d.Happened = append(d.Happened, feed.Notice{
		Kind: feed.Update, When: when, Reason: updateWords[[2]bool{title, text}].In(d.Language), By: byOrigin,
	})
	return nil
}

// significant compares two states of a story.
func significant(was, is *feed.Entry) (title, text bool) {
	title = differ(words(was.Title), words(is.Title), 0)
	a, b := was.Content.Value, is.Content.Value
	if a == "" || b == "" {
		if a != b {
			return title, false // the feed began or ceased to carry the text
		}
		a, b = was.Summary.Value, is.Summary.Value
	}
	return title, a != b && differ(words(normalize.PlainText(a)), words(normalize.PlainText(b)), fewWords)
}

// differ reports whether more than a few words came or went, or a number. A
// word with a letter mended is none that came.
func differ(a, b []string, few int) bool {
	counts := make(map[string]int, len(a))
	for _, w := range a {
		counts[w]++
	}
	var came []string
	for _, w := range b {
		if counts[w]--; counts[w] < 0 {
			came = append(came, w)
		}
	}
	var went []string
	for w, n := range counts {
		for ; n > 0; n-- {
			went = append(went, w)
		}
	}
	if len(came)+len(went) > 200 {
		return true
	}
	changed := 0
	for _, w := range came {
		mended := -1
		for i, v := range went {
			if near(v, w) {
				mended = i
				break
			}
		}
		switch {
		case mended >= 0:
			went = append(went[:mended], went[mended+1:]...)
		case isNumeral(w):
			return true
		default:
			changed++
		}
	}
	for _, w := range went {
		if isNumeral(w) {
			return true
		}
		changed++
	}
	return changed > few
}

// words are what a text says, without case and punctuation.
func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func isNumeral(w string) bool { return strings.ContainsAny(w, "0123456789") }

// near reports whether one word is the other with a few letters mended. Numbers
// and short words are never near.
func near(a, b string) bool {
	if isNumeral(a) || isNumeral(b) || len(a) < 4 || len(b) < 4 || len(a)-len(b) > fewLetters || len(b)-len(a) > fewLetters {
		return false
	}
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diagonal
			if x[i] != y[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(y)] <= fewLetters
}
