package evidence

import (
	"strings"
	"time"

	"warta/sources"
)

// available reads dcterms:available (DCMI Metadata Terms: the date from which
// the resource is or will be available). Only a whole date after the story's own
// is an embargo: most say when it appeared, or a year.
func (f *finder) available(it *sources.Item) {
	for i := range it.Signals {
		s := &it.Signals[i]
		if s.Name != "dcterms:available" {
			continue
		}
		at, ok := availableFrom(s.Value)
		if !ok || !at.After(it.Published.Time) || !at.After(it.Updated.Time) {
			continue
		}
		f.add(sources.Embargo, s.Markup, s.Where+" "+s.Name, at.UTC().Format(time.RFC3339))
	}
}

// availableFrom reads a date (W3CDTF) or the start of a period (DCMI Period). A
// day begins where it begins last in Indonesia, and a time without a zone is
// read in the same.
func availableFrom(value string) (time.Time, bool) {
	value = strings.TrimSpace(value)
	for part := range strings.SplitSeq(value, ";") {
		name, start, found := strings.Cut(part, "=")
		if found && strings.EqualFold(strings.TrimSpace(name), "start") {
			value = strings.TrimSpace(start)
		}
	}
	if t, err := time.Parse(time.RFC3339, value); err == nil {
		return t, true
	}
	for _, layout := range [...]string{"2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, value, time.FixedZone("WIB", 7*60*60)); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// accessWords are how repositories say in dcterms:accessRights that not
// everybody may see a resource: info:eu-repo's words, COAR's addresses, and
// people's.
var accessWords = [...]struct {
	word string
	kind sources.EvidenceKind
}{
	{"embargoedaccess", sources.Embargo}, {"embargoed access", sources.Embargo}, {"access_right/c_f1cf", sources.Embargo},
	{"closedaccess", sources.Unclear}, {"closed access", sources.Unclear}, {"akses tertutup", sources.Unclear},
	{"restrictedaccess", sources.Unclear}, {"restricted access", sources.Unclear}, {"akses terbatas", sources.Unclear}, {"access_right/c_16ec", sources.Unclear},
	{"metadata only access", sources.Unclear}, {"access_right/c_14cb", sources.Unclear},
}

// access takes in who may see a resource, where that is not everybody. Until
// when an embargo lasts stands elsewhere, if at all.
func (f *finder) access(text, where string) bool {
	lower := strings.ToLower(text)
	for _, a := range accessWords {
		if strings.Contains(lower, a.word) {
			f.add(a.kind, text, where, "")
			return true
		}
	}
	return false
}
