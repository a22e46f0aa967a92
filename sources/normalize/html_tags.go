package normalize

import "golang.org/x/net/html/atom"

// kind says what becomes of an element when its markup is tidied.
type kind uint16

const (
	keepTag  kind = 1 << iota // written out again; without it only the content is kept
	blockTag                  // begins and ends a line of text
	voidTag                   // has no content and no end tag
	dropAll                   // goes with its content
	rawText                   // the tokenizer gives its content as one text
	closesP                   // its start tag ends an open paragraph
	cellTag                   // kept even when empty
	asDiv                     // written as a div: what it says of the page is of no use here
)

// kindOf is the allow-list: what news uses stays, what runs goes, and of
// everything else the words stay and the markup goes.
func kindOf(a atom.Atom) kind {
	switch a {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol,
		atom.Dl, atom.Blockquote, atom.Figure, atom.Pre, atom.Div, atom.Table, atom.Address,
		atom.Details:
		return keepTag | blockTag | closesP
	case atom.Li, atom.Dt, atom.Dd, atom.Figcaption, atom.Summary:
		return keepTag | blockTag | closesP
	case atom.Caption, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr:
		return keepTag | blockTag
	case atom.Td, atom.Th:
		return keepTag | blockTag | cellTag
	case atom.Hr:
		return keepTag | blockTag | voidTag | closesP
	case atom.Br:
		return keepTag | voidTag
	case atom.Img:
		return keepTag | voidTag
	case atom.A, atom.Em, atom.Strong, atom.B, atom.I, atom.U, atom.S, atom.Del, atom.Ins,
		atom.Mark, atom.Small, atom.Sub, atom.Sup, atom.Abbr, atom.Time, atom.Q, atom.Cite,
		atom.Code, atom.Kbd, atom.Samp, atom.Var, atom.Dfn, atom.Bdi, atom.Bdo,
		atom.Ruby, atom.Rt, atom.Rp:
		return keepTag
	case atom.Section, atom.Article, atom.Header, atom.Footer, atom.Main, atom.Aside,
		atom.Nav, atom.Center, atom.Form, atom.Fieldset, atom.Dir, atom.Menu, atom.Hgroup,
		atom.Legend, atom.Body, atom.Html, atom.Search:
		return keepTag | blockTag | closesP | asDiv
	case atom.Script, atom.Style, atom.Applet, atom.Template:
		return dropAll | rawText
	case atom.Link, atom.Meta, atom.Base, atom.Input, atom.Col, atom.Embed, atom.Param,
		atom.Source, atom.Track, atom.Area, atom.Wbr, atom.Basefont, atom.Bgsound,
		atom.Command, atom.Keygen, atom.Frame:
		return voidTag
	}
	return 0
}

// implied lists the open elements that a start tag ends, and those beyond
// which it does not look.
func implied(a atom.Atom) (ends, within []atom.Atom) {
	switch a {
	case atom.Li:
		return endsLi, listBounds
	case atom.Dt, atom.Dd:
		return endsDef, defBounds
	case atom.Tr:
		return endsTr, tableBounds
	case atom.Td, atom.Th:
		return endsCell, rowBounds
	case atom.Thead, atom.Tbody, atom.Tfoot:
		return endsGroup, tableBounds
	case atom.A:
		return endsA, tableBounds
	}
	return nil, nil
}

var (
	endsLi      = []atom.Atom{atom.Li}
	endsDef     = []atom.Atom{atom.Dt, atom.Dd}
	endsTr      = []atom.Atom{atom.Tr}
	endsCell    = []atom.Atom{atom.Td, atom.Th}
	endsGroup   = []atom.Atom{atom.Thead, atom.Tbody, atom.Tfoot}
	endsA       = []atom.Atom{atom.A}
	endsP       = []atom.Atom{atom.P}
	listBounds  = []atom.Atom{atom.Ul, atom.Ol, atom.Table, atom.Td, atom.Th}
	defBounds   = []atom.Atom{atom.Dl, atom.Table, atom.Td, atom.Th}
	rowBounds   = []atom.Atom{atom.Tr, atom.Table}
	tableBounds = []atom.Atom{atom.Table}
	cellBounds  = []atom.Atom{atom.Table, atom.Td, atom.Th, atom.Caption}
)
