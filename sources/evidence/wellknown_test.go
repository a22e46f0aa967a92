package evidence

import "testing"

func TestRobotsTxt(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"License: https://a.id/rsl.xml\nUser-agent: *\nDisallow:", "rsl-terms https://a.id/rsl.xml"},
		{"User-agent: gptbot\nLicense: https://a.id/rsl.xml", ""},
		{"User-agent: gptbot\nUser-agent: warta\nLicense: https://a.id/rsl.xml # ya", "rsl-terms https://a.id/rsl.xml"},
		{"User-agent: warta\nUser-agent: gptbot\nDisallow: /\nUser-agent: lain\nLicense: https://a.id/rsl.xml", ""},
		{"License: /rsl.xml", "rsl-terms https://a.id/rsl.xml"},
		{"License:", ""},
		{"User-agent: *\nContent-Signal: search=yes, ai-train=no", "tdm-reservation 1"},
		{"User-agent: *\nContent-Usage: train-ai=n", "tdm-reservation 1"},
		{"User-agent: *\nContent-Signal: search=no, ai-train=yes", ""},
		{"", ""},
	} {
		if got := said(RobotsTxt([]byte(test.text), "https://a.id/robots.txt")); got != test.want {
			t.Errorf("%q: %s, want %s", test.text, got, test.want)
		}
	}
}

func TestReaches(t *testing.T) {
	for _, test := range []struct {
		pattern, path string
		want          bool
	}{
		{"/", "/a", true}, {"/a", "/b", false}, {"/a$", "/a", true}, {"/a$", "/ab", false}, {"*.pdf$", "/a.pdf", true},
		{"/*.pdf$", "/a.pdf?x", false}, {"/a*b*c", "/axxbyyc!", true}, {"/a*b*c$", "/abcabc", true}, {"/a*a$", "/a", false}, {"$", "/", false},
	} {
		if got := reaches(test.pattern, test.path); got != test.want {
			t.Errorf("reaches(%q, %q) = %v", test.pattern, test.path, got)
		}
	}
}
