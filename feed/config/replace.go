package config

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"warta/feed"
)

// replaceFile puts next in the place of a file in one step, if it still holds
// old. A link stays a link: the file behind it is replaced, with its mode and,
// where we may, its owner.
func replaceFile(path string, old, next []byte) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("writing %s: %w", path, err)
		}
	}()
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	info, err := os.Stat(real)
	if err != nil {
		return err
	}
	// Hidden, so that no include finds it; in the same folder, so that the
	// rename is one step.
	tmp, err := os.CreateTemp(filepath.Dir(real), ".warta-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(tmp.Name()))
		}
	}()
	_, err = tmp.Write(next)
	err = errors.Join(err, tmp.Chmod(info.Mode().Perm()), keepOwner(tmp, info), tmp.Sync(), tmp.Close())
	if err != nil {
		return err
	}
	now, err := os.ReadFile(real)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, old) {
		return fmt.Errorf("%w: it was changed meanwhile; nothing was written, try again", feed.ErrConflict)
	}
	if err := os.Rename(tmp.Name(), real); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(real))
}

// syncFolder makes a rename last through a power cut.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return nil // the file is in place; a folder that can't be opened can't be synced
	}
	// Some file systems refuse to sync a folder; the file itself is safe.
	_ = d.Sync()
	return d.Close()
}
