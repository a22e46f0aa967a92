package publish

import (
	"net/http"
	"strings"

	"warta/feed"
	"warta/feed/render"
)

// entriesPath is where the pages about entries are, below the site's address.
const entriesPath = "entries/"

// edition is everything served at one time. It never changes.
type edition struct {
	plan      *plan
	documents map[string]*document // by the whole path of a request
	entries   string               // path of the pages about entries
	secret    string               // path of the addresses that hold a token
	channels  []standing           // those that everybody may know of
	stocks    map[string]*stock    // what channels have for partners
}

// standing is what a channel shows, for the pages that say where an entry
// stands.
type standing struct {
	channel feed.Channel
	shown   []string
}

// newEdition puts the documents where requests look for them.
func (p *Publisher) newEdition(documents map[string]*document) *edition {
	e := &edition{
		plan:      p.plan,
		documents: make(map[string]*document, len(documents)),
		entries:   p.plan.base + entriesPath,
		secret:    p.plan.base + secretPath,
		stocks:    make(map[string]*stock),
	}
	for path, d := range documents {
		e.documents[p.plan.base+path] = d
	}
	for _, c := range p.channels {
		if !c.Private {
			e.channels = append(e.channels, standing{c.Channel, c.shown})
		}
		if c.stock != nil {
			e.stocks[c.ID] = c.stock
		}
	}
	return e
}

// The headers of each kind of document.
var (
	formatHeaders = map[render.Format]*headers{
		render.Atom:  negotiated(feedHeaders(render.Atom.ContentType())),
		render.RSS:   negotiated(feedHeaders(render.RSS.ContentType())),
		render.JSON:  negotiated(feedHeaders(render.JSON.ContentType())),
		render.Ninjs: negotiated(feedHeaders(render.Ninjs.ContentType())),
		render.HTML:  pageHeaders(),
	}
	opmlHeaders = feedHeaders("text/x-opml; charset=utf-8")
	textHeaders = &headers{contentType: []string{"text/plain; charset=utf-8"}, cache: []string{freshness}}
)

// negotiated: a browser that opens the address of a feed gets a page instead.
func negotiated(h *headers) *headers {
	h.vary = varyAccept
	return h
}

func headersOf(f render.Format) *headers { return formatHeaders[f] }

// Handler answers HTTP requests.
func (p *Publisher) Handler() http.Handler { return p }

// ServeHTTP finds the document of a path. Paths are looked up as they are: one
// with dots or doubled slashes is simply not there.
func (p *Publisher) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e := p.edition.Load()
	if e == nil {
		p.serveBefore(w, r)
		return
	}
	if p.hub != nil && r.URL.Path == e.plan.base+hubPath {
		p.hub.ServeHTTP(w, r)
		return
	}
	if rest, ok := strings.CutPrefix(r.URL.Path, e.secret); ok {
		p.serveSecret(e, w, r, rest)
		return
	}
	if p.serveTakedown(e, w, r) {
		return
	}
	reading := r.Method == http.MethodGet || r.Method == http.MethodHead
	if reading && r.Header["Authorization"] != nil && p.serveBearer(e, w, r) {
		return
	}
	d := e.documents[r.URL.Path]
	if !reading {
		otherMethod(w, r, d)
		return
	}
	if d != nil {
		if of, ok := p.pageOf(e, r, d); ok {
			p.serveFeedPage(e, w, r, of)
			return
		}
		d.serve(w, r, p.now())
		return
	}
	p.serveOther(e, w, r)
}

// methods is what every path allows.
const methods = "GET, HEAD, OPTIONS"

// otherMethod answers what is neither GET nor HEAD. A browser asks with
// OPTIONS before a script of another site may send If-None-Match to a feed.
func otherMethod(w http.ResponseWriter, r *http.Request, d *document) {
	h := w.Header()
	h.Set("Allow", methods)
	if r.Method != http.MethodOptions {
		problem(w, r, http.StatusMethodNotAllowed)
		return
	}
	if d != nil && d.common.cors != nil {
		h["Access-Control-Allow-Origin"] = anyOrigin
		h.Set("Access-Control-Allow-Methods", methods)
		h.Set("Access-Control-Allow-Headers", "If-None-Match, If-Modified-Since, Cache-Control, A-IM")
		h.Set("Access-Control-Max-Age", "86400")
	}
	w.WriteHeader(http.StatusNoContent)
}

// serveOther answers for what is no ready document.
func (p *Publisher) serveOther(e *edition, w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	if id, ok := strings.CutPrefix(path, e.entries); ok {
		p.serveEntry(e, w, r, id)
		return
	}
	below, ours := strings.CutPrefix(path, e.plan.base)
	if id, ok := strings.CutPrefix(below, sourcesFolder); ok && ours {
		p.serveSource(e, w, r, id)
		return
	}
	if ours && p.serveVolume(e, w, r, below) {
		return
	}
	if s, ok := e.opmlOf(below); ok && ours {
		p.serveChannelOPML(e, w, r, s)
		return
	}
	switch path {
	case "/healthz", e.plan.base + "healthz":
		p.serveHealth(w)
	case "/readyz", e.plan.base + "readyz":
		p.serveReady(w, r)
	default:
		if d := e.documents[path+"/"]; d != nil && path != "" {
			// The address is ours: the path alone decides, not the Host sent.
			w.Header()["Cache-Control"] = d.common.cache
			w.Header().Set("Location", path+"/")
			w.WriteHeader(http.StatusPermanentRedirect)
			return
		}
		problem(w, r, http.StatusNotFound)
	}
}

// serveBefore answers while the first documents are being made.
func (p *Publisher) serveBefore(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasSuffix(r.URL.Path, "/healthz"):
		p.serveHealth(w)
	case strings.HasSuffix(r.URL.Path, "/readyz"):
		p.serveReady(w, r)
	default:
		w.Header().Set("Retry-After", "2")
		problem(w, r, http.StatusServiceUnavailable)
	}
}

// serveHealth says that the process answers.
func (p *Publisher) serveHealth(w http.ResponseWriter) {
	plainAnswer(w, http.StatusOK, "ok\n")
}

// serveReady says whether the process does its work.
func (p *Publisher) serveReady(w http.ResponseWriter, r *http.Request) {
	if err := p.Ready(r.Context()); err != nil {
		plainAnswer(w, http.StatusServiceUnavailable, err.Error()+"\n")
		return
	}
	plainAnswer(w, http.StatusOK, "ok\n")
}

func plainAnswer(w http.ResponseWriter, status int, text string) {
	h := w.Header()
	h["Content-Type"] = textHeaders.contentType
	h["X-Content-Type-Options"] = nosniff
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write([]byte(text)) // an error means that the client left
}
