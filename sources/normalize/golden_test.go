package normalize

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"warta/sources"
)

// The tables in testdata/regional-*.tsv hold what regional sites print, one
// case a line: kind, input, expectation. Every case must hold; each kind also
// says how precise and how complete it is.
func TestRegional(t *testing.T) {
	files, err := filepath.Glob("testdata/regional-*.tsv")
	if err != nil || len(files) == 0 {
		t.Fatal("no tables", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		scores := map[string]*score{}
		n := 0
		for row := range strings.Lines(string(data)) {
			n++
			row = strings.TrimRight(row, "\n")
			if row == "" || row[0] == '#' {
				continue
			}
			f := strings.Split(row, "\t")
			if len(f) != 3 || judges[f[0]] == nil {
				t.Fatalf("%s:%d: want kind, input, expectation", name, n)
			}
			s := scores[f[0]]
			if s == nil {
				s = &score{}
				scores[f[0]] = s
			}
			if complaint := judges[f[0]](f[1], f[2], s); complaint != "" {
				t.Errorf("%s:%d: %s %q: %s", name, n, f[0], f[1], complaint)
			}
		}
		for kind, s := range scores {
			t.Logf("%s %-10s precision %.3f recall %.3f F1 %.3f (%d found, %d missed, %d wrong)", filepath.Base(name), kind, s.precision(), s.recall(), s.f1(), s.hit, s.missed, s.wrong)
		}
	}
}

// judges compare one case with its expectation, count it and say what is wrong.
var judges = map[string]func(in, want string, s *score) string{
	"byline": judgeByline, "dateline": judgeDateline, "date": judgeDate, "debris": judgeDebris,
	"provenance": judgeProvenance, "advert": judgeAdvert, "photo": judgePhoto, "title": judgeTitle,
	"lang": judgeLanguage, "excerpt": judgeExcerpt, "opener": judgeOpener, "link": judgeLink, "twin": judgeTwin,
}

// count scores got against want, both "" for nothing.
func (s *score) count(got, want string) string {
	switch {
	case got == want && want != "":
		s.hit++
	case got == want:
	default:
		if got != "" {
			s.wrong++
		}
		if want != "" {
			s.missed++
		}
		return "got " + got + ", want " + want
	}
	return ""
}

func asBlocks(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, " ⏎ ", "<br>"), "¶", "</p><p>")
	return "<p>" + s + "</p>"
}

// lostWord names a word of the input that the text has no more.
func lostWord(in string, it sources.Item) string {
	text := PlainText(it.Content.Value)
	for _, w := range strings.Fields(PlainText(asBlocks(in))) {
		if !strings.Contains(text, w) {
			return "the text lost " + w
		}
	}
	return ""
}

func judgeByline(in, want string, s *score) string {
	return judgePeople(in, story(opening+asBlocks(in)), want, s)
}

// judgeOpener reads a byline that stands before the story, as text or markup.
func judgeOpener(in, want string, s *score) string {
	if !strings.HasPrefix(in, "<") {
		in = asBlocks(in)
	}
	return judgePeople(in, story(in+opening), want, s)
}

func judgePeople(in string, it sources.Item, want string, s *score) string {
	parts := strings.Split(want, "||")
	missing := map[string]bool{}
	for p := range strings.SplitSeq(parts[0], ";") {
		if p = strings.TrimSpace(p); p != "" {
			missing[p] = true
		}
	}
	var complaints []string
	for p := range strings.SplitSeq(strings.ReplaceAll(people(it), "*", ""), "; ") {
		switch {
		case p == "":
		case missing[p]:
			s.hit++
			delete(missing, p)
		default:
			s.wrong++
			complaints = append(complaints, "wrongly "+p)
		}
	}
	for p := range missing {
		s.missed++
		complaints = append(complaints, "missed "+p)
	}
	for _, p := range parts[1:] {
		key, value, _ := strings.Cut(strings.TrimSpace(p), "=")
		got := map[string]string{"credit": it.Credit, "agency": it.Agency, "adv": ""}[key]
		if key == "adv" && !it.Advertorial {
			complaints = append(complaints, "not seen to be paid for")
		}
		if c := s.count(got, value); c != "" {
			complaints = append(complaints, key+": "+c)
		}
	}
	if l := lostWord(in, it); l != "" {
		complaints = append(complaints, l)
	}
	return strings.Join(complaints, "; ")
}

