package normalize

import (
	"iter"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// relativeDate understands "10 menit lalu", "2 hours ago", "vor einer Stunde":
// every word must be known, one must say that it is past, and one must be a
// span of time.
func relativeDate(s string, now time.Time) (time.Time, bool) {
	if now.IsZero() || len(s) > 60 {
		return time.Time{}, false
	}
	switch s {
	case "baru saja", "barusan", "just now", "now", "à l'instant", "gerade eben", "ahora", "agora", "刚刚", "剛剛", "방금":
		return now, true
	}
	c := dateWords()
	t, n, past, spans := now, -1, false, 0
	for w := range relativeWords(s) {
		k, isNumber := c.numbers[w]
		unit, isUnit := c.units[w]
		if u := c.past[w]; u != "" {
			unit, isUnit, past = u, true, true
		}
		if !isUnit && (w == "sejam" || w == "semenit" || w == "sehari" || w == "seminggu" || w == "sepekan" || w == "sebulan" || w == "setahun") {
			unit, isUnit, n = c.units[w[2:]], true, 1
		}
		switch {
		case w[0] >= '0' && w[0] <= '9':
			if len(w) > 4 {
				return time.Time{}, false
			}
			n = atoi(w)
		case c.ago[w]:
			past = true
		case isUnit && n >= 0:
			t, n = back(t, n, unit), -1
			spans++
		case isNumber:
			n = k
		case c.fillers[w]:
		default:
			return time.Time{}, false
		}
	}
	return t, past && spans > 0 && n < 0
}

// relativeWords parts a text into words and numbers, which may touch: "2小时前".
func relativeWords(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := 0; i < len(s); {
			r, size := utf8.DecodeRuneInString(s[i:])
			j := i + size
			switch {
			case r >= '0' && r <= '9':
				for j < len(s) && s[j] >= '0' && s[j] <= '9' {
					j++
				}
			case unicode.IsLetter(r) || unicode.IsMark(r):
				for j < len(s) {
					if r, size = utf8.DecodeRuneInString(s[j:]); !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' {
						break
					}
					j += size
				}
			default:
				i = j
				continue
			}
			w, past := s[i:j], ""
			for _, end := range [...]string{"前", "전", "ที่แล้ว", "មុន"} {
				if head, ok := strings.CutSuffix(w, end); ok && head != "" {
					w, past = head, end
				}
			}
			if !yield(w) || past != "" && !yield(past) {
				return
			}
			i = j
		}
	}
}

// back goes n units back from t.
func back(t time.Time, n int, unit string) time.Time {
	switch unit {
	case "second":
		return t.Add(-time.Duration(n) * time.Second)
	case "minute":
		return t.Add(-time.Duration(n) * time.Minute)
	case "hour":
		return t.Add(-time.Duration(n) * time.Hour)
	case "day":
		return t.AddDate(0, 0, -n)
	case "week":
		return t.AddDate(0, 0, -7*n)
	case "month":
		return t.AddDate(0, -n, 0)
	}
	return t.AddDate(-n, 0, 0)
}
