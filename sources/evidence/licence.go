package evidence

import "strings"

// Licence recognizes the address of a public licence in any of the forms sites
// write it (http or https, with www, deed or legalcode, language suffix,
// jurisdiction, /rdf) and gives its canonical address. ok is false for any
// other address: that is somebody's terms, not a licence we know.
func Licence(address string) (canonical string, ok bool) {
	host, path, ok := split(address)
	if !ok {
		return "", false
	}
	switch host {
	case "creativecommons.org", "creativecommons.cc":
		return creativeCommons(path)
	case "web.resource.org":
		if path == "cc/publicdomain" {
			return "https://creativecommons.org/publicdomain/mark/1.0/", true
		}
	case "nationalarchives.gov.uk":
		return openGovernment(path)
	case "opendatacommons.org":
		return openData(path)
	case "artlibre.org":
		if path == "" || strings.HasPrefix(path, "licence") {
			return "https://artlibre.org/licence/lal/", true
		}
	case "etalab.gouv.fr":
		if strings.Contains(path, "licence-ouverte") {
			return "https://www.etalab.gouv.fr/licence-ouverte-open-licence/", true
		}
	}
	return "", false
}

// split takes an address apart: host without www, path in lower case without
// slashes at its ends. Scheme-relative and scheme-less forms are accepted.
func split(address string) (host, path string, ok bool) {
	s := strings.ToLower(strings.TrimSpace(address))
	if len(s) > 300 {
		return "", "", false
	}
	if _, rest, found := strings.Cut(s, "://"); found {
		s = rest
	} else {
		s = strings.TrimPrefix(s, "//")
	}
	if i := strings.IndexAny(s, "?#"); i >= 0 {
		s = s[:i]
	}
	host, path, _ = strings.Cut(s, "/")
	host = strings.TrimPrefix(strings.TrimSuffix(strings.TrimSuffix(host, ":80"), ":443"), "www.")
	return host, strings.Trim(path, "/"), strings.Contains(host, ".")
}

// ccVersions are the versions that exist; an address with another one is not a
// licence.
var ccVersions = map[string]bool{"1.0": true, "2.0": true, "2.1": true, "2.5": true, "3.0": true, "4.0": true}

// ccKinds maps every spelling of the licence elements, in the order some
// versions wrote them, to the usual one.
var ccKinds = map[string]string{
	"by": "by", "by-sa": "by-sa", "by-nd": "by-nd", "by-nc": "by-nc",
	"by-nc-sa": "by-nc-sa", "by-nc-nd": "by-nc-nd", "by-nd-nc": "by-nc-nd", "by-sa-nc": "by-nc-sa",
}

// creativeCommons reads licenses/KIND/VERSION[/JURISDICTION][/deed.LANG] and
// publicdomain/{zero,mark}/1.0. Version and jurisdiction are kept, because the
// text of the licence depends on them.
func creativeCommons(path string) (string, bool) {
	part := strings.Split(path, "/")
	if len(part) < 2 {
		return "", false
	}
	switch part[0] {
	case "publicdomain":
		switch part[1] {
		case "zero":
			return "https://creativecommons.org/publicdomain/zero/1.0/", true
		case "mark", "certification":
			return "https://creativecommons.org/publicdomain/mark/1.0/", true
		}
	case "licenses":
		switch part[1] {
		case "publicdomain":
			return "https://creativecommons.org/publicdomain/mark/1.0/", true
		case "zero":
			return "https://creativecommons.org/publicdomain/zero/1.0/", true
		}
		kind, ok := ccKinds[part[1]]
		if !ok || len(part) < 3 || !ccVersions[part[2]] {
			return "", false
		}
		address := "https://creativecommons.org/licenses/" + kind + "/" + part[2] + "/"
		if len(part) > 3 && isJurisdiction(part[3]) {
			address += part[3] + "/"
		}
		return address, true
	}
	return "", false
}

// isJurisdiction reports whether a path segment is a ported licence's country
// (br, uk, scotland, igo) rather than a document (deed.pt, legalcode, rdf).
func isJurisdiction(s string) bool {
	if s == "scotland" || s == "igo" {
		return true
	}
	return len(s) == 2 && s[0] >= 'a' && s[0] <= 'z' && s[1] >= 'a' && s[1] <= 'z'
}

func openGovernment(path string) (string, bool) {
	rest, ok := strings.CutPrefix(path, "doc/open-government-licence")
	if !ok {
		return "", false
	}
	rest = strings.Trim(rest, "/")
	if rest == "" {
		return "https://www.nationalarchives.gov.uk/doc/open-government-licence/", true
	}
	version, ok := strings.CutPrefix(rest, "version/")
	if !ok || len(version) == 0 || version[0] < '1' || version[0] > '3' {
		return "", false
	}
	return "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/" + version[:1] + "/", true
}

func openData(path string) (string, bool) {
	_, name, _ := strings.Cut(path, "licenses/")
	name, _, _ = strings.Cut(name, "/")
	switch name {
	case "by", "odbl", "pddl":
		return "https://opendatacommons.org/licenses/" + name + "/", true
	}
	return "", false
}
