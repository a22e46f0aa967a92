package store_test

import (
	"context"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/store"
	"warta/feed/store/storetest"
	"warta/sources"
)

var pageSources = []string{"pemkab", "radio"}

func duePages(t *testing.T, s *store.Store, now time.Time) []sources.Page {
	t.Helper()
	list, err := s.DuePages(context.Background(), pageSources, now, 10)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestPagesAreEnrolledLateAndOnce(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		save(t, s, storetest.Draft("pemkab", 1), storetest.Draft("pemkab", 2), storetest.Draft("radio", 1))
		enrol := func(now time.Time) {
			t.Helper()
			if err := s.EnrolPages(ctx, now, 30*time.Minute, time.Hour); err != nil {
				t.Fatal(err)
			}
		}
		enrol(storetest.Noon.Add(29 * time.Minute)) // too new
		if list := duePages(t, s, storetest.Noon.Add(100*time.Hour)); len(list) != 0 {
			t.Fatalf("%d pages are due", len(list))
		}
		enrol(storetest.Noon.Add(31 * time.Minute))
		enrol(storetest.Noon.Add(31 * time.Minute))
		if list := duePages(t, s, storetest.Noon.Add(59*time.Minute)); len(list) != 0 {
			t.Errorf("%d pages are due too early", len(list))
		}
		later := storetest.Noon.Add(80 * time.Minute)
		if list := duePages(t, s, later); len(list) != 3 {
			t.Errorf("%d pages are due, not 3", len(list))
		}
		due, err := s.DuePageSources(ctx, later)
		if err != nil || len(due) != 2 || !due["radio"] {
			t.Errorf("%v, %v", due, err)
		}
		next, err := s.NextPage(ctx, pageSources)
		if err != nil || next.Before(storetest.Noon.Add(time.Hour)) || next.After(later) {
			t.Errorf("next %v, %v", next, err)
		}
		if next, err := s.NextPage(ctx, []string{"nosuch"}); err != nil || !next.IsZero() {
			t.Errorf("next %v, %v", next, err)
		}
	})
}

func TestPageStateAndEvidenceAreKeptApart(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		d := storetest.Draft("pemkab", 1)
		save(t, s, d)
		keep := func(c feed.PageChange) feed.Entry {
			t.Helper()
			if err := s.SavePages(ctx, []feed.PageChange{c}); err != nil {
				t.Fatal(err)
			}
			e, err := s.Entry(ctx, d.ID)
			if err != nil {
				t.Fatal(err)
			}
			return e
		}
		state := sources.PageState{ETag: `"a"`, Visited: storetest.Noon, Answered: storetest.Noon, Next: storetest.Noon.Add(time.Hour), Suspicion: sources.PageGone, Times: 1, Since: storetest.Noon}
		page := sources.Page{Key: d.ID, Source: "pemkab", State: state}
		if e := keep(feed.PageChange{Page: page}); e.Seq != 1 || e.Revision != 1 {
			t.Errorf("a state alone changed the entry: seq %d, revision %d", e.Seq, e.Revision)
		}
		list := duePages(t, s, storetest.Noon.Add(time.Hour))
		if len(list) != 1 || list[0].Key != d.ID {
			t.Fatalf("%+v", list)
		}
		equal(t, list[0].State, state)
		if n, bad, err := s.SuspectPages(ctx, "pemkab", storetest.Noon.Add(-time.Hour)); n != 1 || bad != 1 || err != nil {
			t.Errorf("%d of %d suspect, %v", bad, n, err)
		}

		own := len(d.Evidence)
		found := &feed.PageFinding{Evidence: []sources.Evidence{{Kind: sources.NoSnippet, Text: "nosnippet", Where: "page meta robots"}}}
		e := keep(feed.PageChange{Page: page, Found: found})
		if len(e.Evidence) != own+1 || !e.Evidence[own].OfPage || e.Seq != 2 || e.Revision != 1 {
			t.Errorf("%+v, seq %d, revision %d", e.Evidence, e.Seq, e.Revision)
		}
		if e = keep(feed.PageChange{Page: page, Found: found}); e.Seq != 2 {
			t.Errorf("the same again made change %d", e.Seq)
		}

		// The feed's update leaves what the page said, and the other way round.
		again := feed.Draft{Entry: e, Digest: storetest.Digest("2"), URLKey: d.URLKey}
		again.Title = "Judul baru"
		save(t, s, again)
		if e, _ = s.Entry(ctx, d.ID); len(e.Evidence) != own+1 || e.Revision != 2 {
			t.Errorf("%+v, revision %d", e.Evidence, e.Revision)
		}
		if e = keep(feed.PageChange{Page: page, Found: &feed.PageFinding{}}); len(e.Evidence) != own || e.Title != "Judul baru" {
			t.Errorf("%+v", e.Evidence)
		}

		// A withdrawal is a revision, and stays whatever the feed brings.
		page.State.Next = time.Time{}
		notice := &feed.Notice{Kind: feed.Withdrawal, When: storetest.Noon, Reason: "hilang", By: "origin"}
		e = keep(feed.PageChange{Page: page, Found: &feed.PageFinding{Notice: notice}})
		if e.Notice == nil || e.Revision != 3 || !e.Changed.Equal(storetest.Noon) {
			t.Errorf("%+v, revision %d", e.Notice, e.Revision)
		}
		back := d
		back.Title, back.Digest = "Kembali", storetest.Digest("3")
		save(t, s, back)
		if e, _ = s.Entry(ctx, d.ID); e.Notice == nil || e.Notice.Kind != feed.Withdrawal || e.Title != "Kembali" {
			t.Errorf("it came back: %+v", e.Notice)
		}
		if list, err := s.Revisions(ctx, d.ID); err != nil || len(list) != 4 || list[1].Notice != nil {
			t.Errorf("%d revisions, %v", len(list), err)
		}
		if list := duePages(t, s, storetest.Noon.AddDate(10, 0, 0)); len(list) != 0 {
			t.Errorf("its page is due: %+v", list)
		}
	})
}

