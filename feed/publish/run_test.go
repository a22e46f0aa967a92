package publish

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"warta/feed"
	"warta/feed/store"
)

// running starts Run over a new database within a bubble, and stops both at
// the end of fn.
func running(t *testing.T, settings Settings, fn func(s *store.Store, p *Publisher, wake chan<- struct{})) {
	path := filepath.Join(t.TempDir(), "warta.db")
	synctest.Test(t, func(t *testing.T) {
		s, err := store.Open(context.Background(), path, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		p, err := New(s, settings, Options{Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		wake := make(chan struct{})
		done := make(chan error)
		go func() { done <- p.Run(ctx, wake) }()
		fn(s, p, wake)
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func shows(p *Publisher, path, text string) bool {
	body, err := io.ReadAll(request(p, http.MethodGet, path).Body)
	return err == nil && strings.Contains(string(body), text)
}

func TestRunPublishesWithinASecond(t *testing.T) {
	running(t, testSettings(), func(s *store.Store, p *Publisher, wake chan<- struct{}) {
		time.Sleep(time.Second)
		if err := p.Ready(context.Background()); err != nil {
			t.Fatal(err)
		}
		// Another process writes: nobody wakes us.
		if err := s.Save(context.Background(), []feed.Draft{draft("pemkab", 1, nil)}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		if !shows(p, "/paser.atom", "Berita 1 dari pemkab") {
			t.Error("not published after a second")
		}
		if err := s.Save(context.Background(), []feed.Draft{draft("pemkab", 2, nil)}); err != nil {
			t.Fatal(err)
		}
		wake <- struct{}{}
		synctest.Wait()
		time.Sleep(10 * time.Millisecond)
		if !shows(p, "/paser.atom", "Berita 2 dari pemkab") {
			t.Error("not published at once when woken")
		}
	})
}

func TestRunFollowsClockAndSettings(t *testing.T) {
	settings := testSettings()
	start := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // where a bubble's clock begins
	settings.Permissions = []feed.Permission{{
		ID: "surat", Source: "pemkab", Use: feed.Full, Audience: feed.Public, Basis: feed.WrittenPermission,
		From: start.Add(time.Hour), Until: start.Add(2 * time.Hour),
	}}
	running(t, settings, func(s *store.Store, p *Publisher, _ chan<- struct{}) {
		if err := s.Save(context.Background(), []feed.Draft{draft("pemkab", 1, nil)}); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			at   time.Duration
			full bool
		}{
			{time.Hour - time.Second, false},
			{time.Hour + 10*time.Millisecond, true},
			{2*time.Hour - time.Second, true},
			{2*time.Hour + 10*time.Millisecond, false},
		} {
			time.Sleep(time.Until(start.Add(c.at)))
			synctest.Wait()
			if got := shows(p, "/paser.atom", "Isi lengkap 1"); got != c.full {
				t.Errorf("after %v: full %v, want %v", c.at, got, c.full)
			}
		}
		changed := settings
		changed.Permissions = nil
		changed.Channels = changed.Channels[1:]
		if err := p.Configure(context.Background(), changed); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		time.Sleep(10 * time.Millisecond)
		if got := request(p, http.MethodGet, "/paser.atom").StatusCode; got != http.StatusNotFound {
			t.Errorf("a channel that is gone answers %d", got)
		}
	})
}

// A permission is called out as its time of notice begins, to the second, once;
// and again only for another end.
func TestRunCallsOutWhatEnds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "warta.db")
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		settings := testSettings()
		end := start.Add(4 * time.Minute)
		settings.Permissions = []feed.Permission{
			{ID: "surat", Source: "pemkab", Use: feed.Full, Audience: feed.Public, Basis: feed.WrittenPermission, Until: end, Notify: 2 * time.Minute},
			{ID: "diam", Source: "pemkab", Use: feed.Full, Audience: feed.Public, Basis: feed.WrittenPermission, Until: end},
		}
		s, err := store.Open(context.Background(), path, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		var told []string
		p, err := New(s, settings, Options{Ending: func(p feed.Permission) {
			told = append(told, p.ID+" after "+time.Since(start).String())
		}})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		done := make(chan error)
		go func() { done <- p.Run(ctx, nil) }()
		time.Sleep(3 * time.Minute)
		if err := p.Configure(ctx, settings); err != nil { // read again: nothing new
			t.Fatal(err)
		}
		time.Sleep(30 * time.Second)
		settings.Permissions = slices.Clone(settings.Permissions)
		settings.Permissions[0].Until = end.Add(time.Second)
		if err := p.Configure(ctx, settings); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if want := []string{"surat after 2m0s", "surat after 3m30s"}; !slices.Equal(told, want) {
			t.Errorf("told %q, want %q", told, want)
		}
	})
}

// failing is a store that can be made to fail.
type failing struct {
	*store.Store
	err   error
	write error
}

func (f *failing) UpdateChannel(ctx context.Context, mark feed.Mark, reset bool, in []feed.Membership, out []string) error {
	if f.write != nil {
		return f.write
	}
	return f.Store.UpdateChannel(ctx, mark, reset, in, out)
}

func (f *failing) ChangedSince(ctx context.Context, seq int64, limit int) ([]feed.Entry, error) {
	if f.err != nil {
		return nil, f.err
	}
	return f.Store.ChangedSince(ctx, seq, limit)
}

func TestFailureKeepsTheOld(t *testing.T) {
	b := newBench(t, testSettings())
	f := &failing{Store: b.store}
	b.p.store = f
	b.save(draft("pemkab", 1, nil))
	b.update()
	b.save(draft("pemkab", 2, nil))
	f.err = feed.ErrUnavailable
	if _, err := b.p.Update(context.Background()); !errors.Is(err, feed.ErrUnavailable) {
		t.Fatalf("got %v", err)
	}
	if got := titles(b.body("/paser.atom"), "pemkab"); got != "1" {
		t.Errorf("while the store fails: %s", got)
	}
	if got := b.get("/readyz").StatusCode; got != http.StatusServiceUnavailable {
		t.Errorf("readyz answers %d", got)
	}
	if got := b.get("/healthz").StatusCode; got != http.StatusOK {
		t.Errorf("healthz answers %d", got)
	}
	f.err = nil
	b.update()
	if got := titles(b.body("/paser.atom"), "pemkab"); got != "2 1" {
		t.Errorf("afterwards: %s", got)
	}
	if got := b.get("/readyz").StatusCode; got != http.StatusOK {
		t.Errorf("readyz answers %d", got)
	}
}

func TestPermissionEndsThoughNothingCanBeWritten(t *testing.T) {
	s := testSettings()
	s.Permissions = []feed.Permission{{
		ID: "surat", Source: "pemkab", Use: feed.Full, Audience: feed.Public, Basis: feed.WrittenPermission, Until: morning.Add(time.Hour),
	}}
	b := newBench(t, s)
	f := &failing{Store: b.store}
	b.p.store = f
	b.save(draft("pemkab", 1, nil))
	b.update()
	if !shows(b.p, "/paser.atom", "Isi lengkap 1") {
		t.Fatal("the permission has no effect")
	}
	f.write = feed.ErrUnavailable
	b.save(draft("pemkab", 2, nil))
	b.clock = morning.Add(time.Hour)
	if _, err := b.p.Update(context.Background()); !errors.Is(err, feed.ErrUnavailable) {
		t.Fatalf("got %v", err)
	}
	if shows(b.p, "/paser.atom", "Isi lengkap 1") {
		t.Error("the permission outlives its end")
	}
	f.write = nil
	b.update()
	if got := titles(b.body("/paser.atom"), "pemkab"); got != "2 1" {
		t.Errorf("afterwards: %s", got)
	}
}

func TestClockSetBack(t *testing.T) {
	s := testSettings()
	s.Permissions = []feed.Permission{{
		ID: "surat", Source: "pemkab", Use: feed.Full, Audience: feed.Public, Basis: feed.WrittenPermission, From: morning,
	}}
	b := newBench(t, s)
	b.save(draft("pemkab", 1, nil))
	b.update()
	modified := b.get("/paser.atom").Header.Get("Last-Modified")
	b.clock = morning.Add(-time.Hour)
	b.update()
	if shows(b.p, "/paser.atom", "Isi lengkap 1") {
		t.Error("shown before the permission begins")
	}
	if got := b.get("/paser.atom", "If-Modified-Since", modified).StatusCode; got != http.StatusOK {
		t.Errorf("who asks by the old date gets %d", got)
	}
	before, err1 := http.ParseTime(modified)
	after, err2 := http.ParseTime(b.get("/paser.atom").Header.Get("Last-Modified"))
	if err1 != nil || err2 != nil || !after.After(before) {
		t.Errorf("Last-Modified went from %v to %v", before, after)
	}
}
