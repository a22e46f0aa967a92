package parse

import (
	"encoding/json"
	"strings"

	"warta/sources"
)

// chained is what the member _warta of an item says of the way it came, by the
// names that other warta's write: JSON Feed has none for it. It is a claim of
// the feed it stands in, as an atom:source is.
type chained struct {
	GUID         string          `json:"guid"`
	Source       *chainedSource  `json:"source"`
	ReadFrom     *chainedSource  `json:"read_from"`
	Via          []chainedHop    `json:"via"`
	Provenance   []chainedFirst  `json:"provenance"`
	Authors      []chainedPerson `json:"authors"`
	Contributors []chainedPerson `json:"contributors"`
	CreditLine   string          `json:"credit_line"`
	Media        []chainedImage  `json:"media"`
	Credit       string          `json:"credit"`
	Agency       string          `json:"agency"`
	Dateline     string          `json:"dateline"`
	Holder       string          `json:"holder"`
	Licenses     []string        `json:"licenses"`
	Updated      string          `json:"updated"`
	Notice       *chainedNotice  `json:"notice"`
	Notices      []chainedNotice `json:"notices"` // where there are more than one
}

type chainedNotice struct {
	Kind   string `json:"kind"`
	When   string `json:"when"`
	Reason string `json:"reason"`
	Quote  string `json:"quote"`
	URL    string `json:"url"`
}

type chainedSource struct {
	ID       string          `json:"id"`
	Title    string          `json:"title"`
	URL      string          `json:"url"`
	FeedURL  string          `json:"feed_url"`
	Rights   string          `json:"rights"`
	Licenses []string        `json:"licenses"`
	Language string          `json:"language"`
	Updated  string          `json:"updated"`
	Authors  []chainedPerson `json:"authors"`
}

type chainedHop struct {
	URL   string `json:"url"`
	Title string `json:"title"`
}

type chainedFirst struct {
	Text   string `json:"text"`
	Outlet string `json:"outlet"`
	Title  string `json:"title"`
	URL    string `json:"url"`
}

type chainedImage struct {
	URL       string `json:"url"`
	Type      string `json:"type"`
	Title     string `json:"title"`
	Caption   string `json:"caption"`
	Credit    string `json:"credit"`
	Copyright string `json:"copyright"`
	License   string `json:"license"`
	Width     int    `json:"width"`
	Height    int    `json:"height"`
}

type chainedPerson struct {
	Name  string `json:"name"`
	Role  string `json:"role"`
	URL   string `json:"url"`
	Email string `json:"email"`
}

// The bounds on what is taken from one item.
const (
	maxChained = 64 << 10
	maxHops    = 32
	maxPeople  = 100
)

// chain reads the member.
func (j *jsonReading) chain(it *sources.Item, name string, raw []byte) {
	var c chained
	if name != "_warta" || len(raw) > maxChained || json.Unmarshal(raw, &c) != nil {
		return
	}
	if s := c.Source; s != nil && it.Origin == nil && (s.Title != "" || s.URL != "" || s.FeedURL != "") {
		it.Origin = &sources.Origin{
			ID: j.str(s.ID), Title: j.str(s.Title), URL: j.str(s.URL), FeedURL: j.str(s.FeedURL), Rights: j.str(s.Rights),
			Licenses: s.Licenses[:min(len(s.Licenses), maxHops)], Language: j.str(s.Language), Updated: sources.Date{Raw: j.str(s.Updated)},
			Authors: j.people(s.Authors),
		}
	}
	it.FirstID = j.str(c.GUID)
	hops := c.Via
	if f := c.ReadFrom; f != nil {
		hops = append([]chainedHop{{URL: firstOf(f.FeedURL, f.URL), Title: f.Title}}, hops...)
	}
	for _, h := range hops[:min(len(hops), maxHops)] {
		if h.URL != "" {
			it.Links = append(it.Links, sources.Link{Rel: "via", Href: j.str(h.URL), Title: j.str(h.Title)})
		}
	}
	for _, p := range c.Provenance[:min(len(c.Provenance), maxHops)] {
		it.Provenance = append(it.Provenance, sources.Provenance{Text: j.str(p.Text), Outlet: j.str(p.Outlet), Title: j.str(p.Title), URL: j.str(p.URL)})
	}
	if len(it.Licenses) == 0 {
		it.Licenses = c.Licenses[:min(len(c.Licenses), maxHops)]
	}
	if list := j.people(c.Authors); len(list) > 0 { // with e-mail and role, which JSON Feed has no member for
		it.Authors = list
	}
	it.Contributors = append(it.Contributors, j.people(c.Contributors)...)
	for i, m := range c.Media[:min(len(c.Media), maxHops)] {
		img := sources.Image{URL: j.str(m.URL), Type: j.str(m.Type), Title: j.str(m.Title), Caption: j.str(m.Caption), Credit: j.str(m.Credit),
			Copyright: j.str(m.Copyright), License: j.str(m.License), Width: m.Width, Height: m.Height}
		if i == 0 {
			it.Image, it.Media = &img, nil
		}
		it.Media = append(it.Media, img)
	}
	it.Credit, it.Agency, it.Dateline = firstOf(it.Credit, j.str(c.Credit)), firstOf(it.Agency, j.str(c.Agency)), firstOf(it.Dateline, j.str(c.Dateline))
	it.Holder = firstOf(it.Holder, j.str(c.Holder))
	if n := c.Notice; n != nil && n.Kind == "withdrawal" {
		it.Gone = &sources.Tombstone{When: sources.Date{Raw: j.str(n.When)}, Comment: j.str(n.Reason)}
	}
	if len(c.Notices) == 0 && c.Notice != nil {
		c.Notices = []chainedNotice{*c.Notice}
	}
	it.Told = j.told(c.Notices)
	hop(it, j.str(c.CreditLine))
	if it.Updated.Raw == "" {
		it.Updated.Raw = j.str(c.Updated)
	}
}

// told are the corrections and replies that another warta passes on.
func (j *jsonReading) told(list []chainedNotice) (out []sources.Told) {
	for _, n := range list {
		kind := sources.AmendmentKind(n.Kind)
		if (kind == sources.Corrects || kind == sources.Replies) && len(out) < maxTold {
			out = append(out, sources.Told{
				Kind: kind, When: sources.Date{Raw: j.str(n.When)}, Words: j.str(n.Reason), Quote: j.str(n.Quote), URL: j.str(n.URL),
			})
		}
	}
	return out
}

func (j *jsonReading) people(list []chainedPerson) (out []sources.Person) {
	for _, p := range list[:min(len(list), maxPeople)] {
		if name := strings.TrimSpace(p.Name); name != "" {
			out = append(out, sources.Person{Role: j.str(p.Role), Name: j.str(name), Raw: j.str(name), URL: j.str(p.URL), Email: j.str(p.Email)})
		}
	}
	return out
}
