package publish

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path"
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
	e := exporter{root: root, now: p.now().UTC().Truncate(time.Second)}
	err = e.run(ctx, p.everything(ctx))
	e.done.Refused = report.Refused
	if err != nil {
		return e.done, fmt.Errorf("exporting to %s: %w", dir, err)
	}
	return e.done, nil
}

// exporter writes documents into one folder, and nowhere else: os.Root keeps
// links inside it from leading out.
type exporter struct {
	root *os.Root
	now  time.Time
	old  manifest // what is there
	new  manifest // what will be
	done Exported
}

// chunk is how many documents are held at a time.
const chunk = 1000

// run writes in three steps, so that a crash in any of them leaves only whole
// files, each known to be ours: the list of what will be there, the files, the
// list of what is.
func (e *exporter) run(ctx context.Context, documents iter.Seq2[*document, error]) error {
	var err error
	if e.old, err = readManifest(e.root); err != nil {
		return err
	}
	e.new = manifest{Version: 1, Files: make(map[string]written, len(e.old.Files))}
	var changed []*document
	for d, err := range documents {
		if err != nil {
			return err
		}
		name := fileName(d.path)
		if before, ok := e.old.Files[name]; ok && e.unchanged(name, before, d) {
			e.new.Files[name] = before
			e.done.Unchanged++
			continue
		}
		if changed = append(changed, d); len(changed) == chunk {
			if err := e.write(ctx, changed); err != nil {
				return err
			}
			changed = changed[:0]
		}
	}
	if err := e.write(ctx, changed); err != nil {
		return err
	}
	if err := e.clean(); err != nil {
		return err
	}
	if e.done.Written+e.done.Removed == 0 {
		return nil
	}
	return e.new.save(e.root, e.now)
}

// clean removes what was there and is no longer published.
func (e *exporter) clean() error {
	for name := range e.old.Files {
		if _, ok := e.new.Files[name]; ok {
			continue
		}
		if err := e.remove(name); err != nil {
			return err
		}
		e.done.Removed++
	}
	return nil
}

// write writes changed documents side by side, since most of the time goes
// into waiting for the disk.
func (e *exporter) write(ctx context.Context, docs []*document) error {
	if len(docs) == 0 {
		return nil
	}
	for _, d := range docs {
		e.old.Files[fileName(d.path)] = written{}
	}
	if err := e.old.save(e.root, e.now); err != nil {
		return err
	}
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
		e.new.Files[fileName(d.path)] = results[i]
	}
	e.done.Written += len(docs)
	return nil
}

// document writes one document and its packed form beside it.
func (e *exporter) document(d *document) (written, error) {
	plain, err := d.plain()
	if err != nil {
		return written{}, err
	}
	modified := d.modified
	if modified.IsZero() {
		modified = e.now
	}
	name := fileName(d.path)
	if folder := path.Dir(name); folder != "." {
		if err := e.root.MkdirAll(folder, 0o755); err != nil {
			return written{}, fmt.Errorf("making folder %s: %w", folder, err)
		}
	}
	if err := writeAtomically(e.root, name, plain, modified); err != nil {
		return written{}, err
	}
	if err := writeAtomically(e.root, name+".gz", d.gz, modified); err != nil {
		return written{}, err
	}
	return written{Digest: d.digest, Size: int64(len(plain)), Packed: int64(len(d.gz)), Modified: modified}, nil
}

// unchanged reports whether the file is there as the last export left it, and
// as this one would write it.
func (e *exporter) unchanged(name string, before written, d *document) bool {
	if before.Digest != d.digest || (!d.modified.IsZero() && !before.Modified.Equal(d.modified)) {
		return false
	}
	return e.is(name, before.Size, before.Modified) && e.is(name+".gz", before.Packed, before.Modified)
}

func (e *exporter) is(name string, size int64, modified time.Time) bool {
	info, err := e.root.Lstat(name)
	return err == nil && info.Mode().IsRegular() && info.Size() == size && info.ModTime().Equal(modified)
}

// remove deletes a file, its packed form, and its folder when that is empty.
func (e *exporter) remove(name string) error {
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
