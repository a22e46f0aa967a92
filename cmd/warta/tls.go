package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/caddyserver/certmagic"
	"go.uber.org/zap"

	"warta/feed/config"
)

// certmagic is met in this file alone.

// secured is what serve needs to answer https by itself.
type secured struct {
	config   *tls.Config
	redirect *http.Server      // nil: http is not answered
	listener net.Listener      // of redirect
	files    *certificateFiles // nil: certificates come by ACME
}

// reread has the certificate's file looked at with the next request.
func (s *secured) reread() {
	if s.files != nil {
		s.files.mu.Lock()
		s.files.looked = time.Time{}
		s.files.mu.Unlock()
	}
}

// secure prepares TLS as the configuration wants it; nil where it wants none.
func (a *app) secure(ctx context.Context, cfg *config.Config) (*secured, error) {
	if !cfg.TLS.On() {
		return nil, nil
	}
	s := &secured{}
	lead := redirectTo(cfg.Site.URL)
	if cfg.TLS.ACME {
		magic, issuer, err := a.acme(cfg)
		if err != nil {
			return nil, err
		}
		lead = issuer.HTTPChallengeHandler(lead)
		s.config = magic.TLSConfig()
		s.config.NextProtos = append([]string{"h2", "http/1.1"}, s.config.NextProtos...)
		if err := magic.ManageAsync(ctx, []string{hostOf(cfg.Site.URL)}); err != nil {
			return nil, fmt.Errorf("asking for a certificate (site.tls.acme): %w", err)
		}
	} else {
		s.files = &certificateFiles{certificate: cfg.TLS.Certificate, key: cfg.TLS.Key, log: a.log, now: a.now}
		if err := s.files.read(); err != nil {
			return nil, fmt.Errorf("reading the certificate (site.tls): %w", err)
		}
		s.config = &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}, GetCertificate: s.files.get}
	}
	if cfg.TLS.Redirect != "" {
		var err error
		if s.listener, err = net.Listen("tcp", cfg.TLS.Redirect); err != nil {
			return nil, fmt.Errorf("listening on %s (site.tls.redirect): %w", cfg.TLS.Redirect, err)
		}
		s.redirect = &http.Server{
			Handler: lead, ReadHeaderTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second, IdleTimeout: 10 * time.Second,
			MaxHeaderBytes: 32 << 10, ErrorLog: slog.NewLogLogger(a.log.Handler(), slog.LevelDebug),
		}
	}
	return s, nil
}

// acme prepares an account with the authority and a store of certificates,
// which are renewed in time.
func (a *app) acme(cfg *config.Config) (*certmagic.Config, *certmagic.ACMEIssuer, error) {
	var magic *certmagic.Config
	silent := zap.NewNop() // what matters is told by events, in our own log
	cache := certmagic.NewCache(certmagic.CacheOptions{
		GetConfigForCert: func(certmagic.Certificate) (*certmagic.Config, error) { return magic, nil },
		Logger:           silent,
	})
	magic = certmagic.New(cache, certmagic.Config{
		Storage: &certmagic.FileStorage{Path: cfg.TLS.Storage}, Logger: silent, OnEvent: a.tellCertificate,
	})
	issuer := certmagic.ACMEIssuer{
		CA: certmagic.LetsEncryptProductionCA, Agreed: true, Logger: silent,
		DisableHTTPChallenge: cfg.TLS.Redirect == "", // nobody would answer it
		AltTLSALPNPort:       portOf(cfg.Listen),
		AltHTTPPort:          portOf(cfg.TLS.Redirect),
	}
	if strings.Contains(cfg.Site.Contact, "@") {
		issuer.Email = cfg.Site.Contact
	}
	if cfg.TLS.Directory != "" {
		issuer.CA = cfg.TLS.Directory
	}
	if cfg.TLS.Roots != "" {
		pem, err := os.ReadFile(cfg.TLS.Roots)
		if err != nil {
			return nil, nil, fmt.Errorf("reading site.tls.roots: %w", err)
		}
		issuer.TrustedRoots = x509.NewCertPool()
		if !issuer.TrustedRoots.AppendCertsFromPEM(pem) {
			return nil, nil, fmt.Errorf("site.tls.roots: %s holds no certificate in PEM", cfg.TLS.Roots)
		}
	}
	acme := certmagic.NewACMEIssuer(magic, issuer)
	magic.Issuers = []certmagic.Issuer{acme}
	return magic, acme, nil
}

// tellCertificate logs what became of a certificate.
func (a *app) tellCertificate(_ context.Context, event string, data map[string]any) error {
	switch event {
	case "cert_obtained":
		a.log.Info("certificate obtained", "host", data["identifier"], "renewal", data["renewal"])
	case "cert_failed":
		a.log.Error("no certificate was issued; trying again", "host", data["identifier"], "error", data["error"])
	}
	return nil
}

// redirectTo leads every request to the site's own address, whatever host it
// names: a name that a stranger sent is never repeated.
func redirectTo(site string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		u, err := url.Parse(site)
		if err != nil || r.Method != http.MethodGet && r.Method != http.MethodHead {
			http.Error(w, "only https is answered here", http.StatusForbidden)
			return
		}
		w.Header().Set("Location", (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: r.URL.Path, RawPath: r.URL.RawPath, RawQuery: r.URL.RawQuery}).String())
		w.WriteHeader(http.StatusPermanentRedirect)
	})
}

func hostOf(site string) string {
	u, err := url.Parse(site)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// portOf is the port of host:port; 0 where there is none.
func portOf(address string) int {
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return 0
	}
	n, _ := strconv.Atoi(port)
	return n
}

// certificateFiles reads a certificate anew when its file was replaced, as
// certbot and its like do, so that nobody needs to restart anything.
type certificateFiles struct {
	certificate, key string
	log              *slog.Logger
	now              func() time.Time

	mu      sync.Mutex
	current *tls.Certificate
	stamp   time.Time // of the certificate's file
	looked  time.Time
}

// certificateEvery is how often the file is looked at.
const certificateEvery = 10 * time.Second

func (f *certificateFiles) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if now := f.now(); now.Sub(f.looked) >= certificateEvery || now.Before(f.looked) {
		f.looked = now
		if info, err := os.Stat(f.certificate); err != nil || !info.ModTime().Equal(f.stamp) {
			if err := f.load(); err != nil {
				f.log.Error("the new certificate can't be used; the old one stays in force", "error", err)
			}
		}
	}
	return f.current, nil
}

// read reads the files for the first time.
func (f *certificateFiles) read() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.looked = f.now()
	return f.load()
}

func (f *certificateFiles) load() error {
	info, err := os.Stat(f.certificate)
	if err != nil {
		return err
	}
	pair, err := tls.LoadX509KeyPair(f.certificate, f.key)
	if err != nil {
		return fmt.Errorf("%s with %s: %w", f.certificate, f.key, err)
	}
	if end := pair.Leaf.NotAfter; end.Before(f.now()) {
		err = fmt.Errorf("%s ended on %s", f.certificate, end.Format(time.DateOnly))
		if f.current != nil {
			return err
		}
		f.log.Warn("the certificate is no longer valid", "error", err)
	}
	f.current, f.stamp = &pair, info.ModTime()
	return nil
}

// serve answers on the listener until the server is shut down.
func serve(h *http.Server, l net.Listener, s *secured) error {
	var err error
	if s != nil {
		h.TLSConfig = s.config
		err = h.ServeTLS(l, "", "")
	} else {
		err = h.Serve(l)
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return fmt.Errorf("serving: %w", err)
}
