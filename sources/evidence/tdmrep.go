package evidence

import (
	"encoding/json"
	"strings"

	"warta/sources"
)

// The bounds of a tdmrep.json.
const (
	maxTDMRules   = 1000
	maxTDMPattern = 1000
)

// HostTDM reads a host's /.well-known/tdmrep.json (TDMRep, Final Community
// Group Report 2024) for one of its pages, by its escaped path and query. Of
// the rules that reach the page one that reserves wins.
func HostTDM(body []byte, path string) []sources.Evidence {
	var list []json.RawMessage
	if json.Unmarshal(body, &list) != nil {
		list = []json.RawMessage{body} // one rule without its list
	}
	var open []sources.Evidence
	for i := range list[:min(len(list), maxTDMRules)] {
		var rule struct {
			Location    string          `json:"location"`
			Reservation json.RawMessage `json:"tdm-reservation"`
			Policy      string          `json:"tdm-policy"`
		}
		if json.Unmarshal(list[i], &rule) != nil || rule.Location == "" || len(rule.Location) > maxTDMPattern || !reaches(rule.Location, path) {
			continue
		}
		value := strings.Trim(string(rule.Reservation), `" `)
		text := `"location": "` + rule.Location + `", "tdm-reservation": ` + value
		if rule.Policy != "" {
			text += `, "tdm-policy": "` + rule.Policy + `"`
		}
		var f finder
		f.tdm(value, text, "host /.well-known/tdmrep.json")
		if len(f.list) == 0 {
			continue
		}
		f.policy(rule.Policy, text, "host /.well-known/tdmrep.json")
		switch {
		case value == "1":
			return f.list
		case open == nil:
			open = f.list
		}
	}
	return open
}

// reaches matches a path with a pattern as robots.txt has them: a prefix in
// which * is anything and a $ at the end is the end. It takes linear time for
// each star.
func reaches(pattern, path string) bool {
	pattern, end := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	rest, ok := strings.CutPrefix(path, parts[0])
	if !ok {
		return false
	}
	for i, part := range parts[1:] {
		if end && i == len(parts)-2 {
			return strings.HasSuffix(rest, part)
		}
		at := strings.Index(rest, part)
		if at < 0 {
			return false
		}
		rest = rest[at+len(part):]
	}
	return !end || rest == ""
}

// WithdrawnTitle reports whether the title of a story or its page is marked as
// withdrawn: “[DICABUT] …”.
func WithdrawnTitle(title string) bool {
	var f finder
	f.title(title)
	return len(f.list) > 0
}
