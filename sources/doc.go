// Package sources holds the words for what the world said: a Source, the
// Document fetched from it, the Items in that document, the Persons named and
// the Evidence of what their owner allows.
//
// These are nouns without I/O; the verbs live in the packages below: fetch,
// parse, normalize, evidence, amend and refresh. Nothing here knows that anything is
// ever published: package feed imports sources, never the other way round.
package sources
