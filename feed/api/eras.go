package api

import (
	"context"
	"errors"
	"sync"

	"warta/feed"
	"warta/feed/publish"
)

// eras remembers under which number settings are kept, and those of earlier
// times that callers were last served under.
type eras struct {
	mu     sync.Mutex
	digest string
	number int64
	terms  map[int64]*publish.Terms
}

// maxEras bounds the settings of earlier times in memory.
const maxEras = 4

// now is a stretch that ends at the request, before any entry.
func (a *API) now(ctx context.Context, r *publish.Reader) (stretch, error) {
	n, err := a.eras.present(ctx, a.Store, r)
	return stretch{At: r.Now, Terms: n}, err
}

// present is the number of the settings in force.
func (e *eras) present(ctx context.Context, s Store, r *publish.Reader) (int64, error) {
	digest, settings := r.Terms()
	e.mu.Lock()
	defer e.mu.Unlock()
	if digest != e.digest {
		n, err := s.KeepTerms(ctx, digest, settings)
		if err != nil {
			return 0, err
		}
		e.digest, e.number = digest, n
	}
	return e.number, nil
}

// past returns settings by their number; errCursor where it was never given.
func (e *eras) past(ctx context.Context, s Store, r *publish.Reader, number int64) (*publish.Terms, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if t := e.terms[number]; t != nil {
		return t, nil
	}
	settings, err := s.KeptTerms(ctx, number)
	if errors.Is(err, feed.ErrNotFound) {
		return nil, errCursor
	}
	if err != nil {
		return nil, err
	}
	t, err := r.ParseTerms(settings)
	if err != nil {
		return nil, err
	}
	if e.terms == nil || len(e.terms) >= maxEras {
		e.terms = make(map[int64]*publish.Terms)
	}
	e.terms[number] = t
	return t, nil
}
