package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
)

// Options are what a Store works with.
type Options struct {
	Now      func() time.Time // dates drafts that have no date of change; nil: time.Now
	Zone     *time.Location   // whose midnights part the days of Entry.DayPlace; nil: UTC
	ReadOnly bool             // neither create, migrate nor write
	Busy     time.Duration    // how long a writer waits for another process; 0: 10 seconds
}

// Store is an open database. It is safe for concurrent use.
type Store struct {
	name    string // the database in words fit for messages, without password
	now     func() time.Time
	zone    *time.Location
	dialect dialect
	writer  *pool
	reader  *pool
}

// dialect is all that tells one engine from the other.
type dialect struct {
	name  string // "sqlite" or "postgres"
	goose goose.Dialect
	// explain puts an engine's error into our kinds and says what to do;
	// nil: the error is not about the state of the database.
	explain func(database string, err error) error
	check   string // a statement that returns "ok" when the database is whole; empty: none
}

// Open opens a database, creates it if it is new and brings its schema up to
// date. A postgres:// address is PostgreSQL, anything else the path of a
// SQLite file.
func Open(ctx context.Context, database string, opt Options) (*Store, error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Zone == nil {
		opt.Zone = time.UTC
	}
	if opt.Busy <= 0 {
		opt.Busy = 10 * time.Second
	}
	open := openSQLite
	if IsPostgres(database) {
		open = openPostgres
	}
	s, err := open(ctx, database, opt)
	if err != nil {
		return nil, err
	}
	s.now, s.zone = opt.Now, opt.Zone
	if err := s.migrate(ctx, opt.ReadOnly); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// IsPostgres reports whether a configured database is an address of PostgreSQL.
func IsPostgres(database string) bool {
	return strings.HasPrefix(database, "postgres://") || strings.HasPrefix(database, "postgresql://")
}

// Close waits for running statements and closes the database.
func (s *Store) Close() error {
	err := s.reader.close()
	if s.writer != nil && s.writer != s.reader {
		err = errors.Join(err, s.writer.close())
	}
	if err != nil {
		return s.fail(err, "closing the database")
	}
	return nil
}

// DB is the connection that writes. With SQLite it is a single one: a
// transaction held open on it stops every other writer.
func (s *Store) DB() *sql.DB { return s.writer.db }

// Dialect is "sqlite" or "postgres".
func (s *Store) Dialect() string { return s.dialect.name }

// Name is the database in words fit for messages: a path, or an address
// without its password.
func (s *Store) Name() string { return s.name }

// Check reads the whole database and reports what is damaged.
func (s *Store) Check(ctx context.Context) error {
	if s.dialect.check == "" {
		return nil
	}
	var result string
	if err := s.reader.db.QueryRowContext(ctx, s.dialect.check).Scan(&result); err != nil {
		return s.fail(err, "checking the database")
	}
	if result != "ok" {
		return s.fail(corruptError(result), "checking the database")
	}
	return nil
}

// fail wraps an error with what was being done and, where the database itself
// is at fault, with its name and what to do.
func (s *Store) fail(err error, format string, args ...any) error {
	if explained := s.dialect.explain(s.name, err); explained != nil {
		err = explained
	}
	return fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), err)
}
