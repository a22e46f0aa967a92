package normalize

import (
	"strings"
)

// photoCredit finds whose picture a caption says it is, in its own words.
func photoCredit(s string) string {
	s = fold(s)
	if s == "" {
		return ""
	}
	low := strings.ToLower(s)
	if len(low) != len(s) {
		low = s
	}
	for _, w := range [...]string{"foto oleh", "foto:", "foto :", "fotografer:", "fotografer :", "photo by", "photo:", "photo :",
		"photograph:", "credit:", "image:", "photograph by", "picture:", "courtesy of", "courtesy:", "dok.", "dok:", "dokumentasi",
		"antara foto/", "antara/", "reuters/", "afp/", "ap photo/", "ap/", "xinhua/", "epa/", "epa-efe/", "bernama/", "afp photo/", "sumber foto", "sumber:", "bild:", "quelle:", "foto ©"} {
		i := strings.LastIndex(low, w)
		if i < 0 || i > 0 && (letter(low[i-1]) || low[i-1] == '-') {
			continue
		}
		c := s[i:]
		for _, skip := range [...]string{"foto oleh", "foto:", "foto :", "fotografer:", "fotografer :", "photo by", "photo:", "photo :", "photograph:", "credit:", "image:", "photograph by", "picture:", "bild:", "quelle:", "sumber foto:", "sumber foto :", "sumber:"} {
			if strings.HasPrefix(low[i:], skip) {
				c = c[len(skip):]
				break
			}
		}
		c = strings.Trim(c, " [|(")
		for strings.HasSuffix(c, ")") && strings.Count(c, "(") < strings.Count(c, ")") || strings.HasSuffix(c, "]") {
			c = strings.TrimRight(c[:len(c)-1], " ")
		}
		if c != "" && len(c) <= 100 && strings.Count(c, " ") < 12 && !endsLikeProse(c) {
			return c
		}
	}
	if c, _ := lastParen(s); c != "" {
		in := strings.Trim(c, "()[] ")
		if strings.Contains(in, "/") && !strings.ContainsAny(in, "“”\"") && strings.Count(in, " ") < 7 && !isDatePart(strings.ToLower(in)) || strings.Contains(strings.ToLower(in), "istimewa") || strings.HasPrefix(strings.ToLower(in), "foto") ||
			strings.HasPrefix(strings.ToLower(in), "ist") && len(in) <= 4 || isDesk(in, "") && !strings.Contains(in, ". ") {
			return in
		}
	}
	for _, mark := range [...]string{"©", "(c) ", "(C) "} {
		if i := strings.Index(s, mark); i >= 0 {
			// "Name/©Outlet/Name": the whole run belongs together.
			from := i
			if mark != "©" && i+len(mark) < len(s) {
				from = i + len(mark)
			}
			if sp := strings.LastIndexAny(s[:i], ".("); i > 0 && s[i-1] == '/' {
				from = sp + 1
			}
			return strings.Trim(s[from:], " ()[]|")
		}
	}
	if i := strings.LastIndex(s, " /"); i > 0 && len(s)-i < 60 && capitalised(s[i+2:]) {
		return s[i+2:] // "… rumah. /Istimewa"
	}
	if i := strings.Index(low, "/copyright"); i > 0 {
		return s
	}
	return ""
}

func endsLikeProse(s string) bool { return len(s) > 60 && strings.HasSuffix(s, ".") }

// lastParen gives the brackets a caption ends with.
func lastParen(s string) (string, bool) {
	t := strings.TrimRight(s, " .")
	if !strings.HasSuffix(t, ")") && !strings.HasSuffix(t, "]") {
		return "", false
	}
	i := strings.LastIndexAny(t, "([")
	if i < 0 || len(t)-i > 80 {
		return "", false
	}
	return t[i:], i == 0
}
