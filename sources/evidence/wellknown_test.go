package evidence

import "testing"

func TestTDMFile(t *testing.T) {
	const file = `[{"location":"/bebas/*","tdm-reservation":0},{"location":"/*.pdf$","tdm-reservation":1,"tdm-policy":"https://a.id/p.json"},{"location":"/berita","tdm-reservation":"1"},{"location":"/aneh","tdm-reservation":7},{"location":"/","tdm-reservation":1}]`
	for _, test := range []struct{ address, want string }{
		{"https://a.id/bebas/1", "tdm-reservation 0"},
		{"https://a.id/x/y.pdf", "tdm-reservation 1"},
		{"https://a.id/x/y.pdf?unduh", "tdm-reservation 1"},
		{"https://a.id/berita/1", "tdm-reservation 1"},
		{"https://a.id/aneh", ""}, // the first match counts, and says nothing
		{"https://a.id", "tdm-reservation 1"},
	} {
		if got := said(TDMFile([]byte(file), test.address)); got != test.want {
			t.Errorf("%s: %s, want %s", test.address, got, test.want)
		}
	}
	for _, bad := range []string{"", "{}", "[1]", `[{"location":3}]`, "[]"} {
		if got := TDMFile([]byte(bad), "https://a.id/"); len(got) > 0 {
			t.Errorf("%s: %v", bad, got)
		}
	}
}

func TestRobotsTxt(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"License: https://a.id/rsl.xml\nUser-agent: *\nDisallow:", "rsl-terms https://a.id/rsl.xml"},
		{"User-agent: gptbot\nLicense: https://a.id/rsl.xml", ""},
		{"User-agent: gptbot\nUser-agent: warta\nLicense: https://a.id/rsl.xml # ya", "rsl-terms https://a.id/rsl.xml"},
		{"User-agent: warta\nUser-agent: gptbot\nDisallow: /\nUser-agent: lain\nLicense: https://a.id/rsl.xml", ""},
		{"License: /rsl.xml", ""},
		{"User-agent: *\nContent-Signal: search=yes, ai-train=no", "tdm-reservation 1"},
		{"User-agent: *\nContent-Usage: train-ai=n", "tdm-reservation 1"},
		{"User-agent: *\nContent-Signal: search=no, ai-train=yes", ""},
		{"", ""},
	} {
		if got := said(RobotsTxt([]byte(test.text))); got != test.want {
			t.Errorf("%q: %s, want %s", test.text, got, test.want)
		}
	}
}

func TestMatchPath(t *testing.T) {
	for _, test := range []struct {
		pattern, path string
		want          bool
	}{
		{"/", "/a", true}, {"/a", "/b", false}, {"/a$", "/a", true}, {"/a$", "/ab", false}, {"*.pdf$", "/a.pdf", true},
		{"/*.pdf$", "/a.pdf?x", false}, {"/a*b*c", "/axxbyyc!", true}, {"/a*b*c$", "/abcabc", true}, {"/a*a$", "/a", false}, {"", "/", false}, {"$", "/", false},
	} {
		if got := matchPath(test.pattern, test.path); got != test.want {
			t.Errorf("matchPath(%q, %q) = %v", test.pattern, test.path, got)
		}
	}
}
