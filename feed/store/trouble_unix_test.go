//go:build unix

package store_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"warta/feed"
)

// nobody is a user who owns nothing.
const nobody = 65534

func TestFilesThatMayNotBeWritten(t *testing.T) {
	path := filled(t)
	if os.Getuid() != 0 {
		if err := os.Chmod(path, 0o400); err != nil {
			t.Fatal(err)
		}
		err := open(path)
		if err == nil { // opened, as nothing had to be written
			err = saveOne(path)
		}
		wantError(t, err, feed.ErrUnavailable, path, "write access")
		return
	}
	// Root may write everything, so somebody else tries.
	for dir := filepath.Dir(path); dir != filepath.Dir(os.TempDir()) && dir != "/" && dir != os.TempDir(); dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for name, mode := range map[string]os.FileMode{"readable": 0o644, "unreadable": 0o600} {
		t.Run(name, func(t *testing.T) {
			if err := os.Chmod(path, mode); err != nil {
				t.Fatal(err)
			}
			out := asNobody(t, filepath.Dir(path), "saveone", path)
			for _, w := range []string{path, "can't be", "write access"} {
				if !strings.Contains(out, w) {
					t.Errorf("%q does not say %q", out, w)
				}
			}
		})
	}
	t.Run("new", func(t *testing.T) {
		out := asNobody(t, filepath.Dir(path), "saveone", filepath.Join(filepath.Dir(path), "new.db"))
		if !strings.Contains(out, "make the directory writable") {
			t.Errorf("got %q", out)
		}
	})
}

// asNobody runs this test program in a role as another user, who can't run it
// from where go test keeps it, and returns its errors.
func asNobody(t *testing.T, dir, role, database string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	exe := filepath.Join(dir, "store.test")
	if err := os.WriteFile(exe, b, 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Dir = "/"
	cmd.Env = append(os.Environ(), "WARTA_TEST_ROLE="+role, "WARTA_TEST_DATABASE="+database)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	out, err := cmd.CombinedOutput()
	if err == nil {
		t.Errorf("nobody was allowed to: %s", out)
	}
	return string(out)
}
