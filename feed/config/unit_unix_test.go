//go:build unix

package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestPipesAndModes(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe.yaml")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip("no pipes here")
	}
	if _, err := Load(pipe, testOptions); err == nil || !strings.Contains(err.Error(), "not a regular file") {
		t.Errorf("a pipe: %v", err)
	}
	secret := filepath.Join(dir, "secret.yaml")
	if err := os.Chmod(write1(t, secret), 0); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(secret, testOptions); os.Geteuid() != 0 && !errors.Is(err, fs.ErrPermission) {
		t.Errorf("a file we may not read: %v", err)
	}
}
