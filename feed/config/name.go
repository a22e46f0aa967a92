package config

import (
	"fmt"
	"net/mail"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/text/language"
)

const maxID = 64

// isID reports whether s can be an id: [a-z0-9][a-z0-9-]*, short enough for a
// path.
func isID(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if ('a' > c || c > 'z') && ('0' > c || c > '9') && (c != '-' || i == 0) {
			return false
		}
	}
	return s != "" && len(s) <= maxID
}

// toID makes an id of any words, as far as they go.
func toID(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() == maxID {
			break
		}
	}
	return strings.Trim(b.String(), "-")
}

// id is the id of a source, permission or channel, given once in all files.
func (o *object) id() string {
	s, ok := o.scalar("id")
	if !ok {
		return ""
	}
	if !s.isText() {
		o.words("id", s)
		return ""
	}
	if !isID(s.text) {
		hint := fmt.Sprintf("an id is made of a-z, 0-9 and -, at most %d of them", maxID)
		if better := toID(s.text); better != "" && !s.env {
			hint += ", such as " + better
		}
		o.problem("id", fmt.Sprintf("%s can't be an id", s.shown()), hint)
		return ""
	}
	taken := o.l.ids[o.section.name]
	if taken == nil {
		taken = map[string]place{}
		o.l.ids[o.section.name] = taken
	}
	if first, ok := taken[s.text]; ok {
		o.problem("id", fmt.Sprintf("the %s id %q is given twice", o.section.name, s.text), "first at "+first.String())
		return ""
	}
	taken[s.text] = s.place
	return s.text
}

// address is an absolute http or https address.
func (o *object) address(name string) string {
	s, ok := o.scalar(name)
	if !ok {
		return ""
	}
	k, _ := o.section.key(name)
	u, message := parseAddress(s.text)
	if message != "" {
		o.problem(name, fmt.Sprintf("%s %s is no web address: %s", name, safe(s), message), "for example "+k.example)
		return ""
	}
	if u.User != nil {
		o.problem(name, name+" holds a user name or password, which would be published with it", "leave out the part before @")
		return ""
	}
	return s.text
}

func parseAddress(s string) (*url.URL, string) {
	u, err := url.Parse(s)
	switch {
	case strings.ContainsAny(s, " \t\n<>\"`{}|\\^"):
		return nil, "it holds a blank or another character that can't stand there"
	case err != nil:
		return nil, "it can't be read"
	case u.Scheme == "":
		return nil, "it lacks https://"
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, "it must begin with https:// or http://"
	case u.Hostname() == "":
		return nil, "it names no host"
	}
	if p := u.Port(); p != "" {
		if n, err := strconv.Atoi(p); err != nil || n < 1 || n > 65535 {
			return nil, "its port must be from 1 to 65535"
		}
	}
	return u, ""
}

// safe quotes an address for a message without the password in it.
func safe(s scalar) string {
	u, err := url.Parse(s.raw)
	switch {
	case !strings.Contains(s.raw, "@"):
		return s.shown()
	case err == nil && u.Opaque == "":
		return fmt.Sprintf("%q", u.Redacted())
	}
	return "given here"
}

// language is a tag of BCP 47, in its canonical form.
func (o *object) language() string {
	s, ok := o.scalar("language")
	if !ok {
		return ""
	}
	if !s.isText() {
		return o.words("language", s)
	}
	tag, err := language.Parse(s.text)
	if err != nil || tag == language.Und {
		hint := "write a tag of BCP 47 such as id, en, jv, su or ms"
		if code, ok := languageNames[strings.ToLower(s.text)]; ok {
			hint = fmt.Sprintf("did you mean %q?", code)
		}
		o.problem("language", fmt.Sprintf("%s is no language tag", s.shown()), hint)
		return ""
	}
	return tag.String()
}

// languageNames are words people write for a tag.
var languageNames = map[string]string{
	"indonesia": "id", "indonesian": "id", "bahasa": "id", "bahasa indonesia": "id",
	"english": "en", "inggris": "en", "jawa": "jv", "javanese": "jv", "sunda": "su", "sundanese": "su",
	"melayu": "ms", "malay": "ms", "banjar": "bjn", "bali": "ban", "madura": "mad", "bugis": "bug",
}

// hostPort is an address to listen on; the host may be missing, then it is
// every address of the machine.
func (o *object) hostPort(name string) string {
	s, ok := o.scalar(name)
	if !ok {
		return ""
	}
	host, port, found := cutPort(s.text)
	n, err := strconv.Atoi(port)
	if _, ip := netip.ParseAddr(host); !found || err != nil || n < 0 || n > 65535 ||
		strings.ContainsAny(host, "/ []") || strings.Contains(host, ":") && ip != nil {
		k, _ := o.section.key(name)
		hint := "for example " + k.example
		if name == "listen" {
			hint += `, or ":8080" for every address`
		}
		o.problem(name, fmt.Sprintf("%s must be host:port, not %s", name, s.shown()), hint)
		return ""
	}
	return s.text
}

func cutPort(s string) (host, port string, ok bool) {
	i := strings.LastIndexByte(s, ':')
	if i < 0 {
		return "", "", false
	}
	host, port = s[:i], s[i+1:]
	if inner, is := strings.CutPrefix(host, "["); is {
		host, is = strings.CutSuffix(inner, "]")
		return host, port, is
	}
	return host, port, !strings.Contains(host, ":")
}

// contact is an e-mail or web address where the operator answers.
func (o *object) contact() string {
	s, ok := o.scalar("contact")
	if !ok {
		return ""
	}
	if a, err := mail.ParseAddress(strings.TrimPrefix(s.text, "mailto:")); err == nil && a.Name == "" {
		return a.Address
	}
	if u, message := parseAddress(s.text); message == "" && u.User == nil {
		return s.text
	}
	o.problem("contact", fmt.Sprintf("contact must be an e-mail or web address, not %s", s.shown()), `for example contact: "redaksi@example.id"`)
	return ""
}
