package render

import (
	"embed"
	"html/template"
	"sync"
)

//go:embed page
var pageFiles embed.FS

// CSP is the Content-Security-Policy of every page: no script, no frame, and
// the one style that stands in the page, by its hash.
const CSP = "default-src 'none'; img-src https: http:; style-src 'sha256-phUOEYv45+WD/uYpGwMLYcThMpGbWyW6mW4/rwCJqTc='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// pageTemplates are parsed once, when the first page is written.
var pageTemplates = sync.OnceValues(func() (*template.Template, error) {
	return template.ParseFS(pageFiles, "page/*.html")
})

var pageStyle = sync.OnceValues(func() (template.CSS, error) {
	b, err := pageFiles.ReadFile("page/style.css")
	return template.CSS(b), err
})
