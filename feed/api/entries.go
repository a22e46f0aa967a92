package api

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"warta/feed"
	"warta/feed/publish"
)

const entriesDescription = `The newest first, page by page with "cursor". With "after" in the order of their changes instead: begin with 0 and go on with the "after" that each answer has, at once while "more" is true and later whenever you like. So you come to know every entry that you may see once in each state, with corrections and withdrawals, and of those that may no longer be shown that they are gone.

An answer may hold fewer entries than "limit", even none, though there are more: look at "more".`

// The bounds of one answer.
const (
	maxScan = 600 // entries looked at
	batch   = 100 // of them, read at a time
)

type entriesInput struct {
	Channel  string `query:"channel" maxLength:"64" doc:"Of this channel."`
	Source   string `query:"source" maxLength:"64" doc:"Of the source with this id."`
	Region   string `query:"region" maxLength:"32" doc:"In this region or one inside it, by the codes of Kemendagri." example:"64.01"`
	Language string `query:"language" maxLength:"35" doc:"In this language: id also finds id-ID." example:"id"`
	Since    string `query:"since" maxLength:"40" doc:"Published (or, where that is not known, first seen) at this time or later: a day or a time of RFC 3339." example:"2026-11-01"`
	Text     string `query:"text" maxLength:"200" doc:"Whose headline or text, as far as it may be shown, has these words, in whatever case."`
	Limit    int    `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"Entries in the answer, at most."`
	Cursor   string `query:"cursor" maxLength:"100" doc:"The next page of the newest: what the last answer has as cursor."`
	After    string `query:"after" maxLength:"400" doc:"In the order of changes, after this: 0, or what the last answer has as after."`
}

type entriesOutput struct {
	Mining string `header:"Tdm-Reservation" doc:"1: the owner of an entry reserves text and data mining."`
	Body   struct {
		Entries []Entry `json:"entries"`
		More    bool    `json:"more" doc:"There is more now."`
		Cursor  string  `json:"cursor,omitempty" doc:"Where the next page of the newest begins."`
		After   string  `json:"after,omitempty" doc:"Where to go on in the order of changes."`
		Next    string  `json:"next,omitempty" doc:"The address of what comes next."`
	}
}

// entries answers with a page of entries.
func (a *API) entries(ctx context.Context, in *entriesInput) (*entriesOutput, error) {
	reader := readerOf(ctx)
	since, err := parseSince(in.Since, reader.Site().Zone)
	if err != nil {
		return nil, invalid("since", in.Since, err.Error())
	}
	if in.After != "" && in.Cursor != "" {
		return nil, invalid("cursor", in.Cursor, "cursor pages through the newest and after through changes; give one of them")
	}
	p := &page{api: a, reader: reader, in: in, since: since, text: strings.ToLower(strings.TrimSpace(in.Text))}
	out := &entriesOutput{}
	out.Body.Entries = []Entry{}
	query := url.Values{}
	// A cursor holds times to the millisecond; what is told must be as of such a
	// time, or what turns within one would be told twice.
	reader.Now = reader.Now.Truncate(time.Millisecond)
	if in.After != "" {
		now, err := a.now(ctx, reader)
		if err != nil {
			return nil, a.internal(ctx, err)
		}
		c, err := parseCursor(in.After, now)
		if err != nil {
			return nil, invalid("after", in.After, err.Error())
		}
		if c, err = p.changes(ctx, c, now); errors.Is(err, errCursor) {
			return nil, invalid("after", in.After, err.Error())
		} else if err != nil {
			return nil, a.internal(ctx, err)
		}
		out.Body.After = c.String()
		query.Set("after", out.Body.After)
	} else {
		from, err := feed.Place{}, error(nil)
		if in.Cursor != "" {
			if from, err = parsePlace(in.Cursor); err != nil {
				return nil, invalid("cursor", in.Cursor, err.Error())
			}
		}
		if from, err = p.newest(ctx, from); err != nil {
			return nil, a.internal(ctx, err)
		}
		if p.more {
			out.Body.Cursor = placeString(from)
			query.Set("cursor", out.Body.Cursor)
		}
	}
	out.Body.Entries = append(out.Body.Entries, p.list...)
	for i := range p.list {
		if s := p.list[i].sight; s != nil && out.Mining == "" {
			out.Mining = miningOf(&s.Shown)
		}
	}
	out.Body.More = p.more
	if len(query) > 0 {
		out.Body.Next = in.address(reader.Site(), query)
	}
	return out, nil
}

