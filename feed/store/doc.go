// Package store keeps what the product knows in SQL: the entries with their
// revisions, the states of sources, which entries stand in which channel and
// what was published last.
//
// SQLite in one file is the default, PostgreSQL the other engine. Both run
// the same SQL, in the common part of their languages: $n placeholders,
// upsert with returning, times as UTC milliseconds in bigint. What differs is
// how a database is opened, locked and how its errors read; that is in
// sqlite.go and postgres.go.
//
// Everything that belongs together is written in one transaction, so that a
// process killed at any moment leaves whole entries or none.
package store
