package main

import (
	"crypto/md5"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// siteHandler serves a folder as a publisher would, with ETag and 304, and has
// paths that misbehave:
//
//	/status/CODE            that status; with ?retry=N a Retry-After
//	/move/CODE/PATH         a redirect to /PATH
//	/loop                   a redirect to itself
//	/drip                   a byte at a time, for ever
//	/bomb                   a gigabyte of spaces in a small gzip
//	/half/PATH              the first half of /PATH
//
// A file NAME.moved makes NAME lead for good to the address in it. A file
// NAME.status makes NAME answer with the status in it, all.status every
// file; the lines of NAME.header go before NAME as headers. In the files {{SITE}} stands for the site's own address.
func siteHandler(dir string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/status/{code}", func(w http.ResponseWriter, r *http.Request) {
		if s := r.FormValue("retry"); s != "" {
			w.Header().Set("Retry-After", s)
		}
		code, _ := strconv.Atoi(r.PathValue("code"))
		http.Error(w, "no", code)
	})
	mux.HandleFunc("/move/{code}/{path...}", func(w http.ResponseWriter, r *http.Request) {
		code, _ := strconv.Atoi(r.PathValue("code"))
		http.Redirect(w, r, "/"+r.PathValue("path"), code)
	})
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/drip", drip)
	mux.HandleFunc("/bomb", bomb)
	mux.HandleFunc("/half/{path...}", func(w http.ResponseWriter, r *http.Request) {
		body, ok := siteFile(dir, r.PathValue("path"), r.Host)
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Write(body[:len(body)/2])
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { serveFile(dir, w, r) })
	return mux
}

func siteFile(dir, path, host string) ([]byte, bool) {
	if path == "" || strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	body, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(filepath.Clean("/"+path))))
	if err != nil {
		return nil, false
	}
	return []byte(strings.ReplaceAll(string(body), "{{SITE}}", "http://"+host)), true
}

func serveFile(dir string, w http.ResponseWriter, r *http.Request) {
	for _, name := range []string{r.URL.Path + ".status", "/all.status"} {
		if b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(filepath.Clean(name)))); err == nil {
			code, _ := strconv.Atoi(strings.TrimSpace(string(b)))
			appendLog(dir, r)
			http.Error(w, "no", code)
			return
		}
	}
	if to, ok := siteFile(dir, strings.TrimPrefix(r.URL.Path, "/")+".moved", r.Host); ok {
		appendLog(dir, r)
		http.Redirect(w, r, strings.TrimSpace(string(to)), http.StatusMovedPermanently)
		return
	}
	body, ok := siteFile(dir, strings.TrimPrefix(r.URL.Path, "/"), r.Host)
	if !ok {
		http.NotFound(w, r)
		return
	}
	types := map[string]string{".xml": "application/rss+xml", ".atom": "application/atom+xml", ".json": "application/feed+json", ".html": "text/html; charset=utf-8"}
	if t := types[filepath.Ext(r.URL.Path)]; t != "" {
		w.Header().Set("Content-Type", t)
	}
	if lines, ok := siteFile(dir, strings.TrimPrefix(r.URL.Path, "/")+".header", r.Host); ok {
		for line := range strings.Lines(string(lines)) {
			name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
			w.Header().Add(name, value)
		}
	}
	etag := fmt.Sprintf(`"%x"`, md5.Sum(body))
	w.Header().Set("ETag", etag)
	appendLog(dir, r)
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Write(body)
}

// appendLog keeps an access log beside the folder: requests.log.
func appendLog(dir string, r *http.Request) {
	f, err := os.OpenFile(filepath.Join(filepath.Dir(dir), "requests.log"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return
	}
	defer f.Close()
	fmt.Fprintf(f, "%s %s if-none-match=%s agent=%s\n", r.Method, r.URL.Path, r.Header.Get("If-None-Match"), r.UserAgent())
}

func drip(w http.ResponseWriter, r *http.Request) {
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		if _, err := io.WriteString(w, " "); err != nil {
			return
		}
		w.(http.Flusher).Flush()
		select {
		case <-tick.C:
		case <-r.Context().Done():
			return
		}
	}
}

func bomb(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	chunk := []byte(strings.Repeat(" ", 1<<20))
	for range 1024 {
		if _, err := z.Write(chunk); err != nil {
			return
		}
	}
	z.Close()
}

// newTLSOrigin is a site whose certificate nobody signed.
func newTLSOrigin() *httptest.Server {
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	return s
}
