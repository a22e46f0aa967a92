package config

import (
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"strings"
)

// TLS is how serve answers https by itself: with a certificate from files, or
// with one that an authority issues by ACME (RFC 8555). The zero TLS is plain
// HTTP, for a proxy that stands before it.
type TLS struct {
	Certificate, Key string // paths of PEM files

	ACME      bool
	Directory string // of the authority; "" is Let's Encrypt's
	Roots     string // path of PEM certificates that the authority's own server is trusted by; "": the machine's
	Storage   string // folder where account and certificates are kept

	Redirect string // host:port that leads http to https, and answers the authority; "" is none
}

// On reports whether anything of TLS is asked for.
func (t TLS) On() bool { return t.ACME || t.Certificate != "" }

// tls reads site.tls. It says what belongs together; the address that the
// public knows may stand anywhere in the files, so that is looked at last.
func (l *loader) tls(site *object) {
	f, ok := site.fields["tls"]
	if !ok {
		return
	}
	o, ok := l.object(f.value, tlsSection)
	if !ok {
		return
	}
	t := &l.cfg.TLS
	t.Certificate, t.Key = o.file("certificate"), o.file("key")
	t.ACME, _ = o.boolean("acme")
	t.Directory, t.Roots = o.address("directory"), o.file("roots")
	if t.Storage = o.file("storage"); t.Storage == "" {
		t.Storage = filepath.Join(filepath.Dir(l.cfg.Path), "certificates")
	}
	t.Redirect = o.hostPort("redirect")
	switch {
	case t.ACME && (o.has("certificate") || o.has("key")):
		o.problem("acme", "a certificate comes from files or by acme, not both", "take one of them out")
	case !t.ACME && !o.has("certificate") && !o.has("key"):
		l.problem(f.value.place, "tls says neither certificate and key nor acme", "for example tls: {acme: true}")
	case !t.ACME:
		o.require("certificate", "key")
		for _, name := range []string{"directory", "roots", "storage"} {
			if o.has(name) {
				o.problem(name, name+" is for acme alone", "add acme: true, or take it out")
			}
		}
	}
	at, acme := f.value.place, t.ACME
	l.later = append(l.later, func() { l.checkSecure(at, acme) })
}

// checkSecure holds the site's address against what tls promises.
func (l *loader) checkSecure(at place, acme bool) {
	u, err := url.Parse(l.cfg.Site.URL)
	if err != nil {
		return // told already
	}
	host := u.Hostname()
	switch {
	case u.Scheme != "https":
		l.problem(at, fmt.Sprintf("with tls, site.url must begin with https://, not %q", l.cfg.Site.URL), "")
	case acme && (net.ParseIP(host) != nil || !strings.Contains(strings.Trim(host, "."), ".")):
		l.problem(at, fmt.Sprintf("no authority issues a certificate for %q", host), "site.url must name a public host, such as https://warta.example.id/")
	}
}

// file is a path, relative to the folder of the main file.
func (o *object) file(name string) string {
	s := o.text(name)
	if s == "" {
		return ""
	}
	path := filepath.FromSlash(s)
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(o.l.cfg.Path), path)
	}
	return path
}
