package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// receiverMain is a subscriber, or the receiver of a webhook, for scripts:
//
//	receiver DIR
//
// It writes its address to DIR/url, and each request it got as a line to
// DIR/log, with the body in DIR/N.body. What is in DIR/secret it verifies
// signatures with. DIR/mode says how it answers: ok, hang (receive and never
// answer), hangverify, or a status.
func receiverMain() {
	dir := os.Args[1]
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	r := &subscriber{dir: dir}
	if old, err := os.ReadFile(filepath.Join(dir, "url")); err == nil { // again where it was
		if again, err := net.Listen("tcp", strings.TrimPrefix(strings.TrimSpace(string(old)), "http://")); err == nil {
			ln.Close()
			ln = again
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "url"), []byte("http://"+ln.Addr().String()), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	http.Serve(ln, r)
}

type subscriber struct {
	dir string
	mu  sync.Mutex
	n   int
}

func (s *subscriber) file(name string) string {
	b, err := os.ReadFile(filepath.Join(s.dir, name))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(b))
}

func (s *subscriber) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	mode := s.file("mode")
	if r.Method == http.MethodGet {
		s.note("GET %s topic=%s lease=%s", r.FormValue("hub.mode"), r.FormValue("hub.topic"), r.FormValue("hub.lease_seconds"))
		if mode == "hangverify" {
			<-r.Context().Done()
			return
		}
		io.WriteString(w, r.FormValue("hub.challenge"))
		return
	}
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	s.n++
	n := s.n
	s.mu.Unlock()
	name := r.Header.Get("Warta-Delivery") + r.Header.Get("Webhook-Id")
	os.WriteFile(filepath.Join(s.dir, fmt.Sprintf("%d.body", n)), body, 0o644)
	s.note("POST mode=%s name=%s signed=%s type=%s", mode, name, s.verify(r.Header, body), r.Header.Get("Content-Type"))
	switch mode {
	case "", "ok":
		s.keep(body)
		w.WriteHeader(http.StatusNoContent)
	case "hang":
		<-r.Context().Done()
	default:
		var status int
		fmt.Sscan(mode, &status)
		w.WriteHeader(status)
	}
}

// keep adds what was received to the file bodies.
func (s *subscriber) keep(body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, err := os.OpenFile(filepath.Join(s.dir, "bodies"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return
	}
	defer f.Close()
	f.Write(body)
}

// verify says whether the signature is right: yes, no or none.
func (s *subscriber) verify(h http.Header, body []byte) string {
	secret := s.file("secret")
	m := hmac.New(sha256.New, []byte(secret))
	if sig := h.Get("X-Hub-Signature"); sig != "" {
		m.Write(body)
		return word(sig == "sha256="+hex.EncodeToString(m.Sum(nil)))
	}
	sig := h.Get("Webhook-Signature")
	if sig == "" {
		return "none"
	}
	if key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_")); err == nil && strings.HasPrefix(secret, "whsec_") {
		m = hmac.New(sha256.New, key)
	}
	fmt.Fprintf(m, "%s.%s.%s", h.Get("Webhook-Id"), h.Get("Webhook-Timestamp"), body)
	var at int64
	fmt.Sscan(h.Get("Webhook-Timestamp"), &at)
	fresh := time.Since(time.Unix(at, 0)).Abs() < 5*time.Minute
	return word(fresh && sig == "v1,"+base64.StdEncoding.EncodeToString(m.Sum(nil)))
}

func word(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func (s *subscriber) note(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, err := os.OpenFile(filepath.Join(s.dir, "log"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return
	}
	defer f.Close()
	fmt.Fprintf(f, format+"\n", args...)
}
