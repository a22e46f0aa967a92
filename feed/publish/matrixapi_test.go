package publish_test

import (
	"net/http"
	"testing"

	"warta/feed/api"
	"warta/feed/publish"
	"warta/feed/store"
)

// What is shown, over the whole matrix of evidence, permissions and audiences;
// from outside the package, as the API stands before it.
func TestMatrix(t *testing.T) {
	publish.Matrix(t, func(p *publish.Publisher, s *store.Store) http.Handler {
		return api.New(api.Options{Publisher: p, Store: s, Record: s, Version: "uji"}).Before(p)
	})
}
