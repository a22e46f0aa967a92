package evidence

import "testing"

// However a notice is disguised, it is read as people read it; ordinary text
// stays as it is, byte for byte.
func TestUnmasked(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"Di\u00adla\u00adrang me\u200bngutip", "Dilarang mengutip"},
		{"D\u0456l\u0430r\u0430ng m\u0435ngut\u0456\u0440", "Dilarang mengutip"},
		{"Ｄｉｌａｒａｎｇ", "Dilarang"},
		{"D.I.L.A.R.A.N.G mengutip", "DILARANG mengutip"},
		{"d i l a r a n g m e n g u t i p berita", "dilarang mengutip berita"},
		{"Москва не сразу строилась", "Москва не сразу строилась"},
		{"α dan β, a b c, J. K. Rowling – “ya”", "α dan β, a b c, J. K. Rowling – “ya”"},
	} {
		if got := unmasked(test.text); got != test.want {
			t.Errorf("%q is read as %q, want %q", test.text, got, test.want)
		}
	}
}

// A slip in a word that matters, and two words without a space, hide no ban; a
// word that is merely near one is not taken for it.
func TestSlips(t *testing.T) {
	l := rules().words
	for word, like := range map[string]string{"dilrang": "dilarang", "dilaranng": "dilarang", "persetujaun": "persetujuan", "permision": "permission"} {
		if l.class(word) != l.class(like) {
			t.Errorf("%s is not read as %s", word, like)
		}
	}
	if got, forbids, copies := l.class("dilarangmengutip"), l.of("forbid"), l.of("copy"); !got.has(&forbids) || !got.has(&copies) {
		t.Error("dilarangmengutip is no ban on quoting")
	}
	for _, word := range []string{"dikarang", "karangan", "ratusan", "mengatur"} {
		if got, forbids := l.class(word), l.of("forbid"); got.has(&forbids) {
			t.Errorf("%s is taken for a ban", word)
		}
	}
}
