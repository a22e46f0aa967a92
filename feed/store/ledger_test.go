package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"warta/feed"
	"warta/feed/ledger"
	"warta/feed/store"
	"warta/feed/store/storetest"
)

// chain verifies the whole ledger and returns its records.
func chain(t *testing.T, s *store.Store) []ledger.Record {
	t.Helper()
	var v ledger.Verifier
	var list []ledger.Record
	err := s.Ledger(context.Background(), 0, "", func(l ledger.Line) error {
		r, err := v.Check(l)
		list = append(list, r)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := s.LedgerLength(context.Background()); err != nil || n != v.N {
		t.Errorf("the ledger has %d records and should have %d, %v", v.N, n, err)
	}
	if n, seal, err := s.LedgerEnd(context.Background()); err != nil || n != v.N || seal != v.Seal {
		t.Errorf("the ledger ends with %d:%s and should with %d:%s, %v", n, seal, v.N, v.Seal, err)
	}
	if err := s.Settle(context.Background()); err != nil {
		t.Error(err)
	}
	return list
}

func TestEveryChangeIsInTheLedger(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		var drafts []feed.Draft
		for i := range 23 {
			drafts = append(drafts, storetest.Draft("pemkab", i))
		}
		drafts[3].OriginalID += "\u2028\x00<&>"
		drafts[3].ID = feed.EntryID("pemkab", drafts[3].OriginalID)
		save(t, s, drafts...)
		save(t, s, drafts...) // nothing new, nothing told
		d := drafts[0]
		d.Digest, d.Title = storetest.Digest("x"), "x"
		save(t, s, d)
		for _, err := range []error{s.Judge(ctx, d.ID, feed.Held, "tunggu", "Budi"), s.Withdraw(ctx, d.ID, "salah", "Budi"), s.Restore(ctx, d.ID, "", "Budi")} {
			if err != nil {
				t.Fatal(err)
			}
		}
		list := chain(t, s)
		if len(list) != 27 {
			t.Fatalf("%d records", len(list))
		}
		var kinds []ledger.Kind
		err := s.Ledger(ctx, 0, d.ID, func(l ledger.Line) error {
			r := list[l.N-1]
			kinds = append(kinds, r.Kind)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		equal(t, kinds, []ledger.Kind{ledger.Revision, ledger.Revision, ledger.Desk, ledger.Withdrawn, ledger.Restored})

		// What is stored is what the ledger says was stored.
		told := map[string]string{}
		for _, r := range list {
			if r.Digest != "" {
				told[r.Digest] = r.Entry
			}
		}
		states := 0
		err = s.Digests(ctx, func(entry string, _ int, digest string) error {
			states++
			if told[digest] != entry {
				t.Errorf("%s stands in no record of entry %s", digest, entry)
			}
			return nil
		})
		if err != nil || states != 26 {
			t.Errorf("%d states, %v", states, err)
		}
	})
}

func TestLedgerTellsWhatWasTamperedWith(t *testing.T) {
	for name, statement := range map[string]string{
		"a record is changed":   "update ledger set record = replace(record, 'pemkab', 'pemkot') where n = 3",
		"a record is taken out": "delete from ledger where n = 3",
		"a seal is changed":     "update ledger set seal = (select seal from ledger where n = 2) where n = 3",
		"a record is moved":     "update ledger set entry = '' where n = 3",
		"two change places":     "update ledger set record = (select record from ledger where n = 4) where n = 3",
	} {
		t.Run(name, func(t *testing.T) {
			engines(t, func(t *testing.T, s *store.Store) {
				for i := range 5 {
					save(t, s, storetest.Draft("pemkab", i))
				}
				chain(t, s)
				if _, err := s.DB().Exec(statement); err != nil {
					t.Fatal(err)
				}
				var v ledger.Verifier
				err := s.Ledger(context.Background(), 0, "", func(l ledger.Line) error { _, err := v.Check(l); return err })
				var broken *ledger.Break
				if !errors.As(err, &broken) || broken.N != 3 {
					t.Errorf("found %v", err)
				}
			})
		})
	}
	engines(t, func(t *testing.T, s *store.Store) {
		save(t, s, storetest.Draft("pemkab", 1), storetest.Draft("pemkab", 2))
		if _, err := s.DB().Exec("delete from ledger where n = 2"); err != nil {
			t.Fatal(err)
		}
		save(t, s, storetest.Draft("pemkab", 3)) // goes on, and the gap shows
		var v ledger.Verifier
		err := s.Ledger(context.Background(), 0, "", func(l ledger.Line) error { _, err := v.Check(l); return err })
		var broken *ledger.Break
		if !errors.As(err, &broken) || broken.N != 2 {
			t.Errorf("found %v", err)
		}
	})
}

func TestDecisionsAndPermissionsAreToldOnce(t *testing.T) {
	engines(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		at := storetest.Noon
		d := feed.Decision{Use: feed.Excerpt, Reasons: []feed.Reason{{Rule: "default"}}}
		decided := []feed.Decided{{Entry: "a", Source: "s", Decision: d}, {Entry: "b", Source: "s", Decision: d}}
		perms := []feed.Permission{{ID: "p", Source: "s", Use: feed.Full, Basis: feed.WrittenPermission, Audience: feed.Public, From: at.Add(time.Hour), Until: at.Add(2 * time.Hour)}}
		states := func() (out []string) {
			for _, r := range chain(t, s) {
				out = append(out, string(r.Kind)+" "+r.Entry+r.State)
			}
			return out
		}
		tell := func(at time.Time, decided []feed.Decided, perms []feed.Permission) {
			t.Helper()
			for range 2 { // the second time there is nothing to tell
				if err := s.Tell(ctx, at, decided, perms); err != nil {
					t.Fatal(err)
				}
			}
		}
		tell(at, decided, perms)
		want := []string{"permission recorded", "decided a", "decided b"}
		equal(t, states(), want)

		decided[1].Decision.Use = feed.Headline
		tell(at.Add(time.Hour), decided, perms)
		want = append(want, "permission in force", "decided b")
		equal(t, states(), want)

		perms[0].Document = "surat-2.pdf"
		tell(at.Add(time.Hour), nil, perms)
		want = append(want, "permission changed")
		equal(t, states(), want)

		perms[0].Notify = 30 * time.Minute // which grants nothing, and so is no change
		tell(at.Add(89*time.Minute), nil, perms)
		equal(t, states(), want)
		tell(at.Add(90*time.Minute), nil, perms)
		want = append(want, "permission ends soon")
		equal(t, states(), want)
		brief := perms[0]
		brief.ID = "q"
		tell(at.Add(90*time.Minute), nil, append(perms, brief))
		want = append(want, "permission in force", "permission ends soon")
		equal(t, states(), want)
		tell(at.Add(90*time.Minute), nil, perms)
		want = append(want, "permission removed")

		tell(at.Add(3*time.Hour), nil, perms)
		tell(at.Add(3*time.Hour), nil, nil)
		want = append(want, "permission ended", "permission removed")
		equal(t, states(), want)
	})
}
