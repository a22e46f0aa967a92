package evidence

import (
	"encoding/json"
	"net/url"
	"strings"

	"warta/sources"
)

// The bounds of a tdmrep.json.
const (
	maxTDMRules   = 1000
	maxTDMPattern = 1000
)

// HostTDM reads a host's /.well-known/tdmrep.json (TDMRep, Final Community
// Group Report 2024) for one of its pages, by the page's address. Of the rules
// that reach the page the first counts, as the standard has it, which wants the
// most specific one first; where a site wrote them the other way round, a more
// specific one behind it that reserves wins.
func HostTDM(body []byte, page string) []sources.Evidence {
	u, err := url.Parse(page)
	if err != nil {
		return nil
	}
	var list []json.RawMessage
	if json.Unmarshal(body, &list) != nil {
		list = []json.RawMessage{body} // one rule without its list
	}
	var found []sources.Evidence
	specific := 0
	for i := range list[:min(len(list), maxTDMRules)] {
		var rule tdmRule
		if json.Unmarshal(list[i], &rule) != nil || rule.Location == "" || len(rule.Location) > maxTDMPattern || !matches(rule.Location, u) {
			continue
		}
		said := rule.say(u)
		switch {
		case len(said) == 0: // neither 1 nor 0: unset
		case found == nil, said[0].Value == "1" && found[0].Value == "0" && len(rule.Location) > specific:
			found, specific = said, len(rule.Location)
		}
	}
	return found
}

type tdmRule struct {
	Location    string          `json:"location"`
	Reservation json.RawMessage `json:"tdm-reservation"`
	Policy      string          `json:"tdm-policy"`
}

// say quotes a rule. Its policy may be relative to the file.
func (r *tdmRule) say(page *url.URL) []sources.Evidence {
	const where = "host " + miningFile
	text := `"location": "` + r.Location + `", "tdm-reservation": ` + string(r.Reservation)
	if r.Policy != "" {
		text += `, "tdm-policy": "` + r.Policy + `"`
	}
	var f finder
	f.tdm(strings.Trim(string(r.Reservation), `" `), text, where)
	if len(f.list) > 0 {
		f.policy(resolved(page.ResolveReference(&url.URL{Path: miningFile}), r.Policy), text, where)
	}
	return f.list
}

const miningFile = "/.well-known/tdmrep.json"

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
