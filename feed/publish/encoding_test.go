package publish

import "testing"

func TestNegotiate(t *testing.T) {
	for _, c := range []struct {
		header []string
		want   coding
	}{
		{nil, identity},
		{[]string{""}, identity},
		{[]string{"gzip"}, gzipped},
		{[]string{"GZIP"}, gzipped},
		{[]string{"x-gzip"}, gzipped},
		{[]string{"gzip, deflate"}, gzipped},
		{[]string{"gzip, deflate, br"}, brotlied},
		{[]string{"gzip, deflate, br, zstd"}, brotlied},
		{[]string{"gzip, zstd"}, zstded},
		{[]string{"gzip", "br"}, brotlied},
		{[]string{"br;q=0.1, gzip;q=0.8"}, gzipped},
		{[]string{"br;q=0, gzip;q=0.001"}, gzipped},
		{[]string{"gzip ; q=0.5 , identity;q=0.9"}, identity},
		{[]string{"gzip;q=0"}, identity},
		{[]string{"*"}, brotlied},
		{[]string{"*;q=0.5, br;q=0"}, zstded},
		{[]string{"deflate"}, identity},
		{[]string{"deflate, compress"}, identity},
		{[]string{"identity;q=0"}, unacceptable},
		{[]string{"identity;q=0, gzip"}, gzipped},
		{[]string{"*;q=0"}, unacceptable},
		{[]string{"*;q=0, identity"}, identity},
		{[]string{"deflate, *;q=0"}, unacceptable},
		{[]string{"gzip;q=2"}, identity},
		{[]string{"gzip;q=abc, br;q=0.5"}, brotlied},
		{[]string{"gzip;level=9"}, identity},
		{[]string{",,;q=1,gzip"}, gzipped},
		{[]string{"gzip;q=1.000"}, gzipped},
		{[]string{"gzip;Q=0.2, br;q=0.10"}, gzipped},
	} {
		if got := negotiate(c.header); got != c.want {
			t.Errorf("%q: got %v, want %v", c.header, got, c.want)
		}
	}
}

func FuzzNegotiate(f *testing.F) {
	f.Add("gzip;q=0.5, *;q=0")
	f.Fuzz(func(t *testing.T, s string) {
		if c := negotiate([]string{s}); c > unacceptable || c == codings {
			t.Errorf("%q: %v", s, c)
		}
	})
}
