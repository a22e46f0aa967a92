package evidence

import (
	"net/url"
	"strings"

	"warta/sources"
)

// The bounds on files about a whole host: bytes, and rules or lines read.
const (
	maxHostFile  = 512 << 10
	maxHostRules = 10000
)

// RobotsTxt reads what robots.txt says about rights besides access: RSL's
// License lines (RSL 1.0, association by robots.txt), and Content-Signal and
// Content-Usage lines that reserve AI uses, in groups for everybody or for us.
// address is the file's own: RSL wants absolute addresses in it, and sites
// write relative ones.
func RobotsTxt(body []byte, address string) []sources.Evidence {
	if len(body) > maxHostFile {
		body = body[:maxHostFile]
	}
	var f finder
	base, _ := url.Parse(address)
	ours, named := true, false // lines before any group are for everybody
	for n, line := range strings.Split(strings.TrimPrefix(string(body), "\ufeff"), "\n") {
		if n > maxHostRules {
			break
		}
		line, _, _ = strings.Cut(line, "#")
		key, value, _ := strings.Cut(line, ":")
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		switch key {
		case "user-agent":
			match := value == "*" || isUs(value)
			ours = match || named && ours // several names, one group
			named = true
			continue
		case "license":
			if ours && value != "" {
				f.add(sources.RSLTerms, strings.TrimSpace(line), "host /robots.txt", resolved(base, value))
			}
		case "content-signal", "content-usage":
			if ours && reserves(value) {
				f.add(sources.TDMReserved, strings.TrimSpace(line), "host /robots.txt", "1")
			}
		}
		if key != "" {
			named = false
		}
	}
	return f.list
}

// reserves reports whether a list such as "search=yes, ai-train=no" denies an
// AI use.
func reserves(list string) bool {
	for _, item := range strings.FieldsFunc(strings.ToLower(list), func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
		name, value, _ := strings.Cut(item, "=")
		if value = strings.TrimSpace(value); (value == "no" || value == "n") && (strings.Contains(name, "ai") || strings.HasPrefix(name, "train") || name == "bots") {
			return true
		}
	}
	return false
}
