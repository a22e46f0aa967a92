package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"warta/feed"
	"warta/feed/publish"
	"warta/feed/render"
	"warta/sources"
)

// Entry is one story as the caller may see it.
type Entry struct {
	ID        string    `json:"id" doc:"Our id of it, the same for ever."`
	Seq       int64     `json:"seq" doc:"Grows with every change of any entry."`
	Revision  int       `json:"revision,omitempty" doc:"1 is the first state it was in."`
	Status    string    `json:"status" enum:"shown,withdrawn,gone" doc:"shown; withdrawn: show the notice in its place; gone: nothing of it may be shown any more, take it away."`
	Source    string    `json:"source,omitempty"`
	Title     string    `json:"title,omitempty"`
	URL       string    `json:"url,omitempty" doc:"The story's home."`
	Page      string    `json:"page,omitempty" doc:"Our page, which says why it is shown as it is."`
	Language  string    `json:"language,omitempty"`
	Regions   []string  `json:"regions,omitempty"`
	Published time.Time `json:"published,omitzero"`
	Updated   time.Time `json:"updated,omitzero"`
	FirstSeen time.Time `json:"first_seen,omitzero"`
	Changed   time.Time `json:"changed,omitzero" doc:"When this state was stored."`
	Channels  []string  `json:"channels,omitempty" doc:"The channels it stands in, of those that you may read."`
	Rights    *Rights   `json:"rights,omitempty"`
	Notice    *Notice   `json:"notice,omitempty"`
	Item      Item      `json:"item,omitempty"`

	sight *publish.Sight // what was seen; nil: nothing may be
}

// Item is an entry as it stands in the channel's JSON Feed.
type Item json.RawMessage

// MarshalJSON passes the item through.
func (i Item) MarshalJSON() ([]byte, error) { return json.RawMessage(i).MarshalJSON() }

// Schema says in OpenAPI what an item is.
func (Item) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{
		Type: huma.TypeObject, AdditionalProperties: true,
		Description: "An item of JSON Feed 1.1, as the channel's .json has it: text as far as it may be shown, with the visible credit line; authors, outlet, terms and the rest of the attribution in _warta.",
	}
}

// Rights says what may be shown of an entry to you, and why.
type Rights struct {
	Use        string    `json:"use" enum:"none,headline,excerpt,full"`
	Permission string    `json:"permission,omitempty" doc:"Id of the recorded permission behind it."`
	License    string    `json:"license,omitempty"`
	Images     bool      `json:"images" doc:"Pictures that carry a credit or licence are in it."`
	Unabridged bool      `json:"unabridged,omitempty" doc:"The text may be shown only whole and unchanged."`
	NoIndex    bool      `json:"noindex,omitempty" doc:"Your copy must ask not to be indexed."`
	Credit     string    `json:"credit,omitempty" doc:"The credit line its owner asks for."`
	Until      time.Time `json:"until,omitzero" doc:"When the clock alone changes this."`
	Reasons    []Reason  `json:"reasons,omitempty"`
}

// Reason is one step of the decision.
type Reason struct {
	Rule     string    `json:"rule"`
	Most     string    `json:"most" doc:"What this allows at most."`
	ID       string    `json:"id" doc:"In Indonesian."`
	EN       string    `json:"en" doc:"In English."`
	Evidence *Evidence `json:"evidence,omitempty"`
}

// Evidence is what a reason rests on, verbatim.
type Evidence struct {
	Kind  string `json:"kind"`
	Text  string `json:"text,omitempty"`
	Where string `json:"where,omitempty"`
	Value string `json:"value,omitempty"`
}

// Notice is a correction, right of reply or withdrawal.
type Notice struct {
	Kind   string    `json:"kind" enum:"correction,right-of-reply,withdrawal"`
	When   time.Time `json:"when"`
	Reason string    `json:"reason,omitempty"`
	Quote  string    `json:"quote,omitempty" doc:"The outlet's own words, as far as its terms allow"`
	By     string    `json:"by,omitempty"`
	URL    string    `json:"url,omitempty"`
}

// entryOf writes what a caller may see of an entry.
func entryOf(site feed.Site, s *publish.Sight, reasons bool) Entry {
	e := &s.Entry
	if s.Item == nil {
		return Entry{ID: e.ID, Seq: e.Seq, Status: "gone"}
	}
	out := Entry{
		ID: e.ID, Seq: e.Seq, Revision: e.Revision, Status: "shown", Source: e.Source, Title: e.Title, URL: e.Attribution.URL,
		Page: render.EntryURL(site, e.ID), Language: e.Language, Regions: e.Regions,
		Published: utc(e.Published), Updated: utc(e.Updated), FirstSeen: utc(e.FirstSeen), Changed: utc(e.Changed),
		Channels: s.Channels, Rights: rightsOf(&s.Decision, reasons), Notice: noticeOf(e.Notice), Item: Item(s.Item), sight: s,
	}
	if e.Notice != nil && e.Notice.Kind == feed.Withdrawal {
		out.Status = "withdrawn"
	}
	return out
}

func utc(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.UTC()
}

