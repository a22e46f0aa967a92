package parse

import "bytes"

// attr is an attribute as written.
type attr struct{ name, value []byte }

// attributes goes through the attributes of a start tag, forgiving missing
// quotes and missing values.
type attributes struct{ b []byte }

func (a *attributes) next() (attr, bool) {
	b, p := a.b, 0
	for p < len(b) && !nameStart[b[p]] {
		p++
	}
	if p == len(b) {
		a.b = nil
		return attr{}, false
	}
	from := p
	for p < len(b) && nameByte[b[p]] {
		p++
	}
	at := attr{name: b[from:p]}
	q := skipSpace(b, p)
	if q == len(b) || b[q] != '=' {
		a.b = b[p:]
		return at, true
	}
	p = skipSpace(b, q+1)
	if p == len(b) {
		a.b = nil
		return at, true
	}
	if c := b[p]; c == '"' || c == '\'' {
		if i := bytes.IndexByte(b[p+1:], c); i >= 0 {
			at.value = b[p+1 : p+1+i]
			a.b = b[p+1+i+1:]
			return at, true
		}
		p++
	}
	from = p
	for p < len(b) && !space[b[p]] {
		p++
	}
	at.value = b[from:p]
	a.b = b[p:]
	return at, true
}

func skipSpace(b []byte, p int) int {
	for p < len(b) && space[b[p]] {
		p++
	}
	return p
}

// find returns the raw value of the first attribute with that name, compared
// without case.
func (a attributes) find(name string) ([]byte, bool) {
	for {
		at, ok := a.next()
		if !ok {
			return nil, false
		}
		if equalFold(at.name, name) {
			return at.value, true
		}
	}
}

// equalFold compares ASCII names; lower must be in lower case.
func equalFold(b []byte, lower string) bool {
	if len(b) != len(lower) {
		return false
	}
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}

// plainName reports a name that is safe to write again.
func plainName(b []byte) bool {
	for i, c := range b {
		if c >= 0x80 || !nameByte[c] || i == 0 && !nameStart[c] || c == ':' {
			return false
		}
	}
	return len(b) > 0
}

// split parts a qualified name into prefix and local name.
func split(name []byte) (prefix, local []byte) {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[:i], name[i+1:]
	}
	return nil, name
}
