package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"warta/feed"
	"warta/feed/config"
)

// The exit statuses, the same for every command.
const (
	exitOK      = 0
	exitFailed  = 1 // nothing could be done
	exitUsage   = 2 // the command line or the configuration is wrong
	exitPartial = 3 // some sources failed, the rest is done
)

// usageError is a command line that can't be understood.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// partialError says that some of the work failed and the rest is done.
type partialError struct{ error }

// quietError has been told to the user already.
type quietError struct{ error }

func (e quietError) Unwrap() error { return e.error }

// exitStatus is the one place where errors become exit statuses.
func exitStatus(err error) int {
	var (
		usage    usageError
		problems config.Problems
		partial  partialError
	)
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &usage), errors.As(err, &problems), errors.Is(err, feed.ErrInvalid):
		return exitUsage
	case errors.As(err, &partial):
		return exitPartial
	}
	return exitFailed
}

// message is an error as a person reads it. Problems of a configuration stand
// alone on their lines, as editors want them that jump to FILE:LINE:COLUMN.
func message(err error) string {
	var problems config.Problems
	if errors.As(err, &problems) && err.Error() == problems.Error() {
		return fmt.Sprintf("%v\nwarta: %s to mend; nothing was done", problems, count(len(problems), "problem"))
	}
	return "warta: " + sentence(err)
}

// sentence is what an error says.
func sentence(err error) string {
	if errors.Is(err, context.Canceled) {
		return "interrupted; what was finished is kept"
	}
	text := strings.TrimRight(err.Error(), "\n")
	for _, kind := range []error{feed.ErrInvalid, feed.ErrNotFound, feed.ErrConflict, feed.ErrUnavailable} {
		text = strings.TrimSuffix(text, ": "+kind.Error()) // it is for programs; the words before it say more
	}
	return text
}
