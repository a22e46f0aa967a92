package publish

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// manifestName is the file in an export's folder that lists what export wrote
// there. Nothing that isn't listed is ever removed.
const manifestName = ".warta-export.json"

// manifest is the content of that file.
type manifest struct {
	Version int                `json:"version"`
	Files   map[string]written `json:"files"`
}

// written is one file as it was written. An empty Digest marks one that was
// about to be written: after a crash it is ours, but in unknown state.
type written struct {
	Digest   string    `json:"digest,omitempty"`
	Size     int64     `json:"size,omitempty"`
	Packed   int64     `json:"packed,omitempty"` // size of the .gz beside it
	Modified time.Time `json:"modified,omitzero"`
}

// readManifest reads what an earlier export wrote; in a new folder nothing.
// One that can't be read is an error: to guess would mean to remove a
// stranger's files or to leave withdrawn stories lying about.
func readManifest(root *os.Root) (manifest, error) {
	m := manifest{Version: 1, Files: map[string]written{}}
	data, err := root.ReadFile(manifestName)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err != nil {
		return m, fmt.Errorf("reading %s: %w", manifestName, err)
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m, fmt.Errorf("reading %s: %w; remove that file to begin anew (files of stories no longer shown must then be removed by hand)", manifestName, err)
	}
	if m.Version != 1 {
		return m, fmt.Errorf("%s has version %d, written by a newer warta: export with that one", manifestName, m.Version)
	}
	if m.Files == nil {
		m.Files = map[string]written{}
	}
	return m, nil
}

// save writes the manifest.
func (m manifest) save(root *os.Root, now time.Time) error {
	data, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return err
	}
	return writeAtomically(root, manifestName, append(data, '\n'), now)
}
