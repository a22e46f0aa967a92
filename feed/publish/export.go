package publish

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"warta/feed"
)

// Exported counts the documents of an export.
type Exported struct {
	Written, Unchanged, Removed int
	Refused                     []Refusal
}

// Export brings everything up to date and writes it to dir as static files
// under the paths it is served at, with a .gz beside each. Only what changed is
// written, each file whole or not at all; what is no longer published is
// removed if an earlier export wrote it.
func (p *Publisher) Export(ctx context.Context, dir string) (Exported, error) {
	report, err := p.Update(ctx)
	if err != nil {
		return Exported{}, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return Exported{}, fmt.Errorf("exporting to %s: %w", dir, err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return Exported{}, fmt.Errorf("exporting to %s: %w", dir, err)
	}
	defer root.Close()
	folder, err := root.Open(".")
	if err != nil {
		return Exported{}, fmt.Errorf("exporting to %s: %w", dir, err)
	}
	defer folder.Close()
	if !lock(folder) {
		return Exported{}, fmt.Errorf("exporting to %s: %w: another export is writing there; wait for its end", dir, feed.ErrConflict)
	}
	docs, err := p.everything(ctx)
	if err != nil {
		return Exported{}, fmt.Errorf("exporting to %s: %w", dir, err)
	}
	e := exporter{root: root, now: p.now()}
	done, err := e.run(ctx, docs)
	done.Refused = report.Refused
	if err != nil {
		return done, fmt.Errorf("exporting to %s: %w", dir, err)
	}
	return done, nil
}

// exporter writes documents into one folder, and nowhere else: os.Root keeps
// links inside it from leading out.
type exporter struct {
	root *os.Root
	now  time.Time
}

// run writes in three steps, so that a crash in any of them leaves only whole
// files, each known to be ours: the list of what will be there, the files, the
// list of what is.
func (e exporter) run(ctx context.Context, docs []*document) (Exported, error) {
	var done Exported
	old, err := readManifest(e.root)
	if err != nil {
		return done, err
	}
	final := manifest{Version: 1, Files: make(map[string]written, len(docs))}
	intent := manifest{Version: 1, Files: make(map[string]written, len(docs))}
	for name, w := range old.Files {
		intent.Files[name] = w
	}
	var changed []*document
	for _, d := range docs {
		name := fileName(d.path)
		if before, ok := old.Files[name]; ok && e.unchanged(name, before, d) {
			final.Files[name] = before
			done.Unchanged++
			continue
		}
		changed = append(changed, d)
		intent.Files[name] = written{}
	}
	gone := missing(old, final, changed)
	if len(changed) == 0 && len(gone) == 0 {
		return done, nil
	}
	if err := intent.save(e.root, e.now); err != nil {
		return done, err
	}
	if err := e.write(ctx, changed, final); err != nil {
		return done, err
	}
	done.Written = len(changed)
	for _, name := range gone {
		if err := e.remove(name); err != nil {
			return done, err
		}
		done.Removed++
	}
	return done, final.save(e.root, e.now)
}

// missing lists what was there and is no longer published.
func missing(old, kept manifest, changed []*document) []string {
	current := make(map[string]bool, len(changed))
	for _, d := range changed {
		current[fileName(d.path)] = true
	}
	var gone []string
	for name := range old.Files {
		if _, ok := kept.Files[name]; !ok && !current[name] {
			gone = append(gone, name)
		}
	}
	slices.Sort(gone)
	return gone
}

// write writes documents side by side, since most of the time goes into
// waiting for the disk.
func (e exporter) write(ctx context.Context, docs []*document, into manifest) error {
	results := make([]written, len(docs))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(8)
	for i, d := range docs {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			w, err := e.document(d)
			results[i] = w
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for i, d := range docs {
		into.Files[fileName(d.path)] = results[i]
	}
	return nil
}

// document writes one document and its packed form beside it.
func (e exporter) document(d *document) (written, error) {
	plain, err := d.plain()
	if err != nil {
		return written{}, err
	}
	name := fileName(d.path)
	if folder := path.Dir(name); folder != "." {
		if err := e.root.MkdirAll(folder, 0o755); err != nil {
			return written{}, fmt.Errorf("making folder %s: %w", folder, err)
		}
	}
	if err := writeAtomically(e.root, name, plain, d.modified); err != nil {
		return written{}, err
	}
	if err := writeAtomically(e.root, name+".gz", d.gz, d.modified); err != nil {
		return written{}, err
	}
	return written{Digest: d.digest, Size: int64(len(plain)), Packed: int64(len(d.gz)), Modified: d.modified}, nil
}

// unchanged reports whether the file is there as the last export left it, and
// as this one would write it.
func (e exporter) unchanged(name string, before written, d *document) bool {
	if before.Digest != d.digest || !before.Modified.Equal(d.modified) {
		return false
	}
	return e.is(name, before.Size, before.Modified) && e.is(name+".gz", before.Packed, before.Modified)
}

func (e exporter) is(name string, size int64, modified time.Time) bool {
	info, err := e.root.Lstat(name)
	return err == nil && info.Mode().IsRegular() && info.Size() == size && info.ModTime().Equal(modified)
}

// remove deletes a file, its packed form, and its folder when that is empty.
func (e exporter) remove(name string) error {
	base := path.Join(path.Dir(name), "."+path.Base(name))
	for _, n := range []string{name + ".gz", name, base + ".tmp", base + ".gz.tmp"} {
		if err := e.root.Remove(n); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("removing %s: %w", n, err)
		}
	}
	for folder := path.Dir(name); folder != "."; folder = path.Dir(folder) {
		if e.root.Remove(folder) != nil {
			break // not empty
		}
	}
	return nil
}

// fileName is where a path is found as a file: a page is the index of its
// folder.
func fileName(p string) string {
	switch {
	case p == "" || strings.HasSuffix(p, "/"):
		return p + "index.html"
	case strings.HasPrefix(p, entriesPath):
		return p + "/index.html"
	}
	return p
}

// writeAtomically puts a file in place whole: another process sees the old
// bytes or the new ones, and so does the next start after a power cut.
func writeAtomically(root *os.Root, name string, data []byte, modified time.Time) (err error) {
	temporary := path.Join(path.Dir(name), "."+path.Base(name)+".tmp") // one a crash left is written over
	defer func() {
		if err != nil {
			root.Remove(temporary)
			err = fmt.Errorf("writing %s: %w", name, err)
		}
	}()
	f, err := root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = cmp.Or(err, f.Sync())
	err = cmp.Or(err, f.Close())
	if err != nil {
		return err
	}
	if err := root.Chtimes(temporary, modified, modified); err != nil {
		return err
	}
	if err := root.Rename(temporary, name); err != nil {
		return err
	}
	return syncFolder(root, path.Dir(name))
}

// syncFolder makes a rename lasting.
func syncFolder(root *os.Root, folder string) error {
	d, err := root.Open(folder)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
