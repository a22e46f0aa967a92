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

// newestSchema is the version of the last migration this program carries.
const newestSchema = 5

// versionTable is goose's own; River keeps another one.
const versionTable = "schema_versions"

// migrate brings the schema up to date, or says why this program can't work
// with it. An up-to-date schema costs one query.
func (s *Store) migrate(ctx context.Context, readOnly bool) error {
	var version int64
	// An error here is a new database, or one with deeper trouble that
	// migrating will name.
	err := s.reader.db.QueryRowContext(ctx, "select coalesce(max(version_id), 0) from "+versionTable+" where is_applied").Scan(&version)
	switch {
	case err == nil && version == newestSchema:
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

func (s *Store) up(ctx context.Context) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	options := []goose.ProviderOption{
		goose.WithTableName(versionTable),
		goose.WithDisableGlobalRegistry(true),
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
