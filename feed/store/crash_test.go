package store_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/store"
	"warta/feed/store/storetest"
	"warta/sources"
)

func TestMain(m *testing.M) {
	if role := os.Getenv("WARTA_TEST_ROLE"); role != "" {
		if err := play(role, os.Getenv("WARTA_TEST_DATABASE")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(storetest.Main(m))
}

// play is what a child process does until it is killed.
func play(role, database string) error {
	ctx := context.Background()
	if role == "lock" {
		l, err := store.Lock(ctx, database, "serve", false)
		if err != nil {
			return err
		}
		defer l.Unlock()
		fmt.Println("locked")
		select {}
	}
	if role == "saveone" {
		return saveOne(database)
	}
	s, err := store.Open(ctx, database, store.Options{})
	if err != nil {
		return err
	}
	fmt.Println("open")
	for round := 1; ; round++ {
		var drafts []feed.Draft
		for n := range crashBatch {
			drafts = append(drafts, crashDraft(n, round), crashDraft(1000*round+n, 1))
		}
		if err := s.Save(ctx, drafts); err != nil {
			return err
		}
		if err := s.Remember(ctx, []sources.State{{Source: "pemkab", Entries: round}}); err != nil {
			return err
		}
		fmt.Println("round", round)
	}
}

func saveOne(database string) error {
	ctx := context.Background()
	s, err := store.Open(ctx, database, store.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	return s.Save(ctx, []feed.Draft{storetest.Draft("another", 1)})
}

// crashBatch is how many stories change, and how many are new, in each round.
const crashBatch = 20

// crashDraft is a story's text in one round: every part of it says the round.
func crashDraft(n, round int) feed.Draft {
	d := storetest.Draft("pemkab", n)
	d.Title = fmt.Sprint("Ronde ", round)
	d.Excerpt = d.Title
	d.Content.Value = d.Title + d.Content.Value
	d.Changed = storetest.Noon.Add(time.Duration(round) * time.Minute)
	d.Digest = storetest.Digest(d.Title)
	return d
}

// A process killed in the middle of saving leaves whole rounds, and all that
// it had finished.
func TestKillLeavesWholeEntries(t *testing.T) {
	rounds := 12
	if testing.Short() {
		rounds = 3
	}
	storetest.Each(t, func(t *testing.T, database string) {
		for i := range rounds {
			child := childProcess(t, "save", database)
			child.waitFor("open")
			finished := 0
			// At another point of the work each time.
			deadline := time.Now().Add(time.Duration(5+i*17%120) * time.Millisecond)
			killer := time.AfterFunc(time.Until(deadline), func() { child.cmd.Process.Kill() }) //nolint:errcheck
			for child.out.Scan() {
				fmt.Sscanf(child.out.Text(), "round %d", &finished) //nolint:errcheck // the last line may be cut off
			}
			killer.Stop()
			child.kill()
			wholeAfter(t, database, finished)
		}
	})
}

func wholeAfter(t *testing.T, database string, finished int) {
	t.Helper()
	ctx := context.Background()
	s, err := store.Open(ctx, database, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Check(ctx); err != nil {
		t.Fatal(err)
	}
	last, err := s.LastSeq(ctx)
	if err != nil {
		t.Fatal(err)
	}
	all, err := s.ChangedSince(ctx, 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	if len(all)%crashBatch != 0 {
		t.Errorf("%d entries are no whole batches", len(all))
	}
	states, err := s.States(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if finished > 0 && (len(states) != 1 || states[0].Entries < finished) {
		t.Errorf("round %d was finished; the state says %+v", finished, states)
	}
	titles := map[string]int{}
	for i := range all {
		e := &all[i]
		if e.Title != e.Excerpt || len(e.Content.Value) < 2000 || e.Content.Value[:len(e.Title)] != e.Title {
			t.Fatalf("half an entry: title %q, excerpt %q, content %.20q", e.Title, e.Excerpt, e.Content.Value)
		}
		if i > 0 && e.Seq <= all[i-1].Seq || e.Seq > last {
			t.Fatalf("change %d follows %d, the last being %d", e.Seq, all[i-1].Seq, last)
		}
		if e.Revision > 1 {
			titles[e.Title]++
			list, err := s.Revisions(ctx, e.ID)
			if err != nil || len(list) != e.Revision {
				t.Fatalf("revision %d has %d states, %v", e.Revision, len(list), err)
			}
		}
	}
	if len(titles) > 1 {
		t.Errorf("entries of several rounds: %v", titles)
	}
}