func invalid(name, value, message string) error {
	return huma.Error422UnprocessableEntity("A parameter can't be read.", &huma.ErrorDetail{Location: "query." + name, Value: value, Message: message})
}

// parseSince reads a day, which begins in the operator's zone, or a time.
func parseSince(s string, zone *time.Location) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if zone == nil {
		zone = time.UTC
	}
	if t, err := time.ParseInLocation(time.DateOnly, s, zone); err == nil {
		return t, nil
	}
	// A plus sign that was not escaped arrives as a blank.
	return time.Parse(time.RFC3339, strings.ReplaceAll(s, " ", "+"))
}

// address is that of the next answer to the same question.
func (in *entriesInput) address(site feed.Site, query url.Values) string {
	for name, v := range map[string]string{"channel": in.Channel, "source": in.Source, "region": in.Region, "language": in.Language, "since": in.Since, "text": in.Text} {
		if v != "" {
			query.Set(name, v)
		}
	}
	if in.Limit != 20 {
		query.Set("limit", strconv.Itoa(in.Limit))
	}
	return site.URL + "api/entries?" + query.Encode()
}

// page collects the entries of one answer.
type page struct {
	api    *API
	reader *publish.Reader
	in     *entriesInput
	since  time.Time
	text   string

	list    []Entry
	scanned int
	more    bool
}

func (p *page) full() bool { return len(p.list) >= p.in.Limit || p.scanned >= maxScan }

// newest collects from a place on, and returns the place of the last entry it
// looked at.
func (p *page) newest(ctx context.Context, from feed.Place) (feed.Place, error) {
	for {
		entries, err := p.api.Store.NewestEntries(ctx, feed.Newest{Before: from, Since: p.since, Source: p.in.Source, Channel: p.in.Channel, Limit: batch})
		if err != nil {
			return from, err
		}
		for i := range entries {
			e := &entries[i]
			if p.full() {
				p.more = true
				return from, nil
			}
			from = feed.Place{Time: e.Time(), ID: e.ID}
			if p.scanned++; !p.asks(e) {
				continue
			}
			sight, _ := p.reader.Look(e)
			p.put(e, &sight, false)
		}
		if len(entries) < batch {
			return from, nil
		}
	}
}

// asks reports whether the question is about an entry.
func (p *page) asks(e *feed.Entry) bool {
	in := p.in
	return (in.Source == "" || e.Source == in.Source) &&
		(in.Region == "" || inRegion(e.Regions, in.Region)) &&
		(in.Language == "" || inLanguage(e.Language, in.Language)) &&
		(p.since.IsZero() || !e.Time().Before(p.since))
}

// put adds an entry as the caller may see it; told: one that it may have seen
// before is told of when it is gone.
func (p *page) put(e *feed.Entry, sight *publish.Sight, told bool) {
	if sight.Item == nil || !sight.Stands(p.in.Channel) {
		if told && p.in.After != "" {
			p.list = append(p.list, Entry{ID: e.ID, Seq: e.Seq, Status: "gone"})
		}
		return
	}
	if p.text != "" && !mentions(&sight.Entry, p.text) {
		return
	}
	p.list = append(p.list, entryOf(p.reader.Site(), sight, false))
}

// inRegion reports whether one of an entry's regions is, or lies within, one.
func inRegion(regions []string, region string) bool {
	for _, r := range regions {
		if r == region || strings.HasPrefix(r, region+".") {
			return true
		}
	}
	return false
}

func inLanguage(tag, want string) bool {
	tag, want = strings.ToLower(tag), strings.ToLower(want)
	return tag == want || strings.HasPrefix(tag, want+"-")
}

// mentions looks for words in what may be shown of an entry.
func mentions(e *feed.Entry, text string) bool {
	for _, s := range []string{e.Title, e.Excerpt, feed.PlainText(e.Summary.Value), feed.PlainText(e.Content.Value)} {
		if strings.Contains(strings.ToLower(s), text) {
			return true
		}
	}
	return false
}
