// Package ledger is the form of the record of what was known, decided and
// done: an append-only chain of records, each in canonical JSON (RFC 8785) and
// sealed with SHA-256 over the seal before it, so that no record can be
// changed, moved or taken out of the middle unnoticed. docs/ledger.md describes
// it for those who verify it with other tools.
//
// Store appends to it in the transaction that makes the change. The chain shows
// that nothing was altered after somebody noted a seal; it can't show who wrote
// it.
package ledger
