package config

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// watching starts Watch and returns where its calls arrive, once it is ready:
// a change is made until one is seen.
func watching(t *testing.T, files ...string) <-chan struct{} {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	calls := make(chan struct{}, 10)
	done := make(chan error, 1)
	go func() { done <- Watch(ctx, files, func() { calls <- struct{}{} }) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("Watch ended with %v", err)
		}
	})
	retry := time.NewTicker(300 * time.Millisecond)
	defer retry.Stop()
	for n := byte('a'); ; n++ {
		put(t, files[0], "ready: "+string(n))
		select {
		case <-calls:
			return calls
		case <-retry.C:
		}
	}
}

func put(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func expectCall(t *testing.T, calls <-chan struct{}, what string) {
	t.Helper()
	select {
	case <-calls:
	case <-time.After(5 * time.Second):
		t.Fatalf("%s was not noticed", what)
	}
}

// expectNone changes something unmistakable after what must go unnoticed, and
// wants one call only.
func expectNone(t *testing.T, calls <-chan struct{}, main, what string) {
	t.Helper()
	select {
	case <-calls:
		t.Fatalf("%s counted as a change", what)
	case <-time.After(3 * settle):
	}
	put(t, main, "after "+what)
	expectCall(t, calls, "the change after "+what)
}

func TestWatch(t *testing.T) {
	dir := write(t, map[string]string{"warta.yaml": "a", "sources/a.yaml": "a"})
	main, included := filepath.Join(dir, "warta.yaml"), filepath.Join(dir, "sources", "a.yaml")
	calls := watching(t, main, included, filepath.Join(dir, "sources", "*.yaml"), filepath.Join(dir, "later", "*.yaml"))

	put(t, main, "b")
	expectCall(t, calls, "a write")

	put(t, filepath.Join(dir, "warta.yaml~"), "c")
	if err := os.Rename(filepath.Join(dir, "warta.yaml~"), main); err != nil {
		t.Fatal(err)
	}
	expectCall(t, calls, "an editor's rename")

	put(t, filepath.Join(dir, "sources", "b.yaml"), "new")
	expectCall(t, calls, "a new included file")

	if err := os.Remove(filepath.Join(dir, "sources", "b.yaml")); err != nil {
		t.Fatal(err)
	}
	expectCall(t, calls, "a removed file")

	if err := os.Remove(main); err != nil {
		t.Fatal(err)
	}
	expectCall(t, calls, "the removal of the main file")
	put(t, main, "back")
	expectCall(t, calls, "the return of the main file")

	put(t, main, "back")
	expectNone(t, calls, main, "the same content")
	put(t, filepath.Join(dir, "warta.db-wal"), "x")
	expectNone(t, calls, main, "the database")
	put(t, filepath.Join(dir, "sources", ".#c.yaml"), "x")
	expectNone(t, calls, main, "an editor's lock file")

	if err := os.Mkdir(filepath.Join(dir, "later"), 0o755); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, "later", "a.yaml"), "x")
	expectCall(t, calls, "a file in a folder that came later")
}

// TestWatchMounted changes files as Kubernetes does: by the target of a link.
func TestWatchMounted(t *testing.T) {
	dir := write(t, map[string]string{"..1/warta.yaml": "a", "..2/warta.yaml": "b"})
	link := func(target, name string) {
		t.Helper()
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Skip("no symbolic links here")
		}
	}
	link("..1", "..data")
	link(filepath.Join("..data", "warta.yaml"), "warta.yaml")
	calls := watching(t, filepath.Join(dir, "warta.yaml"))
	link("..2", "..new")
	if err := os.Rename(filepath.Join(dir, "..new"), filepath.Join(dir, "..data")); err != nil {
		t.Fatal(err)
	}
	expectCall(t, calls, "the link's new target")
}

func TestWatchRelative(t *testing.T) {
	t.Chdir(write(t, map[string]string{"warta.yaml": "a"}))
	calls := watching(t, "warta.yaml")
	put(t, "warta.yaml", "b")
	expectCall(t, calls, "a write")
}
