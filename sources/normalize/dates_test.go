package normalize

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"warta/sources"
)

func TestDate(t *testing.T) {
	for _, c := range []struct{ raw, want string }{
		// RFC 822, 1123, 2822 and how they go wrong.
		{"Mon, 16 Jun 2025 14:05:00 +0700", "2025-06-16T14:05:00+07:00"},
		{"Mon, 16 Jun 2025 07:05:00 GMT", "2025-06-16T07:05:00Z"},
		{"Mon, 16 Jun 2025 07:05:00 +0000", "2025-06-16T07:05:00Z"},
		{"Tue, 16 Jun 2025 07:05:00 +0000", "2025-06-16T07:05:00Z"}, // the wrong day of the week
		{"16 Jun 2025 07:05 UT", "2025-06-16T07:05:00Z"},
		{"Mon, 16 Jun 25 07:05:00 EST", "2025-06-16T07:05:00-05:00"},
		{"Mon, 16 June 2025 07:05:00 Z", "2025-06-16T07:05:00Z"},
		{"Mon,16 Jun 2025 07:05:00 +0700", "2025-06-16T07:05:00+07:00"},
		{"Mon, 16 Jun 2025 7:5:0 +07:00", "2025-06-16T07:05:00+07:00"},
		{"Mon, 16 Jun 2025 07:05:00 GMT+7", "2025-06-16T07:05:00+07:00"},
		{"Mon, 16 Jun 2025 07:05:00 GMT+0700 (WIB)", "2025-06-16T07:05:00+07:00"},
		{"Mon Jun 16 07:05:00 PDT 2025", "2025-06-16T07:05:00-07:00"},
		{"Monday, June 16, 2025 7:05 PM", "2025-06-16T19:05:00Z"},
		{"Mon, 16 Jun 2025 24:00:00 GMT", "2025-06-17T00:00:00Z"},
		{"Mon, 16 Jun 2025 07:05:60 GMT", "2025-06-16T07:05:59Z"},
		// RFC 3339, W3CDTF, ISO 8601.
		{"2025-06-16T14:05:00+07:00", "2025-06-16T14:05:00+07:00"},
		{"2025-06-16T07:05:00.123Z", "2025-06-16T07:05:00Z"},
		{"2025-06-16T14:05:00+0700", "2025-06-16T14:05:00+07:00"},
		{"2025-06-16T14:05+07", "2025-06-16T14:05:00+07:00"},
		{"2025-06-16 14:05:00", "2025-06-16T14:05:00Z"},
		{"2025-06-16 14:05:00 WITA", "2025-06-16T14:05:00+08:00"},
		{"20250616T140500Z", "2025-06-16T14:05:00Z"},
		{"20250616", "2025-06-16T00:00:00Z"},
		{"2025-06-16", "2025-06-16T00:00:00Z"},
		{"2025-06", "2025-06-01T00:00:00Z"},
		{"2025-167", "2025-06-16T00:00:00Z"},
		{"2025-06-16WIB14:05:00+07:00", "2025-06-16T14:05:00+07:00"},
		{"2025-16-06", "2025-06-16T00:00:00Z"}, // day and month swapped: can't be otherwise
		// Indonesian, long and short.
		{"Senin (16/6/2025)", "2025-06-16T00:00:00Z"},
		{"Senin (16/6)", "2026-06-16T00:00:00Z"},
		{"Senin (16 Juni 2025)", "2025-06-16T00:00:00Z"},
		{"Senin, 16 Juni 2025 14.05 WIB", "2025-06-16T14:05:00+07:00"},
		{"Senin, 16 Juni 2025, 14:05 WITA", "2025-06-16T14:05:00+08:00"},
		{"Senin 16 Juni 2025 pukul 14.05 WIT", "2025-06-16T14:05:00+09:00"},
		{"Senin, 16/06/2025 14:05 WIB WIB", "2025-06-16T14:05:00+07:00"},
		{"Jum'at, 13 Juni 2025 - 14:05 wib", "2025-06-13T14:05:00+07:00"},
		{"Jum’at , 13 Juni 2025 | 14:05 WIB", "2025-06-13T14:05:00+07:00"},
		{"Ahad, 15 Pebruari 2025", "2025-02-15T00:00:00Z"},
		{"16 Agu 2025", "2025-08-16T00:00:00Z"},
		{"16 Agt 2025", "2025-08-16T00:00:00Z"},
		{"16 Ags 2025", "2025-08-16T00:00:00Z"},
		{"16 Okt 2025 09:30", "2025-10-16T09:30:00Z"},
		{"16 Nop 2025", "2025-11-16T00:00:00Z"},
		{"16 Des '25", "2025-12-16T00:00:00Z"},
		{"05 Agustus 2019", "2019-08-05T00:00:00Z"},
		{"Rabu, November 5, 2025", "2025-11-05T00:00:00Z"},
		{"Selasa, 7 Mei 2019 19:20 WIB (12 jam lalu)", "2019-05-07T19:20:00+07:00"},
		{"Diterbitkan: 16 Juni 2025 pkl 14.05 WIB oleh Admin", "2025-06-16T14:05:00+07:00"},
		// Relative to when it was read, 24 November 2026 04:00 UTC.
		{"10 menit lalu", "2026-11-24T03:50:00Z"},
		{"10 menit yang lalu", "2026-11-24T03:50:00Z"},
		{"sejam yang lalu", "2026-11-24T03:00:00Z"},
		{"2 hours ago", "2026-11-24T02:00:00Z"},
		{"3 hari lalu", "2026-11-21T04:00:00Z"},
		{"kemarin (23/11)", "2026-11-23T00:00:00Z"},
		{"Minggu (29/12)", "2025-12-29T00:00:00Z"}, // this year's is still to come
		{"Rabu 1 November kemarin", "2026-11-01T00:00:00Z"},
		// Numbers are day before month, unless that can't be.
		{"07/01/2026", "2026-01-07T00:00:00Z"},
		{"07-01-2026", "2026-01-07T00:00:00Z"},
		{"7.1.2026", "2026-01-07T00:00:00Z"},
		{"01/17/2026", "2026-01-17T00:00:00Z"},
		{"16/06/25 14:05", "2025-06-16T14:05:00Z"},
		{"11/12/2026", "2026-11-12T00:00:00Z"},              // 11 December is to come, 12 November was last week
		{"Fri, 05/03/2019 - 15:21", "2019-05-03T15:21:00Z"}, // the day of the week decides
		{"Selasa, 05/03/2019 15:21 WIB", "2019-03-05T15:21:00+07:00"},
		{"1518478934000", "2018-02-12T23:42:14Z"},
		{"Jun 16, 2025 2:05 p.m.", "2025-06-16T14:05:00Z"},
		{"June 16th, 2025", "2025-06-16T00:00:00Z"},
		{"hari ini, 10.00 WIB", "2026-11-24T10:00:00+07:00"},
		{"Jum`at, 13 Juni 2025", "2025-06-13T00:00:00Z"},
		{"Sabtu malam (14/6/2025)", "2025-06-14T00:00:00Z"},
		{"Mon Jun 16 2025 14:05:00 GMT+0700 (Western Indonesia Time)", "2025-06-16T14:05:00+07:00"},
		{"Thu, 31 Sep 2025 10:00:00 GMT", ""},
		{"1518478934", "2018-02-12T23:42:14Z"},
		// Other languages.
		{"16 juin 2025", "2025-06-16T00:00:00Z"},
		{"mar. 3 juin 2025 10:00", "2025-06-03T10:00:00Z"},
		{"16. März 2025", "2025-03-16T00:00:00Z"},
		{"16 de junio de 2025", "2025-06-16T00:00:00Z"},
		{"16 de março de 2025", "2025-03-16T00:00:00Z"},
		{"16 giugno 2025", "2025-06-16T00:00:00Z"},
		{"16 czerwca 2025", "2025-06-16T00:00:00Z"},
		{"16 июня 2025", "2025-06-16T00:00:00Z"},
		{"16 Haziran 2025", "2025-06-16T00:00:00Z"},
		{"2025年6月16日 14:05", "2025-06-16T14:05:00Z"},
		{"2025년 6월 16일 오후 2:05", "2025-06-16T14:05:00Z"},
		{"Δευ, 16 Ιουν 2025 14:05:00 +0300", "2025-06-16T14:05:00+03:00"},
		// No date.
		{"", ""},
		{"pukul 01.00 WIB", ""},
		{"DD/MM/YYYY HH:MM WIB", ""},
		{"31 Februari 2025", ""},
		{"32/13/2025", ""},
		{"hari libur", ""},
		{"Vol. 12", ""},
		{"12345", ""},
		{"2025-00-00 00:00:00", ""},
		{"0000-00-00T00:00:00Z", ""},
	} {
		got, ok := Date(c.raw, DateHints{Now: fetched})
		s := ""
		if ok {
			s = got.Format(time.RFC3339)
		}
		if s != c.want {
			t.Errorf("Date(%q) = %q, want %q", c.raw, s, c.want)
		}
	}
}

