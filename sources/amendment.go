package sources

import "time"

// Amendment is what a story says it does to a story published before: a
// correction, a right of reply or a withdrawal (Pedoman Pemberitaan Media Siber,
// butir 4 and 5). Which story that is, whoever keeps them finds out: only by
// what is stated here, never by likeness.
type Amendment struct {
	Kind  AmendmentKind
	Text  string // the mark, verbatim
	Where string

	// Own: the story corrects itself, by a note in it. Nothing below is set.
	Own bool

	Addresses []string // linked where it says which story it speaks of
	Linked    []string // linked elsewhere in its text
	Titles    []string // headlines it quotes, or repeats behind its mark
}

// AmendmentKind says what a story does to another.
type AmendmentKind string

const (
	Corrects  AmendmentKind = "correction"
	Replies   AmendmentKind = "right-of-reply"
	Withdraws AmendmentKind = "withdrawal"
)

// Told is what another warta tells of the later life of a story that it
// publishes: a correction, right of reply or withdrawal of whoever published it
// first. It is a claim of the feed it stands in, about its own entry.
type Told struct {
	Kind  AmendmentKind
	When  Date
	Words string // in the words of that warta
	Quote string // the outlet's own words, as far as they were passed on
	URL   string // where they stand
}

// Correction is a note on a story's own page by which its outlet says that the
// story was corrected.
type Correction struct {
	Text  string // verbatim
	Where string
	When  time.Time // when it was made, as far as is stated; zero: not known
}
