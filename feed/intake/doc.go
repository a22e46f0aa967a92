// Package intake admits what sources said: it turns Items into Entries with
// their attribution complete (RFC 4287 sections 4.2.1 and 4.2.11, RFC 4946
// section 2.4), finds out which of them are new, changed or known, and guards
// what is stored against the accidents of feeds.
//
// The identity of an entry is its source and its original id, for ever. What
// feeds do to that is in identity.go; what makes a new revision in digest.go;
// what a source takes back in withdraw.go. An entry that a document no longer
// has stays: feeds are windows, and an emptied one says nothing.
package intake