func TestDateHints(t *testing.T) {
	for _, c := range []struct {
		raw  string
		hint DateHints
		want string
	}{
		{"Senin, 16 Juni 2025 14:05", DateHints{Now: fetched}, "2025-06-16T14:05:00+07:00"},
		{"16 Oktober 2025 14:05", DateHints{Now: fetched, Language: "id"}, "2025-10-16T14:05:00+07:00"},
		{"16 Oktober 2025 14:05", DateHints{Now: fetched, Zone: zoneOfRegions([]string{"64.01"})}, "2025-10-16T14:05:00+08:00"},
		{"16 Jun 2025 14:05:00 IST", DateHints{Language: "en-IN"}, "2025-06-16T14:05:00+05:30"},
		{"16 Jun 2025 14:05:00 IST", DateHints{Language: "en-IE"}, "2025-06-16T14:05:00+01:00"},
		{"16 Jun 2025 14:05:00 IST", DateHints{Language: "he"}, "2025-06-16T14:05:00+02:00"},
		{"Senin (16/6)", DateHints{}, ""}, // without a time of reading no year is made up
		{"10 menit lalu", DateHints{}, ""},
	} {
		got, ok := Date(c.raw, c.hint)
		s := ""
		if ok {
			s = got.Format(time.RFC3339)
		}
		if s != c.want {
			t.Errorf("Date(%q, %+v) = %q, want %q", c.raw, c.hint, s, c.want)
		}
	}
}