func rightsOf(d *feed.Decision, reasons bool) *Rights {
	r := &Rights{
		Use: d.Use.String(), Permission: d.Permission, License: d.License, Images: d.Images, Unabridged: d.Whole,
		NoIndex: d.NoIndex, Credit: d.CreditLine, Until: utc(d.Until),
	}
	for i := range d.Reasons {
		if !reasons {
			break
		}
		from := &d.Reasons[i]
		r.Reasons = append(r.Reasons, Reason{Rule: from.Rule, Most: from.Most.String(), ID: from.Text.ID, EN: from.Text.EN, Evidence: evidenceOf(from.Evidence)})
	}
	return r
}

func evidenceOf(ev *sources.Evidence) *Evidence {
	if ev == nil {
		return nil
	}
	return &Evidence{Kind: string(ev.Kind), Text: ev.Text, Where: ev.Where, Value: ev.Value}
}

func noticeOf(n *feed.Notice) *Notice {
	if n == nil {
		return nil
	}
	return &Notice{Kind: string(n.Kind), When: utc(n.When), Reason: n.Reason, Quote: n.Quote, By: n.By, URL: n.URL}
}

// Revision is a state that an entry was in.
type Revision struct {
	Number  int       `json:"number"`
	Stored  time.Time `json:"stored" doc:"When we stored it."`
	Use     string    `json:"use" enum:"none,headline,excerpt,full" doc:"What may be shown of it now."`
	Title   string    `json:"title,omitempty"`
	Updated time.Time `json:"updated,omitzero" doc:"As its source dated it."`
	Notice  *Notice   `json:"notice,omitempty"`
}

// RevisionText is a state with its text, as far as it may be shown, and never
// without whose it is.
type RevisionText struct {
	Revision
	Summary string `json:"summary,omitempty" doc:"Plain text, with the visible credit line."`
	Content string `json:"content,omitempty" doc:"HTML, with the visible credit line."`
	Item    Item   `json:"item,omitempty"`
}

// textOf is a state with its item, and the item's texts.
func textOf(s *feed.Shown, item []byte) RevisionText {
	out := RevisionText{Revision: revisionOf(s), Item: item}
	var of struct {
		Summary string
		Content string `json:"content_html"`
	}
	if json.Unmarshal(item, &of) == nil { // an item that was refused has none
		out.Summary, out.Content = of.Summary, of.Content
	}
	return out
}

func revisionOf(s *feed.Shown) Revision {
	return Revision{
		Number: s.Entry.Revision, Stored: utc(s.Entry.Changed), Use: s.Decision.Use.String(), Title: s.Entry.Title,
		Updated: utc(s.Entry.Updated), Notice: noticeOf(s.Entry.Notice),
	}
}

type entryInput struct {
	ID string `path:"id" maxLength:"64" doc:"Our id of the entry."`
}

// mining is the header that passes on that an owner reserves text and data
// mining (TDMRep section 5); it is left out where nobody does.
const mining = "1"

func miningOf(s *feed.Shown) string {
	if render.WishesOf(&s.Entry, &s.Decision).Mining {
		return mining
	}
	return ""
}

type entryOutput struct {
	Mining string `header:"Tdm-Reservation" doc:"1: the owner reserves text and data mining."`
	Body   struct {
		Entry
		Revisions []Revision `json:"revisions" doc:"The first first; the last is how it stands."`
	}
}

// noEntry is the answer for what isn't there and for what may not be known of.
func noEntry() error {
	return huma.Error404NotFound("There is no such entry, or you may not read it.")
}

// entry answers with one entry, its revisions and rights.
func (a *API) entry(ctx context.Context, in *entryInput) (*entryOutput, error) {
	reader := readerOf(ctx)
	sight, past, err := reader.Entry(ctx, in.ID)
	if errors.Is(err, feed.ErrNotFound) {
		return nil, noEntry()
	}
	if err != nil {
		return nil, a.internal(ctx, err)
	}
	out := &entryOutput{}
	out.Body.Entry = entryOf(reader.Site(), &sight, true)
	out.Mining = miningOf(&sight.Shown)
	for i := range past {
		out.Body.Revisions = append(out.Body.Revisions, revisionOf(&past[i]))
	}
	return out, nil
}

type revisionInput struct {
	ID     string `path:"id" maxLength:"64"`
	Number int    `path:"number" minimum:"1" doc:"1 is the first."`
}

type revisionOutput struct {
	Mining string `header:"Tdm-Reservation"`
	Body   RevisionText
}

// revision answers with an earlier state of an entry.
func (a *API) revision(ctx context.Context, in *revisionInput) (*revisionOutput, error) {
	now, past, err := readerOf(ctx).Entry(ctx, in.ID)
	switch {
	case errors.Is(err, feed.ErrNotFound), err == nil && in.Number > len(past):
		return nil, noEntry()
	case err != nil:
		return nil, a.internal(ctx, err)
	}
	s := &past[in.Number-1]
	if s.Entry.ID != "" {
		readerOf(ctx).Tell(ctx, *s, "", now.Channels)
	}
	return &revisionOutput{Mining: miningOf(s), Body: textOf(s, readerOf(ctx).Item(*s, &now))}, nil
}

// noStore keeps failures out of caches.
type noStore struct{ http.ResponseWriter }

func (w noStore) WriteHeader(status int) {
	if status >= http.StatusBadRequest {
		w.Header().Set("Cache-Control", "no-store")
	}
	w.ResponseWriter.WriteHeader(status)
}
