package evidence

import (
	"slices"
	"strings"

	"warta/sources"
	"warta/sources/prose"
	"warta/sources/schemaorg"
)

// microdata follows schema.org's itemscope and itemprop (HTML section 5), and
// typeof and property (RDFa Lite 1.1), as far as rights go: what an article
// says of itself, not what a picture in it says.
type microdata struct {
	stack []element
	take  int // of the stack: the element whose words are taken; 0: none
	text  strings.Builder
}

// element is an open element.
type element struct {
	name, prop string
	scope      string // the kind of item it begins, "" for none
	other      bool   // and it says that this is something else than the page (RDFa about)
}

// maxOpen bounds the elements that are followed.
const maxOpen = 512

// rightsProps are the properties that speak of rights.
var rightsProps = []string{"license", "copyrightHolder", "copyrightNotice", "creditText", "isAccessibleForFree", "usageInfo", "conditionsOfAccess", "acquireLicensePage",
	"rights", "accessRights"}

func (m *microdata) open(p *pageReader, name string, attrs map[string]string) {
	e, scoped := begun(name, attrs)
	if about := attrs["about"]; about != "" && !p.isHere(about) {
		e.scope, e.other = first(e.scope, "item"), true
	}
	stated := first(attrs["content"], first(attrs["href"], attrs["resource"]))
	for _, prop := range strings.Fields(e.prop) {
		holder, article := m.within()
		if e.other {
			holder, article = false, false
		}
		switch {
		case prop == "isAccessibleForFree" && stated != "" && m.withinPart():
			p.property(prop, stated)
		case article && slices.Contains(rightsProps, prop) && stated != "":
			p.property(prop, stated)
		case holder && prop == "name" && stated != "":
			p.property("copyrightHolder", stated)
		case (article && slices.Contains(rightsProps, prop) && !scoped || holder && prop == "name") && m.take == 0 && !prose.Void(name):
			m.take = len(m.stack) + 1
			m.text.Reset()
		}
	}
	if !prose.Void(name) && len(m.stack) < maxOpen {
		m.stack = append(m.stack, e)
	}
}

// begun is an element with the property and the kind of item that it states, in
// either way.
func begun(name string, attrs map[string]string) (e element, scoped bool) {
	e = element{name: name, prop: attrs["itemprop"]}
	_, scoped = attrs["itemscope"]
	kind := attrs["itemtype"]
	if t, ok := attrs["typeof"]; ok && !scoped {
		kind, scoped = t, true
	}
	if e.prop == "" && name != "meta" || attrs["name"] == "" && e.prop == "" { // a meta element with a name is read as one
		e.prop = withoutPrefixes(attrs["property"])
	}
	if fields := strings.Fields(kind); scoped && len(fields) > 0 {
		e.scope = schemaorg.Kind(fields[0])
	}
	if scoped {
		e.scope = first(e.scope, "item")
	}
	return e, scoped
}

// withoutPrefixes takes from RDFa's properties what stands before their names:
// "schema:license", "dct:rights". Those of Open Graph are none.
func withoutPrefixes(list string) string {
	var kept []string
	for _, prop := range strings.Fields(list) {
		i := strings.LastIndexAny(prop, ":/#")
		switch prefix := prop[:max(i, 0)]; prefix {
		case "og", "article", "og:article", "twitter", "fb":
		default:
			kept = append(kept, prop[i+1:])
		}
	}
	return strings.Join(kept, " ")
}

// withinPart reports whether what is read is a part of an article
// (hasPart), such as the one behind a paywall.
func (m *microdata) withinPart() bool {
	for i := len(m.stack) - 1; i >= 0; i-- {
		if m.stack[i].scope != "" {
			return strings.Contains(m.stack[i].prop, "hasPart")
		}
	}
	return false
}

// ofOther reports whether what is read is about a picture, a recording, a
// program or anything else that is said to be something else than the page.
func (m *microdata) ofOther() bool {
	for i := len(m.stack) - 1; i >= 0; i-- {
		if e := &m.stack[i]; e.scope != "" {
			return e.other || slices.Contains(otherKinds, e.scope)
		}
	}
	return false
}

var otherKinds = []string{"ImageObject", "VideoObject", "AudioObject", "MediaObject", "Photograph", "SoftwareApplication", "SoftwareSourceCode",
	"WebApplication", "MobileApplication", "Dataset", "Comment", "Map"}

// within says whose words are read: those of an article, or of the holder of
// its copyright. Outside of any item it is the page's.
func (m *microdata) within() (holder, article bool) {
	for i := len(m.stack) - 1; i >= 0; i-- {
		e := &m.stack[i]
		if e.scope == "" {
			continue
		}
		if strings.Contains(e.prop, "copyrightHolder") {
			return true, false
		}
		return false, schemaorg.IsArticle(e.scope)
	}
	return false, true
}

func (m *microdata) words(text []byte) {
	if m.take > 0 && m.text.Len() < prose.MaxQuote {
		m.text.Write(text)
	}
}

func (m *microdata) close(p *pageReader, name string) {
	i := len(m.stack) - 1
	for i >= 0 && m.stack[i].name != name {
		i--
	}
	if i < 0 {
		return
	}
	if m.take > i && m.take > 0 {
		prop := "copyrightHolder"
		for _, one := range strings.Fields(m.stack[m.take-1].prop) {
			if slices.Contains(rightsProps, one) {
				prop = one
			}
		}
		p.property(prop, prose.Tidy(m.text.String()))
		m.take = 0
	}
	m.stack = m.stack[:i]
}

// property takes in what an article says of itself.
func (p *pageReader) property(prop, value string) {
	where := "page itemprop=" + prop
	if value = strings.TrimSpace(value); value == "" {
		return
	}
	switch prop {
	case "isAccessibleForFree":
		p.free([]string{value}, where)
	case "copyrightHolder", "creditText":
		p.add(sources.Copyright, value, where, "")
	default:
		p.terms(prop, value, where)
	}
}

// free takes in whether an article can be read without paying.
func (p *pageReader) free(values []string, where string) {
	for _, v := range values {
		switch strings.ToLower(schemaorg.Kind(v)) {
		case "false", "no", "0":
			p.add(sources.Paywall, "isAccessibleForFree: "+v, where, "")
		}
	}
}
