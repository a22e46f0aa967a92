package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"warta/feed"
	"warta/sources"
)

var update = flag.Bool("update", false, "write the golden files anew")

var wita = time.FixedZone("WITA", 8*3600)

// sample is a month of a partner: two outlets, one under a permission, one
// excerpts; a correction that it has, a withdrawal that it does not know of.
func sample() ([]feed.Proof, []feed.Proof, Facts) {
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, wita) }
	f := Facts{
		Site: feed.Site{Title: "Warta Paser", URL: "https://warta.example/", Contact: "redaksi@warta.example"}, Zone: wita, Made: at(30, 17, 5), Language: "id",
		Sources:  map[string]string{"pemkab": "Diskominfo Paser", "suara": "Suara Delta & Kawan"},
		Partners: map[string]string{"portal": "Portal Uji", "lain": "Kabar Lain"},
		Permissions: []feed.Permission{{ID: "pemkab-portal", Source: "pemkab", Use: feed.Full, Basis: feed.PaidLicence, GrantedBy: "Kepala Dinas Kominfo", Document: "kontrak-7.pdf",
			Audience: "partner:portal", From: time.Date(2026, 1, 1, 0, 0, 0, 0, wita), Until: time.Date(2027, 1, 1, 0, 0, 0, 0, wita)}},
		States: map[string][]feed.Entry{},
	}
	titles := []string{"Jalan Penghubung Tiga Desa di Batu Sopang Diperbaiki", "Pasar Malam Kembali Digelar di Tepian", "Nelayan Diminta Waspada Gelombang Tinggi",
		"=HYPERLINK(\"http://jahat.example\")", "Sekolah Terapung Punya <Perpustakaan>", "Vaksinasi Ternak Mulai 1 Desember", "Harga Beras Turun Dua Pekan Berturut-turut"}
	var proofs, history []feed.Proof
	for i := range 28 {
		source := []string{"pemkab", "pemkab", "suara"}[i%3]
		id := fmt.Sprintf("entry%011d", i)
		e := feed.Entry{ID: id, Source: source, Revision: 1, Title: titles[i%len(titles)],
			Attribution: feed.Attribution{URL: fmt.Sprintf("https://%s.example/%d", source, i), Authors: []sources.Person{{Name: "Siti Rahmah"}, {Name: "Bayu"}}}}
		f.States[id] = []feed.Entry{e}
		p := feed.Proof{Partner: "portal", Channel: "paser", Month: "2026-11", Entry: id, Revision: 1, Use: feed.Full, Permission: "pemkab-portal", Words: 310 + 13*i, Images: 1,
			First: at(1+i*i%27, 7, i), Last: at(2+i*i%27, 9, i), Count: 40 + i}
		if source == "suara" {
			p.Use, p.Permission, p.Words, p.Images = feed.Excerpt, "", 42, 0
		}
		proofs = append(proofs, p)
		if i%2 == 0 {
			p.Pushed, p.Count, p.First, p.Last = true, 1, p.First.Add(-time.Minute), p.First.Add(-time.Minute)
			proofs = append(proofs, p)
		}
	}
	notice := func(id string, kind feed.NoticeKind, when time.Time, by, reason string) {
		e := f.States[id][0]
		e.Revision, e.Notice = 2, &feed.Notice{Kind: kind, When: when, Reason: reason, By: by}
		f.States[id] = append(f.States[id], e)
	}
	notice("entry00000000000", feed.Correction, at(3, 10, 0), "origin", "Panjang jalan 3 km, bukan 30 km.")
	notice("entry00000000002", feed.Withdrawal, at(20, 14, 30), "operator", "Salah mengutip narasumber.")
	corrected := proofs[0]
	corrected.Revision, corrected.Words, corrected.First, corrected.Last, corrected.Count = 2, 315, at(3, 10, 6), at(9, 9, 0), 12
	sent := corrected
	sent.Pushed, sent.First, sent.Last, sent.Count = true, at(3, 10, 0), at(3, 10, 0), 1
	proofs = append(proofs, corrected, sent)
	for _, p := range proofs {
		if p.Entry == "entry00000000000" || p.Entry == "entry00000000002" {
			history = append(history, p)
		}
	}
	return proofs, history, f
}

