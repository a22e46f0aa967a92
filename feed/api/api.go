// Package api answers programs in JSON: channels, entries with filters, one
// entry with its revisions and rights, and a partner's own usage, described by
// OpenAPI 3.1 with errors as problem details (RFC 9457).
//
// Whoever asks sees what it would see in documents and no more: everything
// shown comes through publish.Reader, which decides and withholds. What may not
// be known of is answered like what isn't there.
package api

import (
	"context"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/klauspost/compress/gzhttp"

	"warta/feed"
	"warta/feed/publish"
)

// Store is what the API asks of the database.
type Store interface {
	ChangedSince(ctx context.Context, seq int64, limit int) ([]feed.Entry, error)
	NewestEntries(ctx context.Context, q feed.Newest) ([]feed.Entry, error)
	TurnedEntries(ctx context.Context, t feed.Turns, after, upTo int64, limit int) ([]feed.Entry, error)
	TermsSince(ctx context.Context, seq int64, limit int) ([]feed.Entry, error)
	KeepTerms(ctx context.Context, digest string, settings []byte) (int64, error)
	KeptTerms(ctx context.Context, id int64) ([]byte, error)
}

// Options are what an API gets from the program it runs in.
type Options struct {
	Publisher *publish.Publisher
	Store     Store
	Record    Record // of what partners were served; nil: none is kept
	Version   string
	Log       *slog.Logger
}

// API answers below the path api/ of the site.
type API struct {
	Options
	clock clock
	eras  eras

	mu      sync.Mutex
	site    string
	handler http.Handler // for the site of that name and address
}

// New prepares an API.
func New(o Options) *API {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &API{Options: o, clock: clock{most: mostTurned}}
}

// Before answers what is the API's and leaves the rest to another.
func (a *API) Before(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		base := a.Publisher.Base()
		rest, ours := strings.CutPrefix(r.URL.Path, base+"api")
		if base == "" || !ours || rest != "" && rest[0] != '/' {
			next.ServeHTTP(w, r)
			return
		}
		a.serve(w, r, base+"api", rest)
	})
}

// serve finds who asks and answers.
func (a *API) serve(w http.ResponseWriter, r *http.Request, prefix, rest string) {
	h := w.Header()
	h.Set("Vary", "Authorization")
	h.Set("X-Content-Type-Options", "nosniff")
	switch {
	case rest == "": // relative, so that no Host of the request is repeated
		h.Set("Location", path.Base(prefix)+"/")
		w.WriteHeader(http.StatusPermanentRedirect)
		return
	case r.Method == http.MethodOptions:
		a.preflight(w)
		return
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		h.Set("Allow", methods)
		problem(w, http.StatusMethodNotAllowed, "The API can only be read.")
		return
	case path.Clean(r.URL.Path) != strings.TrimSuffix(r.URL.Path, "/") || r.URL.RawPath != "":
		problem(w, http.StatusNotFound, "There is no such path; GET "+prefix+"/openapi.json lists them.")
		return
	}
	reader, err := a.Publisher.Reader(r)
	if err != nil {
		a.refuse(w, r, err)
		return
	}
	h.Set("X-Robots-Tag", "noindex") // copies, for programs
	if reader.Partner() != nil {
		h.Set("Cache-Control", "private, no-cache")
	} else {
		h.Set("Cache-Control", "public, max-age=30")
		h.Set("Access-Control-Allow-Origin", "*")
	}
	a.handlerFor(reader.Site(), prefix).ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), readerKey{}, reader)))
}

const methods = "GET, HEAD, OPTIONS"

func (a *API) preflight(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Allow", methods)
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Allow-Methods", methods)
	w.WriteHeader(http.StatusNoContent)
}

