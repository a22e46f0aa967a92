package rights

import (
	"slices"
	"strconv"
	"strings"

	"warta/feed"
)

// uses says in words what each use shows.
var uses = [...]feed.Bilingual{
	feed.None:     {ID: "Tidak ditampilkan.", EN: "Not shown."},
	feed.Headline: {ID: "Ditampilkan: judul, penulis, sumber, tanggal, dan tautan.", EN: "Shown: headline, byline, source, date and link."},
	feed.Excerpt:  {ID: "Ditampilkan: judul dan kutipan singkat.", EN: "Shown: headline and a short excerpt."},
	feed.Full:     {ID: "Ditampilkan: seluruh teks.", EN: "Shown: the full text."},
}

// Explain says in sentences what was decided and why, quoting the evidence,
// one sentence a line. language is "id" or "en".
func Explain(d feed.Decision, language string) string {
	var b strings.Builder
	say := func(s feed.Bilingual) { b.WriteString(s.In(language) + "\n") }
	say(uses[min(max(d.Use, feed.None), feed.Full)])
	if d.MaxChars > 0 {
		n := strconv.Itoa(d.MaxChars)
		say(feed.Bilingual{ID: "Kutipan paling panjang " + n + " karakter.", EN: "The excerpt has at most " + n + " characters."})
	}
	if d.Hold {
		say(feed.Bilingual{ID: "Menunggu pemeriksaan redaksi.", EN: "Waits for an editor."})
	}
	seen := map[string]bool{}
	for i := range d.Reasons {
		if line := because(&d.Reasons[i], &d, language); !seen[line] {
			seen[line] = true
			b.WriteString("– " + line + "\n")
		}
	}
	if !d.Until.IsZero() {
		t := d.Until.Format("2006-01-02 15:04 MST")
		say(feed.Bilingual{ID: "Ditinjau lagi pada " + t + ".", EN: "Decided again at " + t + "."})
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// maxWords bounds a quotation in an explanation, in runes.
const maxWords = 300

// because is one reason as a sentence, with the words it rests on.
func because(r *feed.Reason, d *feed.Decision, language string) string {
	line := r.Text.In(language)
	if strings.HasPrefix(r.Rule, "permission") && d.Permission != "" {
		line = strings.TrimSuffix(line, ".") + " (" + d.Permission + ")."
	}
	if r.Evidence == nil {
		return line
	}
	words := []rune(strings.Join(strings.Fields(r.Evidence.Text), " "))
	if len(words) > maxWords {
		words = append(words[:maxWords:maxWords], '…')
	}
	if len(words) > 0 {
		line += " “" + string(words) + "”"
	}
	if r.Evidence.Where != "" {
		line += " (" + feed.Whereabouts(r.Evidence.Where, language) + ")"
	}
	return line
}

// Doubts says in sentences why a decision waits for a person, quoting the
// evidence: first what is in doubt, then, where words contradict each other,
// all that was said.
func Doubts(d feed.Decision, language string) []string {
	var list []string
	add := func(of func(*Row) bool) {
		for i := range d.Reasons {
			row := rows[d.Reasons[i].Rule]
			if row == nil || !of(row) {
				continue
			}
			if line := because(&d.Reasons[i], &d, language); !slices.Contains(list, line) {
				list = append(list, line)
			}
		}
	}
	add(func(r *Row) bool { return r.Hold })
	add(func(r *Row) bool { return !r.Hold && r.Class != Note })
	return list
}