func judgeDateline(in, want string, s *score) string {
	it := story("<p>" + in + "</p><p>Warga senang.</p>")
	line, rest, _ := strings.Cut(want, " || ")
	c := s.count(it.Dateline, line)
	if a, ok := strings.CutPrefix(rest, "agency="); ok && it.Agency != a {
		c += " agency " + it.Agency
	}
	return c + lostWord(in, it)
}

func judgeDate(in, want string, s *score) string {
	got := ""
	if at, ok := Date(in, DateHints{Now: fetched}); ok {
		got = at.UTC().Format(time.RFC3339)
	}
	return s.count(got, strings.TrimPrefix(want, "-"))
}

func judgeDebris(in, want string, s *score) string {
	const before, after = "Bupati datang.", "Warga senang."
	it := story("<p>" + before + "</p>" + in + "<p>" + after + "</p>")
	left := it.Content.Value
	if !strings.HasPrefix(left, "<p>"+before+"</p>") || !strings.HasSuffix(left, "<p>"+after+"</p>") {
		return "the story suffered: " + left
	}
	clean := left == "<p>"+before+"</p><p>"+after+"</p>"
	switch {
	case want == "-" && clean:
		s.hit++
	case want == "-":
		s.missed++
		return "left " + left
	case len(it.Removed) > 0 || lostWord(in, it) != "":
		s.wrong++
		return "removed by " + it.Removed[0].Why
	}
	return ""
}

func judgeProvenance(in, want string, s *score) string {
	it := story(opening + asBlocks(in))
	got := ""
	if len(it.Provenance) > 0 {
		p := it.Provenance[0]
		if strings.HasPrefix(want, "*") {
			p.Outlet = "*"
		}
		got = p.Outlet + " || " + p.Title + " || " + p.URL
		if !strings.Contains(PlainText(it.Content.Value), p.Text) {
			return "its text is not in the story"
		}
	}
	if want == "none" {
		want = ""
	} else {
		f := strings.Split(want, "||")
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		want = strings.Join(f, " || ")
	}
	return s.count(got, want) + lostWord(in, it)
}

func judgeAdvert(in, want string, s *score) string {
	it := story(in)
	got := ""
	if it.Advertorial {
		got = "yes"
	}
	if want == "no" {
		want = ""
	}
	return s.count(got, want) + lostWord(in, it)
}

func judgePhoto(in, want string, s *score) string { return s.count(photoCredit(in), want) }

func judgeTitle(in, want string, s *score) string {
	title, outlet, _ := strings.Cut(in, " @@ ")
	it := sources.Item{Title: sources.Text{Value: title, Type: "html"}}
	Item(&it, &sources.Document{}, Options{Source: sources.Source{Title: outlet}})
	return s.count(it.Title.Value, want)
}

func judgeLink(in, want string, s *score) string {
	it := sources.Item{Link: in}
	Item(&it, &sources.Document{}, Options{})
	return s.count(it.URL, want)
}

func judgeTwin(in, want string, s *score) string {
	a, b, _ := strings.Cut(in, " | ")
	got := "different"
	if Key(a) == Key(b) {
		got = "same"
	}
	return s.count(got, want)
}

func judgeLanguage(in, want string, s *score) string {
	it := sources.Item{Title: sources.Text{Value: in, Type: "text"}}
	Item(&it, &sources.Document{}, Options{})
	return s.count(it.Language, want)
}

func judgeExcerpt(in, want string, s *score) string {
	text, where, _ := strings.Cut(in, " @@ ")
	it := sources.Item{Language: "id"}
	if where == "summary" {
		it.Summary = sources.Text{Value: text, Type: "html"}
		it.Content = sources.Text{Value: "<p>Isi yang lain sama sekali.</p>", Type: "html"}
	} else {
		it.Content = sources.Text{Value: text, Type: "html"}
	}
	Item(&it, &sources.Document{}, Options{})
	return s.count(it.Excerpt, want)
}
