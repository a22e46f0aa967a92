package config

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// settle is how long files must be quiet: editors write in several steps.
	settle = 200 * time.Millisecond
	// patience is how long a file that never is quiet is waited for.
	patience = 2 * time.Second
)

// Watch calls onChange, one call at a time, whenever the content of the files
// has become another, until ctx is done. The files may be patterns of include
// (see Config.Watched), so that a new file counts as a change. Their folders
// are watched, because editors put a new file in the place of the old one, and
// mounted configurations change the target of a link; so are those of the
// files that links lead to.
//
// Watch goes on after a change. Whoever reloads meanwhile misses nothing, and
// starts another Watch only where the files are others.
func Watch(ctx context.Context, files []string, onChange func()) error {
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watching the configuration: %w; send SIGHUP to reload it", err)
	}
	defer events.Close()
	w := &watcher{files: files, events: events}
	if err := w.watchFolders(); err != nil {
		return fmt.Errorf("watching the configuration: %w; send SIGHUP to reload it", err)
	}
	w.sum = w.digest()
	return w.run(ctx, onChange)
}

type watcher struct {
	files  []string // and patterns
	behind []string // where links among them lead, as of the last look
	events *fsnotify.Watcher
	sum    [sha256.Size]byte
}

func (w *watcher) run(ctx context.Context, onChange func()) error {
	timer := time.NewTimer(settle)
	timer.Stop()
	defer timer.Stop()
	var first time.Time // of the events not yet looked at
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case e, ok := <-w.events.Events:
			if !ok {
				return ctx.Err()
			}
			if !w.concerns(e.Name) {
				continue
			}
			now := time.Now()
			if first.IsZero() {
				first = now
			}
			timer.Reset(min(settle, max(0, patience-now.Sub(first))))
		case _, ok := <-w.events.Errors:
			if !ok {
				return ctx.Err()
			}
			timer.Reset(settle) // events may be lost: look for ourselves
		case <-timer.C:
			first = time.Time{}
			// A folder that was away may be back; one that can't be watched now
			// is tried again with the next event.
			_ = w.watchFolders()
			if sum := w.digest(); sum != w.sum {
				w.sum = sum
				onChange()
			}
		}
	}
}

// watchFolders watches the folder of each file, or the nearest above that is
// there.
func (w *watcher) watchFolders() error {
	var failed error
	watched := w.events.WatchList()
	w.behind = w.behind[:0]
	for _, f := range w.files {
		if real, err := filepath.EvalSymlinks(f); err == nil && filepath.Clean(f) != real {
			w.behind = append(w.behind, real)
		}
	}
	for _, f := range slices.Concat(w.files, w.behind) {
		dir := filepath.Dir(f)
		for strings.ContainsAny(dir, "*?[") {
			dir = filepath.Dir(dir)
		}
		for {
			if slices.Contains(watched, filepath.Clean(dir)) && exists(dir) {
				break
			}
			err := w.events.Add(dir)
			if err == nil {
				watched = append(watched, filepath.Clean(dir))
				break
			}
			if up := filepath.Dir(dir); exists(dir) || up == dir {
				failed = err
				break
			}
			dir = filepath.Dir(dir)
		}
	}
	return failed
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// concerns reports whether an event may be about one of the files: itself, a
// folder above it, or the hidden link by which mounted configurations are
// exchanged. The database, written all the time, may stand in the same folder.
func (w *watcher) concerns(name string) bool {
	name = filepath.Clean(name)
	if strings.HasPrefix(filepath.Base(name), "..") {
		return true
	}
	for _, f := range slices.Concat(w.files, w.behind) {
		if f = filepath.Clean(f); f == name || strings.HasPrefix(f, name+string(filepath.Separator)) {
			return true
		}
		if ok, err := filepath.Match(f, name); ok && err == nil && !isHidden(name, f) {
			return true
		}
	}
	return false
}

// digest sums up the content of all files, in order. A file that can't be
// read counts as empty.
func (w *watcher) digest() (sum [sha256.Size]byte) {
	h := sha256.New()
	for _, f := range w.files {
		paths := []string{f}
		if strings.ContainsAny(f, "*?[") {
			if found, err := filepath.Glob(f); err == nil {
				slices.Sort(found)
				paths = found
			}
		}
		for _, p := range paths {
			if isHidden(p, f) {
				continue
			}
			b, problem := readFile(p)
			if problem != nil {
				b = nil
			}
			inner := sha256.Sum256(b)
			fmt.Fprintf(h, "%s\x00%t\x00%x\n", p, problem == nil, inner)
		}
	}
	h.Sum(sum[:0])
	return sum
}
