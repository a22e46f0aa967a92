package publish

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"
	"unicode"

	"warta/feed"
	"warta/feed/render"
)

// takedownPath is where owners ask that something not be shown.
const takedownPath = "takedown"

// Takedowns keeps what owners ask.
type Takedowns interface {
	// FileTakedown fails with feed.ErrUnavailable where too many came.
	FileTakedown(ctx context.Context, t feed.Takedown) error
}

// The bounds of a request: of the whole form in bytes, which letters beyond
// ASCII make nine of, of its fields in letters, and how many one address may
// send in an hour.
const (
	maxTakedown     = 64 << 10
	maxShortField   = 200
	maxWhat         = 2000
	maxReason       = 4000
	takedownsAnHour = 5
	maxAskers       = 10000
)

// askers counts requests by where they come from.
type askers struct {
	mu    sync.Mutex
	since time.Time
	count map[netip.Addr]int
}

// allow reports whether one more may come from an address within this hour.
func (a *askers) allow(from netip.Addr, now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if age := now.Sub(a.since); age >= time.Hour || age < 0 || a.count == nil {
		a.since, a.count = now, make(map[netip.Addr]int)
	}
	if from.Is6() && !from.Is4In6() { // a household has a whole network
		if p, err := from.Prefix(64); err == nil {
			from = p.Addr()
		}
	}
	if len(a.count) >= maxAskers && a.count[from] == 0 {
		return false
	}
	a.count[from]++
	return a.count[from] <= takedownsAnHour
}

// serveTakedown answers below takedown: the form, and what is sent with it. It
// reports whether the path is its own. Nothing is done on a request but to keep
// it for a person to verify, and no cookie lends it anybody's authority, so one
// forged by another site gains nothing; a browser that says it comes from
// another site is refused all the same.
func (p *Publisher) serveTakedown(e *edition, w http.ResponseWriter, r *http.Request) bool {
	rest, ok := strings.CutPrefix(r.URL.Path, e.plan.base+takedownPath)
	other := rest == "/"+e.plan.otherLanguage()+"/"
	if p.takedowns == nil || !ok || rest != "" && rest != "/" && !other {
		return false
	}
	site := e.plan.settings.Site
	v := render.TakedownView{Site: site, Action: site.URL + takedownPath + "/", Switch: site.URL + takedownPath + "/" + e.plan.otherLanguage() + "/"}
	if other {
		v.Site.Language, v.Action, v.Switch = e.plan.otherLanguage(), v.Switch, v.Action
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		v.Asked.What = entered(r.URL.Query().Get("what"), maxWhat) // where a story's page leads here
		p.takedownPage(w, r, http.StatusOK, v)
	case http.MethodPost:
		p.fileTakedown(w, r, v)
	default:
		w.Header().Set("Allow", "GET, HEAD, POST")
		problem(w, r, http.StatusMethodNotAllowed)
	}
	return true
}

func (p *Publisher) fileTakedown(w http.ResponseWriter, r *http.Request, v render.TakedownView) {
	now := p.now()
	if elsewhere(r, v.Site.URL) {
		v.Problem = render.TakedownElsewhere
		p.takedownPage(w, r, http.StatusForbidden, v)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxTakedown)
	if err := r.ParseForm(); err != nil {
		v.Problem = render.TakedownUnreadable
		p.takedownPage(w, r, http.StatusBadRequest, v)
		return
	}
	t := feed.Takedown{
		At: now.UTC().Truncate(time.Millisecond), Status: feed.TakedownOpen,
		Name: field(r, "name", maxShortField), Contact: field(r, "contact", maxShortField), Standing: field(r, "standing", 20),
		What: field(r, "what", maxWhat), Reason: field(r, "reason", maxReason),
	}
	switch t.Standing {
	case "owner", "author", "concerned":
	default:
		t.Standing = "other"
	}
	v.Asked = t
	if t.Contact == "" || t.What == "" || t.Reason == "" {
		v.Problem = render.TakedownIncomplete
		p.takedownPage(w, r, http.StatusBadRequest, v)
		return
	}
	err := feed.ErrUnavailable
	if p.askers.allow(p.asker(r), now) {
		t.ID = reference(now)
		err = p.takedowns.FileTakedown(r.Context(), t)
	}
	switch {
	case errors.Is(err, feed.ErrUnavailable):
		w.Header().Set("Retry-After", "3600")
		v.Problem = render.TakedownTooMany
		p.takedownPage(w, r, http.StatusTooManyRequests, v)
	case err != nil:
		p.log.Error("a request for a takedown could not be kept", "error", err)
		problem(w, r, http.StatusInternalServerError)
	default:
		p.log.Warn("an owner asks for a takedown; see warta takedown show "+t.ID, "id", t.ID)
		v.Asked, v.Reference = feed.Takedown{}, t.ID
		p.takedownPage(w, r, http.StatusOK, v)
	}
}

// asker is where a request comes from; BehindProxies has seen to it that this is
// no proxy.
func (p *Publisher) asker(r *http.Request) netip.Addr { return p.access.addr(r).Unmap() }

// elsewhere reports whether a browser says that another site's page sent this.
func elsewhere(r *http.Request, site string) bool {
	if s := r.Header.Get("Sec-Fetch-Site"); s != "" {
		return s == "cross-site"
	}
	from := r.Header.Get("Origin")
	if from == "" {
		return false // no browser, or an old one
	}
	o, err := url.Parse(from)
	if err != nil || o.Host == "" {
		return true
	}
	home, err := url.Parse(site)
	return !strings.EqualFold(o.Host, r.Host) && (err != nil || !strings.EqualFold(o.Host, home.Host))
}

// field is what was entered.
func field(r *http.Request, name string, most int) string {
	return entered(r.PostForm.Get(name), most)
}

// entered cleans what somebody wrote of what is not seen and can mislead those
// who read it, on a terminal above all, and keeps it within bounds.
func entered(s string, most int) string {
	s = strings.ToValidUTF8(strings.ReplaceAll(s, "\r\n", "\n"), "")
	s = strings.Map(func(c rune) rune {
		switch {
		case c == '\n', c == '\u200c', c == '\u200d': // joiners belong to letters
			return c
		case unicode.In(c, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co):
			return -1
		}
		return c
	}, s)
	if letters := []rune(s); len(letters) > most {
		s = string(letters[:most])
	}
	return strings.TrimSpace(s)
}

// reference is the number that the owner is given: the day, and 40 bits that
// nobody guesses.
func reference(now time.Time) string {
	var b [5]byte
	rand.Read(b[:]) // never fails
	return "T-" + now.UTC().Format("20060102") + "-" + base32.StdEncoding.EncodeToString(b[:])
}

func (p *Publisher) takedownPage(w http.ResponseWriter, r *http.Request, status int, v render.TakedownView) {
	var b bytes.Buffer
	if err := render.TakedownPage(&b, v); err != nil {
		p.log.Error("can't show the form for takedowns", "error", err)
		problem(w, r, http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", strings.Replace(render.CSP, "form-action 'none'", "form-action 'self'", 1))
	h["X-Content-Type-Options"] = nosniff
	h.Set("Cache-Control", "no-store")
	h.Set("X-Robots-Tag", "noindex")
	h.Set("Referrer-Policy", "same-origin")
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(b.Bytes()) // an error means that the client left
	}
}
