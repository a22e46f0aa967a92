package rights

import (
	"strconv"
	"strings"

	"warta/feed"
	"warta/sources"
	"warta/sources/evidence"
)

// read finds the row for a piece of evidence and what it allows at most.
// operator is what the operator says of the source, nil if nothing.
func read(ev *sources.Evidence, policy feed.Policy, operator *feed.Use) (*Row, feed.Use) {
	row := rows["unclear"]
	switch ev.Kind {
	case sources.Licence:
		row = licenceRow(ev.Value, policy)
	case sources.QuoteWithSource:
		row = rows["quote"]
		if ev.Value == evidence.Likely {
			row = rows["quote-likely"]
		} else if operator != nil && *operator == feed.Full {
			row = rows["quote-full"]
		}
	case sources.Copyright:
		row = rows["copyright"]
		if ev.Value == "reserved" {
			row = rows["reserved"]
		}
	case sources.OperatorUse:
		return operatorRow(ev.Value)
	case sources.MaxSnippet:
		// A limit that can't be read is no room at all.
		if n, err := strconv.Atoi(ev.Value); err != nil || n == 0 {
			return rows["nosnippet"], feed.Headline
		} else if row = rows["max-snippet"]; n < 0 {
			return row, feed.Full
		}
	default:
		for i := range Table {
			if Table[i].Kind == ev.Kind && ev.Kind != "" {
				row = &Table[i]
				break
			}
		}
	}
	return row, row.Most
}

func operatorRow(value string) (*Row, feed.Use) {
	switch use, err := feed.ParseUse(value); {
	case err != nil, use == feed.None:
		return rows["operator-none"], feed.None
	default:
		return rows["operator-bound"], use
	}
}

// licence is what matters here of an open licence.
type licence struct{ known, nc, nd bool }

func licenceOf(address string) licence {
	canonical, ok := evidence.Licence(address)
	if !ok {
		return licence{}
	}
	l := licence{known: true}
	if rest, ok := strings.CutPrefix(canonical, "https://creativecommons.org/licenses/"); ok {
		kind, _, _ := strings.Cut(rest, "/")
		l.nc, l.nd = strings.Contains(kind, "-nc"), strings.Contains(kind, "-nd")
	}
	return l
}

func licenceRow(address string, policy feed.Policy) *Row {
	switch l := licenceOf(address); {
	case address == evidence.Likely:
		return rows["licence-likely"]
	case address == evidence.UnnamedLicence:
		return rows["licence-unnamed"]
	case !l.known:
		return rows["licence-unknown"]
	case l.nc && policy.Commercial:
		return rows["licence-nc-commercial"]
	case l.nd:
		return rows["licence-nd"]
	case l.nc:
		return rows["licence-nc"]
	default:
		return rows["licence-open"]
	}
}
