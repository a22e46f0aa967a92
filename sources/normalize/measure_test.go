package normalize

import (
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"warta/sources"
)

// score counts what was found against what is there.
type score struct{ hit, missed, wrong int }

func (s score) precision() float64 { return ratio(s.hit, s.hit+s.wrong) }
func (s score) recall() float64    { return ratio(s.hit, s.hit+s.missed) }
func (s score) f1() float64        { return ratio(2*s.hit, 2*s.hit+s.wrong+s.missed) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

func (s score) check(t *testing.T, name string, floor float64) {
	t.Helper()
	t.Logf("%-32s precision %.3f recall %.3f F1 %.3f (%d found, %d missed, %d wrong)", name, s.precision(), s.recall(), s.f1(), s.hit, s.missed, s.wrong)
	if s.f1() < floor {
		t.Errorf("%s: F1 %.3f is below %.2f", name, s.f1(), floor)
	}
}

// boilerplate gives the rows of one kind; ⏎ stands for a line break.
func boilerplate(t *testing.T, kind string) []string {
	data, err := os.ReadFile(shared(t, "boilerplate.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for row := range strings.Lines(string(data)) {
		if f := strings.Split(strings.TrimRight(row, "\n"), "\t"); len(f) == 3 && f[0] == kind {
			out = append(out, f[2])
		}
	}
	return out
}

func asBlock(s string) string {
	return "<p>" + strings.ReplaceAll(html.EscapeString(s), " ⏎ ", "<br>") + "</p>"
}

// The names that stand in the byline rows, in their order; "" where there is
// only a sign, and "~" where a sign must be kept as the credit.
var bylineNames = []string{
	"~", "author: Dewi Pratama", "~", "~", "author: Serafin Unus Pasi", "~", "contributor: Rani Wijaya",
	"author: Tommy Simatupang", "", "author: Antonius Sepriyono", "editor: Brury MP", "editor: 张三",
	"author: Tribun Kaltim; editor: Rita Noor Shobah", "editor: Budi Susilo", "author: Maya Sofia",
	"author: Tribun Kaltim; editor: Amalia Husnul A", "author: Syafril", "author: Galih Lintartika", "author: Fahdi Fahlevi",
	"author: Aditya Maulana; editor: Agung Kurniawan", "~", "author: Budisantoso Budiman; author: Agus S",
	"editor: Yudha Manggala P Putra", "", "author: Suparman; editor: Hernawan Wahyudono",
}

func TestMeasureBylines(t *testing.T) {
	rows := boilerplate(t, "byline")
	if len(rows) != len(bylineNames) {
		t.Skipf("the rows have changed: %d", len(rows))
	}
	var s score
	for i, row := range rows {
		it := story(opening + asBlock(row))
		want := map[string]bool{}
		if bylineNames[i] == "~" {
			if it.Credit == "" {
				s.missed++
				t.Logf("missed the sign in %q", row)
			} else {
				s.hit++
			}
		} else if bylineNames[i] != "" {
			for n := range strings.SplitSeq(bylineNames[i], "; ") {
				want[n] = true
			}
		}
		if p := strings.ReplaceAll(people(it), "*", ""); p != "" {
			for n := range strings.SplitSeq(p, "; ") {
				if want[n] {
					s.hit++
					delete(want, n)
				} else {
					s.wrong++
					t.Logf("%q: wrongly %q", row, n)
				}
			}
		}
		for n := range want {
			s.missed++
			t.Logf("%q: missed %q", row, n)
		}
	}
	s.check(t, "bylines, boilerplate", 0.95)
}

func TestMeasureDatelines(t *testing.T) {
	var s score
	for _, row := range boilerplate(t, "dateline") {
		it := story(asBlock(row+" Kepala dinas membuka acara.") + opening[strings.Index(opening, "</p>")+4:])
		if it.Dateline != "" && strings.HasPrefix(strings.ReplaceAll(row, " ⏎ ", " "), it.Dateline) {
			s.hit++
		} else {
			s.missed++
			t.Logf("%q gave %q", row, it.Dateline)
		}
	}
	s.check(t, "datelines, boilerplate", 0.95)

	s = score{}
	for _, a := range regionArticles(t) {
		if it := article("", a.Body, a.Outlet); it.Dateline != "" {
			s.wrong++
			t.Logf("%s: %q is no dateline", a.ID, it.Dateline)
		}
		if a.Prefix == "" {
			continue
		}
		want := strings.TrimRight(strings.TrimSpace(a.Prefix), " -–—")
		if it := article(a.Prefix, a.Body, a.Outlet); it.Dateline == want {
			s.hit++
		} else {
			s.missed++
			t.Logf("%s: %q, want %q", a.ID, it.Dateline, want)
		}
	}
	s.check(t, "datelines, articles", 0.95)
}

type regionArticle struct {
	ID, Outlet, Body string
	Prefix           string `json:"dateline_prefix"`
}

func regionArticles(t *testing.T) []regionArticle {
	return sharedLines[regionArticle](t, "open/articles/region/region.jsonl")
}

// article makes an item of plain paragraphs.
func article(prefix, body, outlet string) sources.Item {
	var b strings.Builder
	for i, p := range regexp.MustCompile(`\n+`).Split(body, -1) {
		if i == 0 {
			p = prefix + p
		}
		b.WriteString("<p>" + html.EscapeString(p) + "</p>\n")
	}
	it := sources.Item{Content: sources.Text{Value: b.String(), Type: "html"}}
	Item(&it, &sources.Document{}, Options{Now: fetched, Source: sources.Source{ID: "x", Title: outlet}})
	return it
}

// furnitureWords begin what may go from an article: nothing else may.
var furnitureWords = regexp.MustCompile(`(?i)^[\W_]*(baca|simak|lihat|tonton|saksikan|artikel terkait|berita terkait|\\?\[?embed|scroll|advert|iklan|gambas|pilihan editor)`)

func TestMeasureDebris(t *testing.T) {
	var s score
	for _, row := range boilerplate(t, "debris") {
		it := story(opening + asBlock(row) + "<p>Kalimat terakhir.</p>")
		text := PlainText(it.Content.Value)
		if strings.HasSuffix(text, "lama ditunggu.\n\nKalimat terakhir.") {
			s.hit++
		} else {
			s.missed++
			t.Logf("left: %q", row)
		}
	}
	s.check(t, "debris, boilerplate", 0.95)
	for _, kind := range []string{"nocopy", "permit", "copyright", "byline", "dateline", "photocredit", "provenance", "advertorial", "correction"} {
		for _, row := range boilerplate(t, kind) {
			if it := story(opening + asBlock(row)); len(it.Removed) > 0 {
				t.Errorf("%s %q was removed: %v", kind, row, it.Removed)
			}
		}
	}
	removed, articles := 0, 0
	judge := func(id, body string, it sources.Item) {
		articles++
		removed += len(it.Removed)
		left := strings.Fields(PlainText(it.Content.Value))
		for _, r := range it.Removed {
			if !furnitureWords.MatchString(r.Text) || len(r.Text) > 200 {
				t.Errorf("%s: %q was removed by %s", id, r.Text, r.Why)
			}
			left = append(left, strings.Fields(r.Text)...)
		}
		if had := strings.Fields(body); len(had) != len(left) {
			t.Errorf("%s: %d words became %d", id, len(had), len(left))
		}
	}
	for _, a := range regionArticles(t) {
		judge(a.ID, a.Body, article("", a.Body, a.Outlet))
	}
	type indosum struct {
		ID         string
		Paragraphs []string
	}
	for _, a := range sharedLines[indosum](t, "open/articles/indosum.jsonl") {
		body := strings.Join(a.Paragraphs, "\n")
		judge(a.ID, body, article("", body, ""))
	}
	t.Logf("%d removals in %d articles", removed, articles)
}

// In articles whose byline was taken off, whoever is found must stand beside a
// label or in brackets at the end.
func TestMeasureBylinesInArticles(t *testing.T) {
	labelled := regexp.MustCompile(`(?i)(penulis|pewarta|reporter|editor|laporan|oleh|foto|kontributor)`)
	wrong, n := 0, 0
	for _, a := range regionArticles(t) {
		n++
		it := article("", a.Body, a.Outlet)
		for _, p := range append(it.Authors, it.Contributors...) {
			i := strings.Index(a.Body, p.Name)
			if i < 0 || !labelled.MatchString(a.Body[max(0, i-80):i]) {
				wrong++
				t.Logf("%s: %q from %q", a.ID, p.Name, p.Raw)
			}
		}
	}
	t.Logf("%d persons in %d articles that have no label", wrong, n)
	if wrong > n/100 {
		t.Errorf("too many persons out of nothing: %d", wrong)
	}
}

// The rows of dates, in their order; "" is none.
var dateRows = []string{"", "2011-12-22T18:08:00+07:00", "2026-06-29", "2015-11-05T14:56:00+07:00", "2015-10-31T13:28:00+07:00",
	"2025-11-05", "", "2026-11-01", "2025-10-21", "2025-10-07", "2026-07-30T19:51:57+07:00", "2026-01-04T11:00:00+08:00", "2025-08-04",
	"2023-11-05", "2025-10-22T15:50:00+07:00", "2017-02-17T13:16:00+07:00", "2026-05-13T18:45:00+07:00", "2017-02-17T13:30:00+07:00",
	"2023-11-07", "2015-11-04T21:04:00+07:00", "2026-01-07", "2023-11-06", "", "2016-02-15T16:15:00+07:00"}

func TestMeasureDates(t *testing.T) {
	rows := boilerplate(t, "date")
	if len(rows) == len(dateRows) {
		var s score
		for i, row := range rows {
			got, ok := Date(row, DateHints{Now: fetched, Language: "id"})
			want := dateRows[i]
			layout := time.RFC3339
			if len(want) == 10 {
				layout = time.DateOnly
			}
			switch {
			case !ok && want == "" || ok && got.Format(layout) == want:
				s.hit++
			default:
				s.wrong++
				t.Logf("%q gave %v, want %q", row, got, want)
			}
		}
		s.check(t, "dates, boilerplate", 0.98)
	}

	// feedparser takes WIB and other names it does not know as UTC and leaves
	// Indonesian months alone; those rows are no measure.
	unsure := regexp.MustCompile(`(?i)\b(wib|wita|wit|aest|aedt|ist|bst|cest?|msk|sgt|[a-z]{3,4}t)\b|agustus|januari|maret|mei |juni|juli|oktober|desember`)
	files, err := filepath.Glob(filepath.Join(filepath.Dir(shared(t, "open/feeds/MANIFEST.tsv")), "*.expect.json"))
	if err != nil {
		t.Fatal(err)
	}
	var s score
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var doc struct {
			Entries []struct {
				Raw     string `json:"published_raw"`
				Time    string `json:"published"`
				Updated string `json:"updated_raw"`
				UTime   string `json:"updated"`
			}
		}
		if json.Unmarshal(data, &doc) != nil {
			continue
		}
		for _, e := range doc.Entries {
			for _, p := range [][2]string{{e.Raw, e.Time}, {e.Updated, e.UTime}} {
				if p[0] == "" || unsure.MatchString(strings.ReplaceAll(p[0], "GMT", "")) {
					continue
				}
				got, ok := Date(p[0], DateHints{})
				switch {
				case ok && got.UTC().Format("2006-01-02T15:04:05Z") == p[1], !ok && p[1] == "":
					s.hit++
				case p[1] == "":
					t.Logf("%q: we read %v, feedparser nothing", p[0], got)
				default:
					s.wrong++
					if s.wrong < 30 {
						t.Logf("%q: %v, feedparser %q", p[0], got.UTC(), p[1])
					}
				}
			}
		}
	}
	s.check(t, "dates, feeds", 0.98)
}
