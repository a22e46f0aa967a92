// Package storetest opens empty stores for tests, on both engines: SQLite
// always, PostgreSQL where WARTA_TEST_POSTGRES names a server or its programs
// are installed.
package storetest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"warta/feed/store"
)

// Each runs a test on every engine, with the address of an empty database.
func Each(t *testing.T, test func(t *testing.T, database string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// SQLite is the path of a database that does not exist yet.
func SQLite(t testing.TB) string { return filepath.Join(t.TempDir(), "warta.db") }

var schemas atomic.Int64

// Postgres is the address of an empty schema, dropped when the test ends. The
// test is skipped where there is no server, except in CI.
func Postgres(t testing.TB) string {
	t.Helper()
	server, why := shared.address()
	if why != "" {
		if os.Getenv("CI") == "true" {
			t.Fatalf("PostgreSQL must be tested in CI: %s", why)
		}
		t.Skip(why)
	}
	u, err := url.Parse(server)
	if err != nil {
		t.Fatalf("WARTA_TEST_POSTGRES: %v", err)
	}
	schema := fmt.Sprintf("warta_test_%d_%d", os.Getpid(), schemas.Add(1))
	run(t, server, "create schema "+schema)
	t.Cleanup(func() { run(t, server, "drop schema "+schema+" cascade") })
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}

func run(t testing.TB, server, statement string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		t.Fatalf("connecting to PostgreSQL: %v", err)
	}
	defer conn.Close(ctx) //nolint:errcheck // a test's connection
	if _, err := conn.Exec(ctx, statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// Open opens a store that is closed when the test ends.
func Open(t testing.TB, database string) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), database, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}
