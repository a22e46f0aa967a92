// Package feed holds the words for what we publish: an Entry with its
// Attribution, the Decision on its use and the Permission behind it, the
// Channel it stands in, the Notice that corrects or withdraws it.
//
// An Item (package sources) is what a source said; an Entry is what we
// publish. The verbs live below: intake admits, rights decides, curate
// selects, store keeps, render writes and publish serves. What a Decision does
// not allow is removed in one place, withhold.go. The zero Decision allows
// nothing.
package feed
