package api

import (
	"context"
	"errors"
	"net/url"
	"slices"
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
	Body struct {
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
			p.take(e, false)
		}
		if len(entries) < batch {
			return from, nil
		}
	}
}

// changes collects what the caller doesn't know yet, and returns how far it
// came: first what the clock or the operator changed of the entries it knows,
// then what is new.
func (p *page) changes(ctx context.Context, c cursor, now stretch) (cursor, error) {
	served, terms := []*publish.Reader{p.reader}, cursor(nil)
	for ; len(c) > 0; c = c[1:] {
		list, then, err := p.suspects(ctx, now, c[0])
		if err != nil {
			return nil, err
		}
		if served = append(served, then); c[0].Terms != now.Terms {
			terms = append(terms, c[0])
		}
		upto, err := p.turned(list, then, now, c[0])
		if err != nil {
			return nil, err
		}
		if now.Upto = upto; upto < c[0].Upto {
			p.more = true
			return reached(now, c, terms), nil
		}
	}
	for {
		entries, err := p.api.Store.ChangedSince(ctx, now.Upto, batch)
		if err != nil {
			return nil, err
		}
		for i := range entries {
			if p.full() {
				p.more = true
				return reached(now, nil, terms), nil
			}
			now.Upto = entries[i].Seq
			if err := p.tell(ctx, &entries[i], served); err != nil {
				return nil, err
			}
		}
		if len(entries) < batch {
			return cursor{now}, nil
		}
	}
}

// turned collects the entries of a stretch, from where another ended, that are
// others for the caller than when they were known, though nothing was stored of
// them since, and returns the change up to which they are now known.
func (p *page) turned(list lister, then *publish.Reader, from, s stretch) (int64, error) {
	for from.Upto < s.Upto {
		entries, err := list(from.Upto)
		if err != nil {
			return from.Upto, err
		}
		for i := range entries {
			if entries[i].Seq > s.Upto {
				return s.Upto, nil
			}
			if p.full() {
				return from.Upto, nil
			}
			from.Upto = entries[i].Seq
			if p.scanned++; p.reader.Changed(&entries[i], then) {
				was := p.sees(then, &entries[i])
				p.take(&entries[i], was)
			}
		}
		if len(entries) < batch {
			break
		}
	}
	return s.Upto, nil
}

// lister lists entries after a change, in the order of their changes.
type lister func(after int64) ([]feed.Entry, error)

// suspects lists entries of a stretch that may have turned, and gives the
// caller as it was when it knew them. Under the same terms those are few; where
// the operator changed the terms it may be any.
func (p *page) suspects(ctx context.Context, now, s stretch) (list lister, then *publish.Reader, err error) {
	if s.Terms != now.Terms {
		terms, err := p.api.eras.past(ctx, p.api.Store, p.reader, s.Terms)
		if err != nil {
			return nil, nil, err
		}
		return func(after int64) ([]feed.Entry, error) { return p.api.Store.ChangedSince(ctx, after, batch) }, p.reader.Then(terms, s.At), nil
	}
	turns := p.reader.Turns(s.At, now.At)
	if err := p.api.clock.between(ctx, p.api.Store, p.reader, &turns, s.At, now.At); err != nil {
		return nil, nil, err
	}
	return func(after int64) ([]feed.Entry, error) {
		return p.api.Store.TurnedEntries(ctx, turns, after, s.Upto, batch)
	}, p.reader.Then(nil, s.At), nil
}

// tell takes an entry that changed. The caller, as it was served before, may
// know it by an earlier state, even where it now has left all that the caller
// may know of.
func (p *page) tell(ctx context.Context, e *feed.Entry, served []*publish.Reader) error {
	known := e.Revision > 1 || e.Desk != nil
	if known && !p.sees(p.reader, e) {
		stood, err := p.reader.Stood(ctx, e, p.in.Channel, served...)
		if err != nil {
			return err
		}
		known = stood
	}
	p.take(e, known)
	return nil
}

// sees reports whether an entry stands where the caller looks.
func (p *page) sees(r *publish.Reader, e *feed.Entry) bool {
	sight, ok := r.Look(e)
	return ok && (p.in.Channel == "" || slices.Contains(sight.Channels, p.in.Channel))
}

// take adds an entry that the question is about and that the caller may see;
// told: one that it may have seen before is told of when it is gone.
func (p *page) take(e *feed.Entry, told bool) {
	p.scanned++
	in := p.in
	if in.Source != "" && e.Source != in.Source ||
		in.Region != "" && !inRegion(e.Regions, in.Region) ||
		in.Language != "" && !inLanguage(e.Language, in.Language) ||
		!p.since.IsZero() && e.Time().Before(p.since) {
		return
	}
	sight, ok := p.reader.Look(e)
	if !ok || sight.Item == nil || in.Channel != "" && !slices.Contains(sight.Channels, in.Channel) {
		if told && in.After != "" {
			p.list = append(p.list, Entry{ID: e.ID, Seq: e.Seq, Status: "gone"})
		}
		return
	}
	if p.text != "" && !mentions(&sight.Entry, p.text) {
		return
	}
	p.list = append(p.list, entryOf(p.reader.Site(), &sight, false))
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
