package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"warta/feed"
)

// readers is how many connections read side by side with the one that writes.
const readers = 4

// openSQLite opens the file with one connection that writes and some that
// read. In WAL mode readers see the last commit and wait for nobody; NORMAL
// loses nothing when the process dies, and at a power cut at most the last
// commits, never the database.
func openSQLite(ctx context.Context, path string, opt Options) (*Store, error) {
	s := &Store{name: path, dialect: dialect{
		name:    "sqlite",
		goose:   "sqlite3",
		explain: explainSQLite,
		check:   "pragma integrity_check(1)",
	}}
	if err := prepareFile(path, opt.ReadOnly); err != nil {
		return nil, err
	}
	var err error
	if s.reader, err = openFile(path, opt.Busy, readers, "ro", "cache_size(-2000)"); err != nil {
		return nil, s.fail(err, "opening the database")
	}
	s.writer = s.reader
	if opt.ReadOnly {
		return s, nil
	}
	// Pages of 8 KB hold an ordinary entry whole, two at a time, and a log of
	// 16 MB keeps pages that many batches touch from being copied after each:
	// a sixth less work than with SQLite's own 4 KB and 4 MB.
	s.writer, err = openFile(path, opt.Busy, 1, "rw", "page_size(8192)", "cache_size(-8000)", "wal_autocheckpoint(2000)",
		"journal_size_limit(67108864)", "synchronous(normal)", "foreign_keys(1)", "temp_store(memory)")
	if err == nil {
		err = useWAL(ctx, s.writer.db)
	}
	if err != nil {
		return nil, errors.Join(s.fail(err, "opening the database"), s.Close())
	}
	return s, nil
}

// openFile escapes the path, which may hold any character, for SQLite's URIs.
func openFile(path string, busy time.Duration, conns int, mode string, pragmas ...string) (*pool, error) {
	q := url.Values{"mode": {mode}, "_txlock": {"immediate"}, "_busy_timeout": {strconv.FormatInt(busy.Milliseconds(), 10)}, "_dqs": {"0"}, "_pragma": pragmas}
	if mode == "ro" {
		q.Set("_txlock", "deferred")
	}
	u := url.URL{Path: filepath.ToSlash(filepath.Clean(path))}
	db, err := sql.Open("sqlite", "file:"+u.EscapedPath()+"?"+q.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return newPool(db), nil
}

// useWAL asks for the write-ahead log, which is set once and stays with the
// file. Setting it needs the file to itself, so it is not set again.

func useWAL(ctx context.Context, db *sql.DB) error {
	var mode string
	if err := db.QueryRowContext(ctx, "pragma journal_mode").Scan(&mode); err != nil || mode == "wal" {
		return err
	}
	if err := db.QueryRowContext(ctx, "pragma journal_mode = wal").Scan(&mode); err != nil {
		return err
	}
	if mode != "wal" {
		return fmt.Errorf("%w: the file system does not support SQLite's write-ahead log (journal mode stays %s); put the database on a local disk", feed.ErrUnavailable, mode)
	}
	return nil
}

// prepareFile says early and in plain words what SQLite reports as "unable to
// open database file", and makes a new file readable to its owner and group
// only: the database will hold what partners authenticate with.
func prepareFile(path string, readOnly bool) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return fmt.Errorf("opening the database: %s is a directory; name a file, such as %s: %w", path, filepath.Join(path, "warta.db"), feed.ErrInvalid)
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("opening the database: %w: %w", err, feed.ErrUnavailable)
	case readOnly:
		return fmt.Errorf("opening the database: %s does not exist yet; the first refresh makes it: %w", path, feed.ErrNotFound)
	}
	dir := filepath.Dir(path)
	if _, err := os.Stat(dir); err != nil {
		return fmt.Errorf("opening the database: the directory %s can't be used (%w); create it first: %w", dir, err, feed.ErrUnavailable)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o640)
	if err != nil {
		return fmt.Errorf("creating the database: %w; make the directory writable for this user: %w", err, feed.ErrUnavailable)
	}
	return f.Close()
}

// explainSQLite puts SQLite's result codes (https://www.sqlite.org/rescode.html)
// into our kinds.
func explainSQLite(name string, err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		var c corruptError
		if errors.As(err, &c) {
			return fmt.Errorf("the database %s is damaged (%w); %s: %w", name, err, repair, feed.ErrUnavailable)
		}
		return nil
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fmt.Errorf("the database %s is being written by another process (%w); wait for it, or end it: %w", name, err, feed.ErrConflict)
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("no space is left for the database %s (%w); free some and run again, what was stored is intact: %w", name, err, feed.ErrUnavailable)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		return fmt.Errorf("the database %s can't be written (%w); give this user write access to the file and its directory: %w", name, err, feed.ErrUnavailable)
	case sqlite3.SQLITE_CANTOPEN:
		return fmt.Errorf("the database %s can't be opened (%w); give this user access to the file and write access to its directory: %w", name, err, feed.ErrUnavailable)
	case sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%s is not a SQLite database (%w); name another file, or restore it from a backup: %w", name, err, feed.ErrInvalid)
	case sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("the database %s is damaged (%w); %s: %w", name, err, repair, feed.ErrUnavailable)
	case sqlite3.SQLITE_IOERR:
		return fmt.Errorf("the disk failed for the database %s (%w); check the disk and its free space: %w", name, err, feed.ErrUnavailable)
	}
	return nil
}

// repair is what to do about a damaged file.
const repair = "restore a backup, or save what can be read with: sqlite3 FILE .recover"

// corruptError is what a check found wrong.
type corruptError string

func (e corruptError) Error() string { return string(e) }
