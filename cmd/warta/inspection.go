package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"warta/feed"
	"warta/feed/rights"
	"warta/sources"
)

// inspection is the contract of inspect --json; docs/inspect.schema.json
// describes it. Unknown dates are null; a list is never null.
type inspection struct {
	Feed     headView          `json:"feed"`
	Warnings []sources.Warning `json:"warnings"`
	Entries  []entryView       `json:"entries"`
}

type headView struct {
	Format   string     `json:"format"`
	Title    string     `json:"title"`
	Link     string     `json:"link"`
	FeedURL  string     `json:"feed_url"`
	Language string     `json:"language"`
	Rights   string     `json:"rights"`
	Licenses []string   `json:"licenses"`
	Updated  *time.Time `json:"updated"`
	Hubs     []string   `json:"hubs"`
}

type entryView struct {
	ID           string              `json:"id"`
	IDFrom       sources.IDFrom      `json:"id_from"`
	URL          string              `json:"url"`
	Title        string              `json:"title"`
	Published    *time.Time          `json:"published"`
	Updated      *time.Time          `json:"updated"`
	Language     string              `json:"language"`
	Authors      []personView        `json:"authors"`
	Contributors []personView        `json:"contributors"`
	Agency       string              `json:"agency"`
	Dateline     string              `json:"dateline"`
	Categories   []string            `json:"categories"`
	Summary      string              `json:"summary"`
	Content      string              `json:"content"`
	Excerpt      string              `json:"excerpt"`
	Image        *imageView          `json:"image"`
	Enclosures   []sources.Enclosure `json:"enclosures"`
	Source       *originView         `json:"source"`
	Rights       rightsView          `json:"rights"`
	Regions      []string            `json:"regions"`
	Advertorial  bool                `json:"advertorial"`
	Removed      []sources.Removal   `json:"removed"`
	Truncated    bool                `json:"truncated,omitempty"`
}

type personView struct {
	Name  string `json:"name"`
	Role  string `json:"role"`
	Email string `json:"email"`
	URL   string `json:"url"`
}

type imageView struct {
	URL    string `json:"url"`
	Credit string `json:"credit"`
}

type originView struct {
	ID      string     `json:"id"`
	Title   string     `json:"title"`
	URL     string     `json:"url"`
	FeedURL string     `json:"feed_url"`
	Rights  string     `json:"rights"`
	Updated *time.Time `json:"updated"`
}

type rightsView struct {
	Statements []sources.Statement `json:"statements"`
	Licenses   []string            `json:"licenses"`
	Holder     string              `json:"holder"`
	Evidence   []evidenceView      `json:"evidence"`
	Use        feed.Use            `json:"use"`
	Why        string              `json:"why"`
}

type evidenceView struct {
	Kind  sources.EvidenceKind `json:"kind"`
	Text  string               `json:"text"`
	Where string               `json:"where"`
	Value string               `json:"value,omitempty"`
	Most  feed.Use             `json:"most"`
	At    *time.Time           `json:"at"`
	Hash  string               `json:"hash"`
}

func evidenceOf(ev *sources.Evidence, policy feed.Policy) evidenceView {
	return evidenceView{ev.Kind, ev.Text, ev.Where, ev.Value, rights.Most(*ev, policy), orNull(ev.At), ev.Hash()}
}

func headOf(doc *sources.Document) headView {
	var words []string
	for _, s := range doc.Rights {
		words = append(words, s.Text)
	}
	return headView{
		Format: string(doc.Format), Title: doc.Title.Value, Link: doc.Link, FeedURL: doc.FeedURL, Language: doc.Language,
		Rights: strings.Join(words, "\n"), Licenses: orEmpty(doc.Licenses), Updated: orNull(doc.Updated.Time), Hubs: orEmpty(doc.Hubs),
	}
}

func viewOf(it *sources.Item, e *feed.Entry, d feed.Decision, policy feed.Policy) entryView {
	at := e.Attribution
	v := entryView{
		ID: e.OriginalID, IDFrom: it.IDFrom, URL: at.URL, Title: e.Title,
		Published: orNull(e.Published), Updated: orNull(e.Updated), Language: e.Language,
		Authors: people(at.Authors), Contributors: people(at.Contributors), Agency: at.Agency, Dateline: at.Dateline,
		Categories: []string{}, Summary: e.Summary.Value, Content: e.Content.Value, Excerpt: e.Excerpt,
		Enclosures: orEmpty(e.Enclosures), Regions: orEmpty(e.Regions), Advertorial: e.Advertorial, Removed: orEmpty(e.Removed),
		Rights: rightsView{Statements: orEmpty(at.Statements), Licenses: orEmpty(at.Licenses), Holder: at.Holder,
			Evidence: []evidenceView{}, Use: d.Use, Why: rights.Explain(d, "en")},
	}
	for _, c := range e.Categories {
		v.Categories = append(v.Categories, c.Term)
	}
	if e.Image != nil {
		v.Image = &imageView{e.Image.URL, e.Image.Credit}
	}
	if o := at.Origin; o != nil {
		v.Source = &originView{o.ID, o.Title, o.URL, o.FeedURL, o.Rights, orNull(o.Updated.Time)}
	}
	for i := range e.Evidence {
		v.Rights.Evidence = append(v.Rights.Evidence, evidenceOf(&e.Evidence[i], policy))
	}
	return v
}

func people(list []sources.Person) []personView {
	out := make([]personView, 0, len(list))
	for _, p := range list {
		out = append(out, personView{p.Name, p.Role, p.Email, p.URL})
	}
	return out
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

func orNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// print shows the same to a person.
func (r inspection) print(w io.Writer) error {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "  %-12s %s\n", name, value)
		}
	}
	fmt.Fprintf(&b, "%s  %s, %s\n", r.Feed.Title, r.Feed.Format, entries(len(r.Entries)))
	line("site", r.Feed.Link)
	line("feed", r.Feed.FeedURL)
	line("rights", r.Feed.Rights)
	line("licences", strings.Join(r.Feed.Licenses, " "))
	for _, x := range r.Warnings {
		line("repaired", x.String())
	}
	for _, e := range r.Entries {
		fmt.Fprintf(&b, "\n%s\n", e.Title)
		if e.Truncated {
			line("truncated", "only what was whole is shown")
		}
		line("id", fmt.Sprintf("%s (from %s)", e.ID, e.IDFrom))
		line("link", e.URL)
		line("published", date(e.Published))
		line("updated", date(e.Updated))
		line("byline", names(e.Authors))
		line("with", names(e.Contributors))
		line("agency", e.Agency)
		line("dateline", e.Dateline)
		if e.Source != nil {
			line("taken from", e.Source.Title+" "+e.Source.URL)
		}
		for _, ev := range e.Rights.Evidence {
			line("evidence", fmt.Sprintf("%s: %q (%s): at most %s", ev.Kind, ev.Text, ev.Where, ev.Most))
		}
		line("use", fmt.Sprintf("%s: %s", e.Rights.Use, e.Rights.Why))
		for _, x := range e.Removed {
			line("removed", fmt.Sprintf("%q: %s", x.Text, x.Why))
		}
		line("excerpt", e.Excerpt)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func date(t *time.Time) string {
	if t == nil {
		return "unknown"
	}
	return t.Format(time.RFC3339)
}

func names(list []personView) string {
	var out []string
	for _, p := range list {
		n := p.Name
		if p.Role != "" && p.Role != "author" {
			n += " (" + p.Role + ")"
		}
		out = append(out, n)
	}
	return strings.Join(out, ", ")
}
