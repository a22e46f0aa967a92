package feed

import "reflect"

// Lost names what of a story's attribution is not what it was any more after
// something was done to the entry, "" for nothing: whose it is, where it is at
// home, its owner's terms and what readers must be told may change on no way
// out. A removed text is no loss; a removed byline is.
func Lost(before, after *Entry) string {
	a, b := &before.Attribution, &after.Attribution
	for _, x := range [...]struct {
		what   string
		was    any
		became any
	}{
		{"id", before.OriginalID, after.OriginalID},
		{"public id", before.KnownAs, after.KnownAs},
		{"byline", a.Authors, b.Authors},
		{"contributors", a.Contributors, b.Contributors},
		{"byline line", a.Credit, b.Credit},
		{"agency", a.Agency, b.Agency},
		{"dateline", a.Dateline, b.Dateline},
		{"link home", a.URL, b.URL},
		{"source", a.Source, b.Source},
		{"origin", a.Origin, b.Origin},
		{"provenance", a.Provenance, b.Provenance},
		{"way it came", a.Via, b.Via},
		{"rights statements", a.Statements, b.Statements},
		{"licences", a.Licenses, b.Licenses},
		{"holder", a.Holder, b.Holder},
		{"notice", unquotedNotice(before.Notice), unquotedNotice(after.Notice)},
		{"evidence", before.Evidence, after.Evidence},
		{"mark of paid content", before.Advertorial, after.Advertorial},
	} {
		if !reflect.DeepEqual(x.was, x.became) {
			return x.what
		}
	}
	// A withdrawal is the last that is told of a story.
	if n := after.Notice; (n == nil || n.Kind != Withdrawal) && !reflect.DeepEqual(unquoted(before.Later), unquoted(after.Later)) {
		return "later notices"
	}
	return ""
}