func build(language string) *Report {
	proofs, history, f := sample()
	f.Language = language
	r := Build("2026-11", "portal", "", proofs, history, f)
	return &r
}

func TestSums(t *testing.T) {
	r := build("id")
	if r.Sums.Stories != 28 || r.Sums.States != 29 || r.Sums.Full != 19 || r.Sums.Excerpt != 9 || r.Sums.Images != 19 {
		t.Errorf("%+v", r.Sums)
	}
	words := 0
	for i := range 28 {
		switch {
		case i == 0:
			words += 315 // by its last state
		case i%3 == 2:
			words += 42
		default:
			words += 310 + 13*i
		}
	}
	if r.Sums.Words != words {
		t.Errorf("%d words, want %d", r.Sums.Words, words)
	}
	days := 0
	for _, d := range r.Days {
		days += d.Stories
	}
	if len(r.Days) != 30 || days != 28 {
		t.Errorf("%d stories on %d days", days, len(r.Days))
	}
	if len(r.Notices) != 2 || r.Notices[0].Kind != "withdrawal" || r.Notices[0].Partners[0].Reached() {
		t.Fatalf("%+v", r.Notices)
	}
	if n := r.Notices[1].Partners[0]; !n.Reached() || n.Sent.Hour() != 10 || len(n.Revisions) != 1 || n.Fetched.Minute() != 6 {
		t.Errorf("%+v", n)
	}
	if len(r.Permissions) != 1 || r.Permissions[0].Stories != 19 || r.Permissions[0].Until != "2026-12-31" || !r.Permissions[0].Known {
		t.Errorf("%+v", r.Permissions)
	}
}

// The forms are golden files; each is also read back by a reader that is not
// ours.
func TestForms(t *testing.T) {
	for name, c := range map[string]struct {
		format   Format
		language string
	}{"report.txt": {Table, "id"}, "report.csv": {CSV, "id"}, "report.json": {JSON, "id"}, "laporan.html": {HTML, "id"}, "report.html": {HTML, "en"}} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := Write(&b, c.format, build(c.language)); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", name)
			if *update {
				if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(b.Bytes(), want) {
				t.Errorf("not %s; see what changed with -update", path)
			}
			switch c.format {
			case CSV:
				rows, err := csv.NewReader(&b).ReadAll()
				if err != nil || len(rows) != 30 {
					t.Errorf("%d rows, %v", len(rows), err)
				}
				for _, row := range rows {
					if strings.HasPrefix(row[3], "=") {
						t.Errorf("a spreadsheet would run %q", row[3])
					}
				}
			case JSON:
				var v Report
				if err := json.Unmarshal(b.Bytes(), &v); err != nil || v.Sums.Stories != 28 {
					t.Errorf("%+v, %v", v.Sums, err)
				}
			case HTML:
				checkPage(t, b.String())
			}
		})
	}
}

// checkPage: nothing is loaded from elsewhere, nothing runs, every element that
// is begun ends, and words of strangers are words.
func checkPage(t *testing.T, page string) {
	t.Helper()
	if strings.Contains(page, "<script") || strings.Contains(page, "<Perpustakaan>") || strings.Contains(page, "ZgotmplZ") {
		t.Error("the page holds what it should not")
	}
	var stack []string
	void := map[string]bool{"meta": true, "br": true}
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(stack) > 0 {
				t.Errorf("these do not end: %v", stack)
			}
			return
		case html.StartTagToken:
			tok := z.Token()
			for _, a := range tok.Attr {
				if a.Key == "src" || tok.Data == "link" {
					t.Errorf("the page loads %s", a.Val)
				}
			}
			if !void[tok.Data] {
				stack = append(stack, tok.Data)
			}
		case html.EndTagToken:
			name := z.Token().Data
			if len(stack) == 0 || stack[len(stack)-1] != name {
				t.Fatalf("</%s> ends %v", name, stack)
			}
			stack = stack[:len(stack)-1]
		}
	}
}

// A month without anything is a report, too.
func TestNothingServed(t *testing.T) {
	_, _, f := sample()
	r := Build("2026-12", "portal", "", nil, nil, f)
	for _, format := range []Format{Table, CSV, JSON, HTML} {
		var b bytes.Buffer
		if err := Write(&b, format, &r); err != nil || b.Len() < 40 {
			t.Errorf("%s: %v, %q", format, err, b.String())
		}
	}
}