func TestHostFile(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		if body, at, err := s.HostFile(ctx, "https://a.id"); body != "" || !at.IsZero() || err != nil {
			t.Errorf("%q, %v, %v", body, at, err)
		}
		for _, want := range []string{"[]", "[1]\x00"} {
			if err := s.KeepHostFile(ctx, "https://a.id", want, storetest.Noon); err != nil {
				t.Fatal(err)
			}
		}
		if body, at, err := s.HostFile(ctx, "https://a.id"); body != "[1]\uFFFD" || !at.Equal(storetest.Noon) || err != nil {
			t.Errorf("%q, %v, %v", body, at, err)
		}
	})
}

// A correction that a page tells of is a revision with a notice, once; a story
// that its page links to another is linked both ways.
func TestPagesTellOfCorrections(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		one, two := storetest.Draft("pemkab", 1), storetest.Draft("pemkab", 2)
		save(t, s, one, two)
		a, b := feed.EntryID("pemkab", one.OriginalID), feed.EntryID("pemkab", two.OriginalID)
		told := feed.Notice{Kind: feed.Correction, When: storetest.Noon, Reason: "Ralat di halaman", By: "origin", Note: feed.NoteKey("Koreksi: dua.")}
		linked := feed.Amendment{Entry: a, Notice: feed.Notice{Kind: feed.Correction, When: storetest.Noon, Reason: "RALAT", By: "origin", Entry: b},
			Reply: &sources.Reply{Ref: one.OriginalID, Href: "https://pemkab.example/1"}}
		for range 2 {
			changes := []feed.PageChange{
				{Page: sources.Page{Key: a, Source: "pemkab"}, Happened: []feed.Notice{told}},
				{Page: sources.Page{Key: b, Source: "pemkab"}, Amends: []feed.Amendment{linked}},
			}
			if err := s.SavePages(ctx, changes); err != nil {
				t.Fatal(err)
			}
		}
		e, err := s.Entry(ctx, a)
		if err != nil || len(e.Later) != 2 || e.Revision != 3 || e.Notice == nil || e.Notice.Kind != feed.Correction || e.Seq <= 2 {
			t.Errorf("%v, revision %d, %+v", err, e.Revision, e.Later)
		}
		if e, err := s.Entry(ctx, b); err != nil || len(e.InReplyTo) != 1 || e.InReplyTo[0].Ref != one.OriginalID || e.Revision != 2 {
			t.Errorf("%v, revision %d, %+v", err, e.Revision, e.InReplyTo)
		}
		if list, err := s.Revisions(ctx, a); err != nil || len(list) != 3 {
			t.Errorf("%v, %d revisions", err, len(list))
		}
	})
}
