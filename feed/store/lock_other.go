//go:build !unix || aix || solaris

package store

import (
	"errors"
	"os"
)

// tryLockFile fails: without flock(2) two refreshes at one time can't be kept
// apart.
func tryLockFile(*os.File) error {
	return errors.New("this operating system has no lock that a crash can't leave behind; use PostgreSQL")
}

func unlockFile(*os.File) error { return nil }
