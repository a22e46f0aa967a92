package evidence

import (
	"slices"
	"strings"

	"warta/sources"
	"warta/sources/prose"
	"warta/sources/schemaorg"
)

// microdata follows schema.org's itemscope and itemprop (HTML section 5) as far
// as rights go: what an article says of itself, not what a picture in it says.
type microdata struct {
	stack []element
	take  int // of the stack: the element whose words are taken; 0: none
	text  strings.Builder
}

// element is an open element.
type element struct {
	name, prop string
	scope      string // the kind of item it begins, "" for none
}

// maxOpen bounds the elements that are followed.
const maxOpen = 512

// rightsProps are the properties that speak of rights.
var rightsProps = []string{"license", "copyrightHolder", "copyrightNotice", "creditText", "isAccessibleForFree", "usageInfo", "conditionsOfAccess"}

func (m *microdata) open(p *pageReader, name string, attrs map[string]string) {
	_, scoped := attrs["itemscope"]
	e := element{name: name, prop: attrs["itemprop"]}
	if scoped {
		e.scope = first(schemaorg.Kind(attrs["itemtype"]), "item")
	}
	stated := first(attrs["content"], first(attrs["href"], attrs["resource"]))
	for _, prop := range strings.Fields(e.prop) {
		switch holder, article := m.within(); {
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
	case "license":
		if strings.Contains(value, "://") || strings.HasPrefix(value, "/") {
			p.licence(value, "", "itemprop=license")
		} else {
			p.statement(value, where)
		}
	case "copyrightHolder", "creditText":
		p.add(sources.Copyright, value, where, "")
	default:
		if !strings.Contains(value, "://") {
			p.statement(value, where)
		}
	}
}

// free takes in whether an article can be read without paying.
func (p *pageReader) free(values []string, where string) {
	for _, v := range values {
		if strings.EqualFold(schemaorg.Kind(v), "false") {
			p.add(sources.Paywall, "isAccessibleForFree: "+v, where, "")
		}
	}
}
