package publish

import (
	"fmt"
	"net/http"
	"strings"

	"warta/feed/render"
)

// problemTexts say what is the matter, in Indonesian and in English.
var problemTexts = map[int][2]string{
	http.StatusNotFound:            {"Halaman ini tidak ada.", "There is no such page."},
	http.StatusMethodNotAllowed:    {"Alamat ini hanya dapat dibaca.", "This address can only be read."},
	http.StatusNotAcceptable:       {"Dokumen ini tersedia sebagai gzip, br, zstd, atau identity.", "This document can be had as gzip, br, zstd or identity."},
	http.StatusTooManyRequests:     {"Terlalu banyak permintaan. Tunggu sebentar.", "Too many requests. Wait a moment."},
	http.StatusServiceUnavailable:  {"Sedang disiapkan. Coba lagi sebentar.", "Being prepared. Try again in a moment."},
	http.StatusInternalServerError: {"Terjadi kesalahan di pihak kami.", "Something went wrong on our side."},
}

// problem answers with an error: as problem details (RFC 9457) for programs
// that ask for JSON, else as a small page in both languages. Nothing of the
// request is repeated in it.
func problem(w http.ResponseWriter, r *http.Request, status int) {
	text := problemTexts[status]
	h := w.Header()
	h["X-Content-Type-Options"] = nosniff
	h["Cache-Control"] = []string{"no-store"}
	if status == http.StatusNotFound && h["Referrer-Policy"] == nil { // an address with a token is nobody else's
		h["Cache-Control"] = []string{"public, max-age=30"}
	}
	h.Set("Vary", "Accept, Authorization")
	var body string
	if accept := r.Header.Get("Accept"); strings.Contains(accept, "json") && !strings.Contains(accept, "text/html") {
		h.Set("Content-Type", "application/problem+json")
		body = fmt.Sprintf(`{"status":%d,"title":%q,"detail":%q}`+"\n", status, http.StatusText(status), text[1])
	} else {
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Security-Policy", render.CSP)
		body = fmt.Sprintf("<!DOCTYPE html>\n<html lang=\"id\">\n<meta charset=\"utf-8\">\n"+
			"<meta name=\"viewport\" content=\"width=device-width\">\n<title>%d</title>\n"+
			"<h1>%d</h1>\n<p>%s</p>\n<p lang=\"en\">%s</p>\n</html>\n", status, status, text[0], text[1])
	}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write([]byte(body)) // an error means that the client left
	}
}
