package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/render"
)

// secretPath begins the addresses that hold a token, for readers that can send
// no credentials.
const secretPath = "p/"

// privateHeaders are those of what a partner is served: for its eyes, kept by
// no cache that others share, in no index, and never asked for by scripts of
// other sites.
func privateHeaders(of *headers) *headers {
	h := *of
	h.cache, h.cors, h.robots, h.referrer = privately, nil, noindex, noReferrer
	return &h
}

var (
	privately  = []string{"private, no-cache"}
	noindex    = []string{"noindex"}
	noReferrer = []string{"no-referrer"}
)

// privateOnes are the headers of partners' documents, by those that
// everybody's would have: what owners ask of machines is asked of partners too.
var privateOnes = func() map[*headers]*headers {
	m := make(map[*headers]*headers, len(formatHeaders)+len(wished))
	for _, h := range formatHeaders {
		m[h] = privateHeaders(h)
	}
	for _, h := range wished {
		m[h] = privateHeaders(h)
	}
	return m
}()

func privateOf(common *headers) *headers {
	if h := privateOnes[common]; h != nil {
		return h
	}
	return privateHeaders(common)
}

// serveSecret answers below an address that holds a token. Everything that is
// not a good token's document is answered alike.
func (p *Publisher) serveSecret(e *edition, w http.ResponseWriter, r *http.Request, rest string) {
	w.Header()["Referrer-Policy"] = noReferrer
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		otherMethod(w, r, nil)
		return
	}
	secret, path, ok := strings.Cut(rest, "/")
	if !ok || r.URL.RawPath != "" { // nothing of ours has to be escaped in an unusual way
		problem(w, r, http.StatusNotFound)
		return
	}
	c, err := p.access.identify(r, secret, e.plan, p.now())
	if err != nil {
		p.refuse(w, r, err)
		return
	}
	if c.member == nil || !p.serveMember(e, w, r, c, path, secret) {
		problem(w, r, http.StatusNotFound)
	}
}

// serveBearer answers who sends a token with an ordinary address, and reports
// whether it did: what is not the partner's is answered as to anybody.
func (p *Publisher) serveBearer(e *edition, w http.ResponseWriter, r *http.Request) bool {
	c, err := p.access.identify(r, secretOf(r), e.plan, p.now())
	if err != nil {
		p.refuse(w, r, err)
		return true
	}
	path, ok := strings.CutPrefix(r.URL.Path, e.plan.base)
	return ok && c.member != nil && p.serveMember(e, w, r, c, path, "")
}

// refuse answers a partner that asks too often, or whose token could not be
// looked up.
func (p *Publisher) refuse(w http.ResponseWriter, r *http.Request, err error) {
	var many errTooMany
	if errors.As(err, &many) {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(many.wait.Seconds()))))
		problem(w, r, http.StatusTooManyRequests)
		return
	}
	if r.Context().Err() == nil {
		p.log.Error("can't look up a partner's token", "error", err)
	}
	w.Header().Set("Retry-After", "10")
	problem(w, r, http.StatusServiceUnavailable)
}

// serveMember answers a partner with what is its own at a path below the
// site's address, and reports whether anything is. secret is the token where
// the address holds it.
func (p *Publisher) serveMember(e *edition, w http.ResponseWriter, r *http.Request, c caller, path, secret string) bool {
	if p.serveMemberList(e, w, r, c, path, secret) {
		return true
	}
	if id, ok := strings.CutPrefix(path, entriesPath); ok {
		return p.serveMemberEntry(e, w, r, c, id)
	}
	if id, ok := strings.CutSuffix(path, opmlExtension); ok && c.channels[id] {
		return p.serveMemberOPML(e, w, r, id)
	}
	if _, ok := c.reads(e, path+"/"); ok && path != "" {
		w.Header()["Cache-Control"] = privately
		w.Header().Set("Location", path+"/") // relative: it repeats no token
		w.WriteHeader(http.StatusPermanentRedirect)
		return true
	}
	ref, ok := c.reads(e, path)
	if !ok {
		return false
	}
	shelf, err := p.shelfOf(r.Context(), e, ref.channel, c.class)
	if err == nil && shelf == nil {
		return false
	}
	var d *document
	switch {
	case err != nil:
	case ref.volume != "":
		d, err = p.volume(r.Context(), e, ref, c.class, p.readVolume)
	default:
		d, err = p.shelfDocument(r.Context(), e, shelf, ref, secret != "")
	}
	if errors.Is(err, feed.ErrNotFound) {
		return false
	}
	if err != nil {
		if r.Context().Err() == nil {
			p.log.Error("can't make a partner's document", "partner", c.ID, "document", path, "error", err)
		}
		problem(w, r, http.StatusInternalServerError)
		return true
	}
	var status int
	if secret == "" {
		status = d.serveAs(w, r, p.now(), privateOf(d.common))
	} else {
		status = d.serveSecret(w, r, p.now(), privateOf(d.common), e.plan.settings.Site.URL, e.plan.privateHub(), secret)
	}
	if p.witness != nil && r.Method == http.MethodGet && (status == http.StatusOK || status == http.StatusNotModified || status == http.StatusIMUsed) {
		p.witness.Served(r.Context(), feed.Serving{
			Partner: c.ID, Token: c.token, Channel: ref.channel, Class: c.class.key, Volume: ref.volume, Name: c.permission, Path: ref.path, Format: string(ref.format),
			Version: d.digest, Status: status, At: p.now(), Entries: func() []feed.Served { return c.served(d, shelf) },
		})
	}
	return true
}

