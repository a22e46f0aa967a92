package evidence

import (
	"testing"

	"warta/sources"
)

// What can't be read of a list hides nothing of the rest.
func TestTDMSpoilt(t *testing.T) {
	for _, body := range []string{
		`{"location":"/","tdm-reservation":1}`, `[1,{"location":"/","tdm-reservation":1}]`, `[{"location":7},{"location":"/","tdm-reservation":"1"}]`,
	} {
		if list := HostTDM([]byte(body), "https://a.example/berita/1"); len(list) != 1 || list[0].Value != "1" {
			t.Errorf("%s: %v", body, list)
		}
	}
}

func TestHostTDM(t *testing.T) {
	const file = `[{"location":"/berita/","tdm-reservation":1,"tdm-policy":"https://a.example/tdm.json"},{"location":"/bebas/*.html$","tdm-reservation":0},{"location":"/kata","tdm-reservation":"1"}]`
	for _, test := range []struct{ path, value string }{
		{"/berita/1", "1"}, {"/bebas/x/y.html", "0"}, {"/bebas/x.html?a=1", ""}, {"/kata-lain", "1"}, {"/", ""}, {"", ""},
	} {
		got := HostTDM([]byte(file), "https://a.example"+test.path)
		switch {
		case test.value == "" && len(got) > 0:
			t.Errorf("%s: %v", test.path, got)
		case test.value != "" && (len(got) == 0 || got[0].Kind != sources.TDMReserved || got[0].Value != test.value):
			t.Errorf("%s: %v, want %s", test.path, got, test.value)
		}
	}
	for _, bad := range []string{"", "{}", "[1]", "<html>", `[{"location":1}]`} {
		if got := HostTDM([]byte(bad), "https://a.example/"); got != nil {
			t.Errorf("%s: %v", bad, got)
		}
	}
}
