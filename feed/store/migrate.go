package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"warta/feed"
)

//go:embed migrations/*.sql
var migrations embed.FS

// versionTable is goose's own; River keeps another one.
const versionTable = "schema_versions"

// migrate brings the schema up to date, or says why this program can't work
// with it. An up-to-date schema costs one query.
func (s *Store) migrate(ctx context.Context, readOnly bool) error {
	steps, newestSchema, err := carried()
	if err != nil {
		return err
	}
	var version int64
	var applied int
	// An error here is a new database, or one with deeper trouble that
	// migrating will name.
	err = s.reader.db.QueryRowContext(ctx, "select coalesce(max(version_id), 0), count(distinct version_id) from "+versionTable+" where is_applied and version_id > 0").Scan(&version, &applied)
	switch {
	case err == nil && version == newestSchema && applied == steps:
		return nil
	case version > newestSchema:
		return fmt.Errorf("opening the database: %s has schema %d and this program knows %d: a newer version wrote it; update this program: %w",
			s.name, version, newestSchema, feed.ErrInvalid)
	case err != nil && s.dialect.explain(s.name, err) != nil:
		return s.fail(err, "opening the database")
	case readOnly:
		return fmt.Errorf("opening the database: %s has schema %d and this program needs %d; run a refresh once, which brings it up to date: %w",
			s.name, version, newestSchema, feed.ErrUnavailable)
	}
	// Two processes may find a new database at the same moment. PostgreSQL
	// has a lock for it; with SQLite the later one fails on what the earlier
	// one made, and finds it done when it tries again.
	for try := 0; ; try++ {
		if err = s.up(ctx); err == nil || try == 3 || ctx.Err() != nil {
			break
		}
	}
	if err != nil {
		return s.fail(err, "bringing the database %s up to schema %d", s.name, newestSchema)
	}
	return nil
}

// carried is how many migrations this program carries, and the version of the
// last one.
func carried() (steps int, newest int64, err error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return 0, 0, err
	}
	for _, name := range names {
		v, err := goose.NumericComponent(name)
		if err != nil {
			return 0, 0, fmt.Errorf("the migration %s: %w", name, err)
		}
		newest = max(newest, v)
	}
	return len(names), newest, nil
}

func (s *Store) up(ctx context.Context) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	options := []goose.ProviderOption{
		goose.WithTableName(versionTable),
		goose.WithDisableGlobalRegistry(true),
		goose.WithAllowOutofOrder(true), // numbers are given before the work on them ends
		goose.WithLogger(goose.NopLogger()),
	}
	if s.dialect.goose == goose.DialectPostgres {
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 60))
		if err != nil {
			return err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	provider, err := goose.NewProvider(s.dialect.goose, s.writer.db, files, options...)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	_, err = provider.Up(ctx)
	return err
}
