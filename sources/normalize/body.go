package normalize

import (
	"strings"

	"golang.org/x/net/html/atom"

	"warta/sources"
)

// body is one text of an item, read once for everything that looks at it.
type body struct {
	*lines
	plain string
}

// PlainText gives the words of a piece of HTML: one blank line between
// blocks, a newline for a line break. Scripts and styles are no words.
func PlainText(html string) string {
	return linesOf(parseHTML(html, false, true, nil, nil)).plain
}

// readText reads a text construct, cleans it and puts it back as sanitized
// HTML.
func readText(t *sources.Text, it *sources.Item, doc *sources.Document, opt Options) body {
	kind := textKind(t)
	base := &resolver{chain: [4]string{t.Base, it.Base, doc.Base, doc.URL}}
	if t.Src != "" {
		t.Src = base.orSame(t.Src)
	}
	if t.Value == "" || kind == "" {
		t.Value = ""
		if t.Type != "" || t.Src != "" {
			t.Type = "html"
		}
		return body{lines: &lines{}}
	}
	t.Language = languageTag(t.Language)
	if kind == "text" && !looksLikeHTML(t.Value) {
		return plainBody(t, it, opt)
	}
	tree := parseHTML(t.Value, kind == "xhtml", false, base, opt.rules())
	l := linesOf(tree)
	it.Removed = append(it.Removed, l.clean(opt.rules())...)
	t.Value, t.Type = safe(tree.write()), "html"
	return body{lines: l, plain: l.plainText()}
}

// textKind reduces a type to text, html or xhtml, or to nothing where the
// value is no text.
func textKind(t *sources.Text) string {
	kind, _, _ := strings.Cut(lower(strings.TrimSpace(t.Type)), ";")
	switch {
	case kind == "" || kind == "html" || kind == "text/html":
		return "html"
	case isXHTML(kind):
		return "xhtml"
	case kind == "text" || kind == "text/plain" || kind == "escaped":
		return "text"
	case strings.HasPrefix(kind, "text/"):
		return "text"
	case strings.HasSuffix(kind, "/xml") || strings.HasSuffix(kind, "+xml"):
		return "xhtml"
	}
	return ""
}

// looksLikeHTML tells markup in a text that is stated to be plain, which
// feeds often get wrong, from a text that mentions a sign.
func looksLikeHTML(s string) bool {
	for _, tag := range [...]string{"</p>", "<br", "</a>", "</div>", "<img ", "</strong>", "</em>", "</li>"} {
		if strings.Contains(s, tag) {
			return true
		}
	}
	return false
}

// plainBody makes paragraphs of a plain text.
func plainBody(t *sources.Text, it *sources.Item, opt Options) body {
	tree := &tree{nodes: []node{{kind: blockTag, parent: -1, first: -1, last: -1, next: -1}}, rules: opt.rules()}
	text := strings.ReplaceAll(t.Value, "\r\n", "\n")
	para, left := int32(0), len(text)
	for row := range strings.SplitSeq(text, "\n") {
		if len(tree.nodes) >= maxNodes {
			tree.text(0, text[len(text)-left:]) // words alone, as in a tree of HTML
			break
		}
		left -= len(row) + 1
		if blank(row) {
			para = 0
			continue
		}
		if para == 0 {
			para = tree.add(0, node{tag: atom.P, kind: kindOf(atom.P)})
		} else {
			tree.add(para, node{tag: atom.Br, kind: kindOf(atom.Br)})
		}
		tree.text(para, row)
	}
	l := linesOf(tree)
	it.Removed = append(it.Removed, l.clean(tree.rules)...)
	t.Value, t.Type = safe(tree.write()), "html"
	return body{lines: l, plain: l.plainText()}
}