func TestZoneOfRegions(t *testing.T) {
	for code, want := range map[string]string{"11.01": "WIB", "31": "WIB", "61.01": "WIB", "62": "WIB", "51.03": "WITA", "63": "WITA", "64.01": "WITA", "73": "WITA", "81": "WIT", "94.01": "WIT"} {
		if z := zoneOfRegions([]string{code}); z == nil || z.String() != want {
			t.Errorf("zoneOfRegions(%s) = %v, want %s", code, z, want)
		}
	}
	if zoneOfRegions(nil) != nil || zoneOfRegions([]string{"9"}) != nil {
		t.Error("a zone without a region")
	}
}

// What software writes for "no date" is none, and the operator's policy
// decides about the future.
func TestDatePolicy(t *testing.T) {
	for _, c := range []struct {
		raw    string
		future sources.Future
		known  bool
	}{
		{"Thu, 01 Jan 1970 00:00:00 GMT", "keep", false},
		{"Thu, 01 Jan 1970 07:00:00 +0700", "keep", false},
		{"1970-01-01T07:00:00+00:00", "keep", false},
		{"Mon, 01 Jan 0001 00:00:00 +0000", "keep", false},
		{"0001-01-01T00:00:00Z", "keep", false},
		{"1899-12-30T00:00:00Z", "keep", false},
		{"1900-01-01T00:00:00Z", "keep", false},
		{"9999-12-31T00:00:00Z", "keep", false},
		{"1月10001年1", "keep", false},
		{"2027-03-01T00:00:00Z", "keep", true},
		{"2027-03-01T00:00:00Z", "hold", true},
		{"2027-03-01T00:00:00Z", "", true},
		{"2027-03-01T00:00:00Z", "ignore", false},
		{"2026-11-24T12:00:00Z", "ignore", true}, // within a zone's width: a wrong label
		{"1995-06-16T12:00:00Z", "ignore", true},
	} {
		d := sources.Date{Raw: c.raw}
		date(&d, Options{Now: fetched, Source: sources.Source{Future: c.future}}, "")
		if d.Known() != c.known || d.Raw != c.raw {
			t.Errorf("%s with future=%q: %v, want known=%v", c.raw, c.future, d, c.known)
		}
	}
}

// Any time written in a usual form is read back as it was.
func TestDateRoundTrip(t *testing.T) {
	layouts := []string{time.RFC1123Z, time.RFC3339, time.RFC3339Nano, time.RFC822Z, "Mon, 2 Jan 2006 15:04:05 -0700",
		"2006-01-02T15:04:05-0700", "2006-01-02 15:04:05 -07:00", "02/01/2006 15:04:05 -0700", "2 January 2006 15.04.05 -0700", "Monday, 02-Jan-06 15:04:05 -0700"}
	rapid.Check(t, func(t *rapid.T) {
		layout := rapid.SampledFrom(layouts).Draw(t, "layout")
		zone := rapid.SampledFrom([]int{0, 7, 8, 9, -5, 2}).Draw(t, "zone")
		want := time.Unix(rapid.Int64Range(86400*366*10, 1900000000).Draw(t, "unix"), 0).In(time.FixedZone("", zone*3600))
		if layout == time.RFC822Z {
			want = want.Truncate(time.Minute)
		}
		raw := want.Format(layout)
		got, ok := Date(raw, DateHints{})
		if !ok || !got.Equal(want) {
			t.Fatalf("Date(%q) = %v %v, want %v", raw, got, ok, want)
		}
	})
}