// refuse answers who may not ask, or not now.
func (a *API) refuse(w http.ResponseWriter, r *http.Request, err error) {
	wait, many := publish.TooMany(err)
	switch {
	case many:
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
		problem(w, http.StatusTooManyRequests, "More requests than your contract has; wait as long as Retry-After says.")
	case errors.Is(err, publish.ErrToken):
		w.Header().Set("WWW-Authenticate", `Bearer realm="warta", error="invalid_token"`)
		problem(w, http.StatusUnauthorized, "The token opens nothing here. Ask the operator, or leave it out to read what everybody may.")
	case errors.Is(err, publish.ErrStarting):
		w.Header().Set("Retry-After", "2")
		problem(w, http.StatusServiceUnavailable, "Being prepared. Try again in a moment.")
	default:
		if r.Context().Err() == nil {
			a.Log.Error("can't look up a partner's token", "error", err)
		}
		w.Header().Set("Retry-After", "10")
		problem(w, http.StatusServiceUnavailable, "Try again in a moment.")
	}
}

type readerKey struct{}

// readerOf is who asks, as serve found it.
func readerOf(ctx context.Context) *publish.Reader {
	r, _ := ctx.Value(readerKey{}).(*publish.Reader)
	return r
}

// handlerFor returns the operations under the site's present address.
func (a *API) handlerFor(site feed.Site, prefix string) http.Handler {
	a.mu.Lock()
	defer a.mu.Unlock()
	if key := site.URL + " " + site.Title; a.handler == nil || a.site != key {
		a.site, a.handler = key, a.build(site, prefix)
	}
	return a.handler
}

// build registers the operations.
func (a *API) build(site feed.Site, prefix string) http.Handler {
	config := huma.DefaultConfig(site.Title, a.Version)
	config.Info.Description = description
	config.Servers = []*huma.Server{{URL: site.URL + "api"}}
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "/openapi", "", ""
	config.CreateHooks = nil // no $schema members: they would be links into the schemas we don't serve
	config.RejectUnknownQueryParameters = true
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"bearer": {Type: "http", Scheme: "bearer", Description: "A partner's token."},
		"basic":  {Type: "http", Scheme: "basic", Description: "A partner's token as the password of any user."},
	}
	config.Security = []map[string][]string{{}, {"bearer": {}}, {"basic": {}}}
	mux := http.NewServeMux()
	api := humago.NewWithPrefix(mux, prefix, config)
	huma.Register(api, operation("list-channels", "/channels", "Channels", "The channels that you may read, with the addresses of their documents."), a.channels)
	huma.Register(api, operation("list-entries", "/entries", "Entries", entriesDescription), a.entriesTold)
	huma.Register(api, operation("get-entry", "/entries/{id}", "One entry", "An entry with its revisions, and why it is shown as it is."), a.entryTold)
	huma.Register(api, operation("get-revision", "/entries/{id}/revisions/{number}", "One revision", "An earlier state of an entry, as far as it may be shown now."), a.revision)
	huma.Register(api, operation("get-usage", "/usage", "Your usage", "A partner's contract, permissions and what it was served. Only with a token."), a.usage)
	mux.HandleFunc("GET "+prefix+"/{$}", docsPage(api.OpenAPI()))
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		problem(w, http.StatusNotFound, "There is no such path; GET "+prefix+"/openapi.json lists them.")
	})
	packed := gzhttp.GzipHandler(mux)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { packed.ServeHTTP(noStore{w}, r) })
}

func operation(id, path, summary, description string) huma.Operation {
	return huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Summary: summary, Description: description, Errors: []int{401, 404, 422, 429, 503}}
}

// internal hides an error that is ours, and tells the log.
func (a *API) internal(ctx context.Context, err error) error {
	if ctx.Err() == nil {
		a.Log.Error("the API failed", "error", err)
	}
	return huma.Error500InternalServerError("Something went wrong on our side.")
}

const description = `Channels and their entries as JSON, with whose each story is and on what terms it is shown.

Without a token you read what everybody may read; with a partner's token what that partner may. What you may not know of is answered like what isn't there.

To keep a complete copy, read /entries?after=0 and go on with the cursor that each answer gives you as "after": every entry comes once in the state it has, and again when it changes, is corrected, withdrawn or, with status "gone", may no longer be shown.`
