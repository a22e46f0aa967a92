package main

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"net"
	"net/http"
	"strings"
	"sync"
	"text/template"
	"time"
)

//go:embed demo
var demoFiles embed.FS

// demoSite is one sample site on loopback. Its document is a template, so that
// dates are near today's and the story can go on.
type demoSite struct {
	URL  string
	file string
	kind string
	slow time.Duration

	mu    sync.Mutex
	state demoState
	srv   *http.Server
}

// demoState says how far the story of the demo has come.
type demoState struct {
	URL       string
	More      bool // a new story is out
	Corrected bool
	Withdrawn bool
}

// startSite serves a sample site until closed.
func startSite(file, kind string, slow time.Duration, now func() time.Time) (*demoSite, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("starting a sample site: %w", err)
	}
	s := &demoSite{URL: "http://" + ln.Addr().String(), file: file, kind: kind, slow: slow}
	s.state.URL = s.URL
	began := now() // documents must not change between two visits by their dates
	s.srv = &http.Server{ReadHeaderTimeout: 5 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.serve(w, r, began)
	})}
	go s.srv.Serve(ln)
	return s, nil
}

func (s *demoSite) close() { s.srv.Close() }

// change moves the site's story on.
func (s *demoSite) change(f func(*demoState)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(&s.state)
}

func (s *demoSite) serve(w http.ResponseWriter, r *http.Request, now time.Time) {
	if strings.HasPrefix(r.URL.Path, "/foto/") {
		photo(w)
		return
	}
	s.mu.Lock()
	state := s.state
	s.mu.Unlock()
	if s.slow > 0 {
		select {
		case <-time.After(s.slow):
		case <-r.Context().Done():
			return
		}
	}
	body, err := fill("demo/"+s.file, state, now)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	etag := fmt.Sprintf(`"%x"`, sha256.Sum256(body))
	w.Header().Set("Content-Type", s.kind)
	w.Header().Set("ETag", etag)
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Write(body)
}

// photo is a sample picture: a green field under an evening sky.
func photo(w http.ResponseWriter) {
	m := image.NewRGBA(image.Rect(0, 0, 480, 320))
	for y := range 320 {
		c := color.RGBA{uint8(250 - y/2), uint8(190 - y/4), uint8(120 + y/4), 255}
		if y > 210 {
			c = color.RGBA{uint8(60 + (y-210)/3), uint8(120 - (y-210)/4), 50, 255}
		}
		for x := range 480 {
			m.SetRGBA(x, y, c)
		}
	}
	w.Header().Set("Content-Type", "image/jpeg")
	jpeg.Encode(w, m, nil)
}

// fill fills a template of the demo; dates in it are relative to now.
func fill(name string, data any, now time.Time) ([]byte, error) {
	at := func(rel string) (time.Time, error) {
		d, err := time.ParseDuration(rel)
		return now.Add(d), err
	}
	format := func(layout string) func(string) (string, error) {
		return func(rel string) (string, error) {
			t, err := at(rel)
			return t.Format(layout), err
		}
	}
	months := []string{"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"}
	tmpl, err := template.New("").Funcs(template.FuncMap{
		"rfc822":  format(time.RFC1123Z),
		"rfc3339": format(time.RFC3339),
		"indonesian": func(rel string) (string, error) {
			t, err := at(rel)
			return fmt.Sprintf("%d %s %d", t.Day(), months[t.Month()-1], t.Year()), err
		},
	}).ParseFS(demoFiles, name)
	if err != nil {
		return nil, fmt.Errorf("reading a sample site: %w", err)
	}
	var b bytes.Buffer
	if err := tmpl.ExecuteTemplate(&b, name[len("demo/"):], data); err != nil {
		return nil, fmt.Errorf("filling a sample site: %w", err)
	}
	return b.Bytes(), nil
}
