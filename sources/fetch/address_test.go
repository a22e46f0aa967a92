package fetch

import (
	"strings"
	"testing"
)

func TestSameParty(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"http://a.example/", "http://A.example/x", true},
		{"http://a.example/", "http://a.example:80/x", true},
		{"http://a.example/", "https://a.example/x", true},
		{"https://a.example/", "http://a.example/x", false},
		{"http://a.example:8080/", "https://a.example/x", false},
		{"http://a.example/", "http://a.example:8080/x", false},
		{"https://a.example/", "https://b.a.example/x", false},
	} {
		a, _, err := parseURL(c.a)
		b, _, err2 := parseURL(c.b)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		if got := sameParty(a, b); got != c.want {
			t.Errorf("%s → %s: %v", c.a, c.b, got)
		}
	}
}

func TestBadURLs(t *testing.T) {
	c := client(t, Options{})
	for _, raw := range []string{"", "   ", "feed", "/feed", "//host/feed", "ftp://x.example/", "file:///etc/passwd", "http:", "http://", "http:///x", "http:x.example",
		"https://:443/", "http://x.example:0/", "http://x.example:70000/", "http://x.example:25/", "http://a b/", "javascript:alert(1)", "http://x.example/" + strings.Repeat("a", 9000)} {
		_, err := c.Get(t.Context(), Request{URL: raw})
		if !IsKind(err, BadURL) {
			t.Errorf("%.40q: %v", raw, err)
		}
	}
}

// FuzzAddress holds that no address shows the login it was given with.
func FuzzAddress(f *testing.F) {
	f.Add("http://", "ana", "x.example/")
	f.Add("", "ana", "x")
	f.Add("http://", "ana@b", "[::1/")
	f.Add("http://", "", "x:25/")
	f.Add("a:", "%zz", "b@c")
	f.Fuzz(func(t *testing.T, scheme, user, rest string) {
		if strings.ContainsAny(user, "/?#") {
			return // then it is no login any more
		}
		u, _, err := parseURL(scheme + user + ":qwsecret@" + rest)
		if err != nil {
			if !strings.ContainsAny(scheme, "?#") && strings.Count(scheme, "/") <= 2 && strings.Contains(err.Error(), "qwsecret") {
				t.Errorf("%q %q %q: %v", scheme, user, rest, err)
			}
			return
		}
		if u.User != nil || u.Fragment != "" || (u.Scheme != "http" && u.Scheme != "https") {
			t.Errorf("%q %q %q became %s", scheme, user, rest, u)
		}
	})
}
