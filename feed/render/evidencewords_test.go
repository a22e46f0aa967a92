package render

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"warta/sources"
)

// Every kind of evidence has words in both languages.
func TestEveryKindHasWords(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../../sources/evidence.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	ast.Inspect(file, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if of, ok := v.Type.(*ast.Ident); !ok || of.Name != "EvidenceKind" {
			return true
		}
		for _, value := range v.Values {
			kind, err := strconv.Unquote(value.(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			found++
			if w := kindWords[sources.EvidenceKind(kind)]; w[0] == "" || w[1] == "" {
				t.Errorf("the kind %q has no words: %q", kind, w)
			}
		}
		return true
	})
	if found != len(kindWords) || found < 20 {
		t.Errorf("there are %d kinds and words for %d", found, len(kindWords))
	}
}

func TestEvidenceInWords(t *testing.T) {
	for _, c := range []struct{ where, id string }{
		{"feed licence", "lisensi umpan"},
		{"entry link rel=license", "berita link rel=license"},
		{"entry source rights", "pernyataan hak sumber berita"},
		{"text, last paragraph", "teks, alinea terakhir"},
		{"text, paragraph 2 of 9", "teks, alinea 2 dari 9"},
		{"text, caption", "teks, keterangan gambar"},
		{"page, footer", "halaman, kaki halaman"},
		{"host /robots.txt", "situs /robots.txt"},
		{"title", "judul"},
		{"header X-Robots-Tag", "kepala HTTP X-Robots-Tag"},
		{"page meta copyright", "halaman meta copyright"},
		{"page https://kabar.example/feed/text, 3 times since 2026-03-02T06:00:00Z", "halaman https://kabar.example/feed/text, 3 kali sejak 2026-03-02T06:00:00Z"},
		{"rights", "rights"},
		{"", ""},
	} {
		if got := halaman.place(c.where); got != c.id {
			t.Errorf("%q is %q, want %q", c.where, got, c.id)
		}
		if got := pages.place(c.where); got != c.where {
			t.Errorf("%q is %q in English", c.where, got)
		}
	}
	if got := halaman.kind(sources.NoCopy) + "/" + pages.kind(sources.NoCopy) + "/" + halaman.kind("new"); got != "larangan mengutip atau menyalin/copying forbidden/new" {
		t.Error(got)
	}
}
