package evidence

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"

	"warta/sources"
)

// The bounds on files about a whole host: bytes, and rules or lines read.
const (
	maxHostFile  = 512 << 10
	maxHostRules = 10000
)

// TDMFile reads /.well-known/tdmrep.json for one address of its host: the
// first rule in sequence whose location matches it counts (TDMRep section 4).
func TDMFile(body []byte, address string) []sources.Evidence {
	var list []struct {
		Location    string `json:"location"`
		Reservation any    `json:"tdm-reservation"`
		Policy      string `json:"tdm-policy"`
	}
	if len(body) > maxHostFile || json.Unmarshal(body, &list) != nil {
		return nil
	}
	path := pathOf(address)
	var f finder
	for i := range list[:min(len(list), maxHostRules)] {
		r := &list[i]
		if !matchPath(r.Location, path) {
			continue
		}
		value := ""
		switch v := r.Reservation.(type) {
		case float64:
			value = strconv.FormatFloat(v, 'f', -1, 64)
		case string:
			value = v
		}
		text := "location: " + r.Location + "; tdm-reservation: " + value
		if r.Policy != "" {
			text += "; tdm-policy: " + r.Policy
		}
		f.tdm(value, text, "host /.well-known/tdmrep.json")
		break
	}
	return f.list
}

// RobotsTxt reads what robots.txt says about rights besides access: RSL's
// License lines (RSL 1.0, association by robots.txt), and Content-Signal and
// Content-Usage lines that reserve AI uses, in groups for everybody or for us.
func RobotsTxt(body []byte) []sources.Evidence {
	if len(body) > maxHostFile {
		body = body[:maxHostFile]
	}
	var f finder
	ours, named := true, false // lines before any group are for everybody
	for n, line := range strings.Split(string(body), "\n") {
		if n > maxHostRules {
			break
		}
		line, _, _ = strings.Cut(line, "#")
		key, value, _ := strings.Cut(line, ":")
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		switch key {
		case "user-agent":
			match := value == "*" || strings.EqualFold(value, product)
			ours = match || named && ours // several names, one group
			named = true
			continue
		case "license":
			if u, err := url.Parse(value); ours && err == nil && u.IsAbs() {
				f.add(sources.RSLTerms, strings.TrimSpace(line), "host /robots.txt", value)
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

func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "/"
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	return path
}

// matchPath matches a path against a pattern as in robots.txt (RFC 9309
// section 2.2.3): a prefix, in which * is anything and a final $ the end. Time
// is linear in the path for each part of the pattern.
func matchPath(pattern, path string) bool {
	if pattern == "" {
		return false
	}
	end := strings.HasSuffix(pattern, "$")
	parts := strings.Split(strings.TrimSuffix(pattern, "$"), "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	rest := path[len(parts[0]):]
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
