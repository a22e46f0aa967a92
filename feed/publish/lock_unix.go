//go:build unix

package publish

import (
	"errors"
	"os"
	"syscall"
)

// lock keeps a second export out of the folder while this one writes. It ends
// with the process, however that ends. Where the file system has no locks,
// nothing is locked.
func lock(folder *os.File) (free bool) {
	err := syscall.Flock(int(folder.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	return !errors.Is(err, syscall.EWOULDBLOCK)
}