// reads finds the document of a path, if the contract has it.
func (c caller) reads(e *edition, path string) (ref, bool) {
	found, ok := e.plan.refs[path]
	if !ok {
		found, ok = e.plan.volumeOf(path)
	}
	return found, ok && c.channels[found.channel] && c.Takes(string(found.format))
}

// served lists what stands in a document, under the class's permissions.
func (m *member) served(d *document, s *shelf) []feed.Served {
	list := d.contained
	if list == nil {
		list = s.list
	}
	out := make([]feed.Served, len(list))
	for i, it := range list {
		out[i] = feed.Served{Entry: it.id, Revision: it.revision, Use: it.use, Permission: it.permission, Words: it.words, Images: it.images}
	}
	return out
}

// serveSecret is serveAs for an address that holds a token. The document is
// shared and knows no tokens, so its own addresses are put in as it goes out:
// some readers move to what a feed calls itself.
func (d *document) serveSecret(w http.ResponseWriter, r *http.Request, now time.Time, common *headers, site, hub, secret string) int {
	c := negotiate(r.Header["Accept-Encoding"])
	if c == unacceptable {
		problem(w, r, http.StatusNotAcceptable)
		return http.StatusNotAcceptable
	}
	// Its tags are its own: they must not tell who else has the same.
	name := func(digest string) string {
		sum := sha256.Sum256([]byte(digest + secret))
		return hex.EncodeToString(sum[:12])
	}
	own := &document{path: d.path, digest: name(d.digest), status: d.status}
	own.labelOnly()
	if d.links != nil {
		own.links = discovery(hub, site+secretPath+secret+"/"+d.path)
	}
	f := &own.forms[c]
	if status := own.precondition(w, r, f, now, common); status != 0 {
		return status
	}
	var plain []byte
	var err error
	news, base := d.deltaFor(r, identity, name)
	if news != nil {
		plain = news.bytes
	} else {
		plain, err = d.plain()
	}
	if err == nil {
		plain = withSecret(plain, site, secret)
		if c != identity {
			plain, err = pack(c, plain)
		}
	}
	switch {
	case err != nil:
		clear(w.Header())
		problem(w, r, http.StatusInternalServerError)
		return http.StatusInternalServerError
	case news != nil:
		return own.writeDelta(w, r, c, newPacked(plain), base, common)
	}
	return own.write(w, r, f, newPacked(plain), common)
}

// withSecret puts a token into the addresses by which a document's head names
// itself and its other forms. Entries are left as they are: what stands there
// is their owners'. An id is left, too: the channel is the same for everybody.
func withSecret(plain []byte, site, secret string) []byte {
	end := len(plain)
	for _, mark := range []string{"<entry", "<at:deleted-entry", "<item", `"items"`, `"associations"`, "<article"} {
		if i := bytes.Index(plain, []byte(mark)); i >= 0 && i < end {
			end = i
		}
	}
	head := plain[:end]
	for _, before := range []string{`href="`, `_url": "`, `_url":"`, `uri": "`, `uri":"`} {
		head = bytes.ReplaceAll(head, []byte(before+site), []byte(before+site+secretPath+secret+"/"))
	}
	// The hub is one, for everybody.
	head = bytes.ReplaceAll(head, []byte(site+secretPath+secret+"/"+hubPath+`"`), []byte(site+hubPath+`"`))
	return append(head[:len(head):len(head)], plain[end:]...)
}

// serveMemberEntry answers a partner with the page about an entry, and reports
// whether it is one of its channels': another's is shown as to anybody.
func (p *Publisher) serveMemberEntry(e *edition, w http.ResponseWriter, r *http.Request, c caller, id string) bool {
	id, rest, slash := strings.Cut(id, "/")
	other := slash && rest == e.plan.otherLanguage()+"/"
	if !isID(id) || slash && !other || !c.Takes(string(render.HTML)) {
		return false
	}
	d, err := p.memberEntryPage(r.Context(), e, c.member, id, other)
	switch {
	case errors.Is(err, feed.ErrNotFound):
		return false
	case err != nil:
		if r.Context().Err() == nil {
			p.log.Error("can't show an entry", "entry", id, "error", err)
		}
		problem(w, r, http.StatusInternalServerError)
	default:
		d.serveAs(w, r, p.now(), privateOf(d.common))
	}
	return true
}

// memberEntryPage makes the page about an entry as a partner may see it.
func (p *Publisher) memberEntryPage(ctx context.Context, e *edition, m *member, id string, other bool) (*document, error) {
	shown, states, err := p.see(ctx, e, m, id, p.now())
	if err != nil {
		return nil, err
	}
	var channels []feed.Channel
	for _, of := range e.plan.standing(&states[len(states)-1], m, p.now()) {
		s, err := p.shelfOf(ctx, e, of, m.class)
		if err != nil {
			return nil, err
		}
		if s != nil && s.holds(id) {
			channels = append(channels, s.channel)
		}
	}
	path := entriesPath + id
	if other {
		path += "/" + e.plan.otherLanguage() + "/"
	}
	return makeEntryPage(e, path, shown, states, channels, other)
}
