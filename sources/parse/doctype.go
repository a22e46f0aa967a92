package parse

import (
	"bytes"
	"strings"
)

// maxOwnEntities bounds how many entities a document may declare.
const maxOwnEntities = 1024

// declare takes the general entities of an internal subset (XML 1.0 section
// 4.2). A value may use entities declared before it, so expansion is one step
// and cannot recur; each is bounded. External entities are never fetched:
// their references stay as text.
func (e *entities) declare(doctype []byte, offset int, warn *warnings) error {
	for {
		i := bytes.Index(doctype, []byte("<!ENTITY"))
		if i < 0 || len(e.own) >= maxOwnEntities {
			return nil
		}
		end, _ := directiveEnd(doctype, i, len(doctype))
		name, value, ok := entityValue(doctype[i+len("<!ENTITY") : end])
		doctype, offset = doctype[end:], offset+end
		if !ok {
			continue
		}
		if e.own == nil {
			e.own = map[string]string{}
		}
		if _, again := e.own[name]; again {
			continue // the first declaration is binding
		}
		v := e.appendDecoded(nil, value, offset, warn)
		if e.over || len(v) > e.max/16 {
			return refuse(CodeManyEntities, offset, "the entities of its own DTD grow beyond bounds")
		}
		e.own[name] = string(v)
	}
}

// entityValue reads ` name "value"` of a declaration.
func entityValue(b []byte) (name string, value []byte, ok bool) {
	p := skipSpace(b, 0)
	from := p
	for p < len(b) && nameByte[b[p]] {
		p++
	}
	name = string(b[from:p])
	p = skipSpace(b, p)
	if name == "" || p >= len(b) || b[p] != '"' && b[p] != '\'' {
		return "", nil, false
	}
	end := bytes.IndexByte(b[p+1:], b[p])
	if end < 0 {
		return "", nil, false
	}
	return name, b[p+1 : p+1+end], true
}

// isHTMLDoctype reports <!DOCTYPE html …>.
func isHTMLDoctype(doctype []byte) bool {
	f := strings.Fields(strings.ToLower(string(doctype[:min(len(doctype), 64)])))
	return len(f) > 1 && strings.TrimRight(f[1], ">") == "html"
}
