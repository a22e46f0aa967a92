package store_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/store"
	"warta/feed/store/storetest"
)

// wantError checks an error's kind and that it says the words.
func wantError(t *testing.T, err, kind error, words ...string) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Errorf("got %v; want the kind %q", err, kind)
		return
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%q does not say %q", err, w)
		}
	}
}

func open(path string) error {
	s, err := store.Open(context.Background(), path, store.Options{})
	if err == nil {
		err = s.Close()
	}
	return err
}

func filled(t *testing.T) string {
	t.Helper()
	path := storetest.SQLite(t)
	s, err := store.Open(context.Background(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var drafts []feed.Draft
	for n := range 200 {
		drafts = append(drafts, storetest.Draft("pemkab", n))
	}
	save(t, s, drafts...)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestNoDatabase(t *testing.T) {
	path := storetest.SQLite(t)
	if err := os.WriteFile(path, []byte(strings.Repeat("<rss>not a database</rss>\n", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	wantError(t, open(path), feed.ErrInvalid, path, "not a SQLite database", "name another file")
}

func TestDirectoryForADatabase(t *testing.T) {
	dir := t.TempDir()
	wantError(t, open(dir), feed.ErrInvalid, dir, "is a directory")
	wantError(t, open(filepath.Join(dir, "no", "warta.db")), feed.ErrUnavailable, "create it first")
}

func TestDamagedDatabase(t *testing.T) {
	path := filled(t)
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	junk := []byte(strings.Repeat("\xde\xad\xbe\xef", 1024))
	for at := int64(4096); at < info.Size(); at += 4096 {
		if at/4096%3 == 0 {
			if _, err := f.WriteAt(junk, at); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	s, err := store.Open(ctx, path, store.Options{})
	if err == nil {
		defer s.Close()
		if err = s.Check(ctx); err != nil {
			wantError(t, err, feed.ErrUnavailable, path, "is damaged", "restore a backup")
		}
		_, err = s.ChangedSince(ctx, 0, 1000)
	}
	wantError(t, err, feed.ErrUnavailable, path, "is damaged", "restore a backup")
}

// A file cut off in the middle, as a full disk or a broken copy leaves it.
func TestTruncatedDatabase(t *testing.T) {
	path := filled(t)
	if err := os.Truncate(path, 40960); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	s, err := store.Open(ctx, path, store.Options{})
	if err == nil {
		defer s.Close()
		err = s.Check(ctx)
	}
	wantError(t, err, feed.ErrUnavailable, path, "damaged")
}

func TestNewerSchema(t *testing.T) {
	path := filled(t)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("insert into schema_versions (version_id, is_applied) values (99, 1)"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	wantError(t, open(path), feed.ErrInvalid, path, "schema 99", "update this program")
}

// Another program holds the file; it is waited for, then named.
func TestDatabaseThatAnotherProcessWrites(t *testing.T) {
	path := filled(t)
	ctx := context.Background()
	s, err := store.Open(ctx, path, store.Options{Busy: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	other, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	other.SetMaxOpenConns(1)
	if _, err := other.Exec("begin immediate"); err != nil {
		t.Fatal(err)
	}
	err = s.Save(ctx, []feed.Draft{storetest.Draft("other", 1)})
	wantError(t, err, feed.ErrConflict, path, "another process")
	if _, err := s.ChangedSince(ctx, 0, 10); err != nil {
		t.Errorf("reading must go on: %v", err)
	}
	if _, err := other.Exec("rollback"); err != nil {
		t.Fatal(err)
	}
	save(t, s, storetest.Draft("other", 1))
}

func TestFullDisk(t *testing.T) {
	path := filled(t)
	ctx := context.Background()
	s, err := store.Open(ctx, path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	// SQLite says SQLITE_FULL for a file that may not grow as for a full disk.
	if _, err := s.DB().Exec("pragma max_page_count = 1"); err != nil {
		t.Fatal(err)
	}
	last, err := s.LastSeq(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var drafts []feed.Draft
	for n := range 200 {
		drafts = append(drafts, storetest.Draft("other", n))
	}
	wantError(t, s.Save(ctx, drafts), feed.ErrUnavailable, path, "no space", "free some")
	list, err := s.ChangedSince(ctx, 0, 1000)
	now, err2 := s.LastSeq(ctx)
	if err != nil || err2 != nil || len(list) != 200 || now != last {
		t.Errorf("%d entries and change %d after a failed batch: %v, %v", len(list), now, err, err2)
	}
}

func TestReadOnly(t *testing.T) {
	ctx := context.Background()
	storetest.Each(t, func(t *testing.T, database string) {
		s := storetest.Open(t, database)
		d := storetest.Draft("pemkab", 1)
		save(t, s, d)
		ro, err := store.Open(ctx, database, store.Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		defer ro.Close()
		if _, err := ro.Entry(ctx, d.ID); err != nil {
			t.Error(err)
		}
		wantError(t, ro.Save(ctx, []feed.Draft{storetest.Draft("pemkab", 2)}), feed.ErrUnavailable, "can't be written")
	})
	_, err := store.Open(ctx, storetest.SQLite(t), store.Options{ReadOnly: true})
	wantError(t, err, feed.ErrNotFound, "does not exist yet")
}

func TestPostgresThatIsNotThere(t *testing.T) {
	err := open("postgres://warta:secret-word@127.0.0.1:1/warta")
	wantError(t, err, feed.ErrUnavailable, "127.0.0.1:1/warta", "check that it runs")
	if strings.Contains(err.Error(), "secret-word") {
		t.Errorf("the password is in %q", err)
	}
	wantError(t, open("postgres://warta@:port/x y"), feed.ErrInvalid)
}
