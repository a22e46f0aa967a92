package render

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"warta/feed"
	"warta/sources"
)

// TestContract breaks each fact of the attribution in what was rendered, in
// every format: the check at the exit names it.
func TestContract(t *testing.T) {
	s := samples()[0]
	s.Entry.Attribution.Licenses = []string{"https://creativecommons.org/licenses/by-sa/4.0/"}
	s.Entry.Attribution.Statements = []sources.Statement{{Text: "Hak cipta pada Pemkab Paser."}}
	s.Entry.Evidence = nil
	x, err := gather(&s.Entry, &s.Decision, &testSite)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range Formats {
		b, err := write(f, x)
		if err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		for what, words := range map[string]string{
			"byline": "Siti Aminah", "source": "Pemkab Paser", "link home": "pemkab.example/jembatan/", "notice": "Nama desa semula salah tulis",
			"terms": "Hak cipta pada Pemkab",
		} {
			if why := kept(bytes.ReplaceAll(b, []byte(words), []byte("…")), f, x); !strings.Contains(why, what) {
				t.Errorf("%s without its %s: %q", f, what, why)
			}
		}
		bare := bytes.ReplaceAll(bytes.ReplaceAll(b, []byte("licenses/by-sa"), nil), []byte("CC BY-SA"), nil)
		if why := kept(bare, f, x); !strings.Contains(why, "licence") {
			t.Errorf("%s without its licence: %q", f, why)
		}
		if why := kept(b, f, x); why != "" {
			t.Errorf("%s, whole: %s", f, why)
		}
	}
}

// TestLost: whatever is done to an entry on its way out, its attribution is
// what it was.
func TestLost(t *testing.T) {
	whole := samples()[0].Entry
	for what, spoil := range map[string]func(*feed.Entry){
		"byline":       func(e *feed.Entry) { e.Attribution.Authors = nil },
		"contributors": func(e *feed.Entry) { e.Attribution.Contributors = e.Attribution.Contributors[:0] },
		"link home":    func(e *feed.Entry) { e.Attribution.URL = "https://warta.example/x" },
		"source":       func(e *feed.Entry) { e.Attribution.Source.Title = "Kami" },
		"id":           func(e *feed.Entry) { e.OriginalID = "x" },
		"licences": func(e *feed.Entry) {
			e.Attribution.Licenses = []string{"https://creativecommons.org/licenses/by-nc/4.0/"}
		},
		"notice":            func(e *feed.Entry) { e.Notice = nil },
		"rights statements": func(e *feed.Entry) { e.Attribution.Statements = []sources.Statement{} },
	} {
		e := whole
		spoil(&e)
		if got := feed.Lost(&whole, &e); got != what {
			t.Errorf("without its %s: %q", what, got)
		}
	}
	if got := feed.Lost(&whole, &whole); got != "" {
		t.Errorf("the same entry lost its %s", got)
	}
}

// TestCreditForm: the operator words the line; what the wording leaves out is
// added, what a story lacks is left out with the words around it.
func TestCreditForm(t *testing.T) {
	entry := func() feed.Entry {
		return feed.Entry{Title: "Judul", Attribution: feed.Attribution{
			URL: "https://a.example/1", Source: feed.Outlet{Title: "Kabar A", URL: "https://a.example/"}, Dateline: "PASER",
			Authors: []sources.Person{{Name: "Siti", Role: "author"}}, Statements: []sources.Statement{{Text: "© Kabar A"}},
		}}
	}
	const form = "[Ditulis {byline} untuk ]{outlet}[ ({agency})] · {link} – {terms}"
	for _, tt := range []struct {
		name, form, owner string
		change            func(*feed.Entry)
		want              string
	}{
		{"whole", form, "", nil, "— Ditulis Siti untuk Kabar A · https://a.example/1 – © Kabar A · PASER"},
		{"no byline", form, "", func(e *feed.Entry) { e.Attribution.Authors, e.Attribution.Dateline = nil, "" }, "— Kabar A · https://a.example/1 – © Kabar A"},
		{"what it leaves out", "{outlet} {link} {terms}", "", func(e *feed.Entry) { e.Attribution.Dateline = "" }, "— Kabar A https://a.example/1 © Kabar A · Oleh: Siti"},
		{"the owner's goes before", form, "Teks: {byline}/{outlet}", func(e *feed.Entry) { e.Attribution.Dateline = "" }, "— Teks: Siti/Kabar A · Berita asli: https://a.example/1 · © Kabar A"},
		{"brackets that are no form", "", "Teks [redaksi", func(e *feed.Entry) { e.Attribution.Dateline = "" }, "— Teks [redaksi · Oleh: Siti · Sumber: Kabar A · Berita asli: https://a.example/1 · © Kabar A"},
	} {
		e := entry()
		if tt.change != nil {
			tt.change(&e)
		}
		html, text := CreditLine(&e, feed.Decision{CreditForm: tt.form, CreditLine: tt.owner}, "id")
		if text != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, text, tt.want)
		}
		if got := plain(html); got != tt.want {
			t.Errorf("%s: HTML reads\n%s", tt.name, got)
		}
	}
	e := entry()
	if err := feed.CheckCredit("{outlet}"); err == nil || errors.Is(err, feed.ErrInvalid) {
		t.Errorf("a wording without a way home: %v", err)
	}
	e.Attribution.Source.Title = `<script>alert(1)</script>`
	html, _ := CreditLine(&e, feed.Decision{CreditForm: form}, "id")
	if strings.Contains(html, "<script") {
		t.Errorf("markup gets in: %s", html)
	}
}
