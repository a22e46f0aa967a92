// Package proof records which partner was served which version of what, for
// reports to the partner and to the owners of the stories.
//
// Answering a partner costs a look into a table in memory: what was served is
// gathered there and written every few seconds and at the end, with a row for
// each partner and version, however often it was fetched. A crash loses the
// last Every of fetches. What was pushed is written before it counts as
// delivered, and none of that is lost.
package proof

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"warta/feed"
)

// Store keeps the record; *store.Store satisfies it.
type Store interface {
	KeepShipments(ctx context.Context, list []feed.Shipment) error
}

// Every is how often what was gathered is written.
const Every = 3 * time.Second

// Recorder gathers and writes. It is safe for concurrent use.
type Recorder struct {
	store Store
	zone  func() *time.Location // whose months
	log   *slog.Logger

	mu      sync.Mutex
	waiting map[key]*feed.Shipment
}

// key is what has a row of its own.
type key struct {
	partner, month string
	stream, name   string // of the version
}

// New returns a Recorder. Months are those of the operator's zone.
func New(s Store, zone func() *time.Location, log *slog.Logger) *Recorder {
	return &Recorder{store: s, zone: zone, log: log, waiting: make(map[key]*feed.Shipment)}
}

// Served notes an answer. It waits for nothing.
func (r *Recorder) Served(_ context.Context, s feed.Serving) {
	stream := strings.TrimRight(s.Channel+" "+s.Class+" "+s.Volume, " ")
	if s.Single != "" {
		stream = "api " + s.Channel + " " + s.Class + " " + s.Single
	}
	k := key{s.Partner, r.month(s.At), stream, s.Version}
	r.mu.Lock()
	defer r.mu.Unlock()
	if sh := r.waiting[k]; sh != nil {
		sh.Count++
		sh.Last = s.At
		return
	}
	sh := &feed.Shipment{Partner: s.Partner, Channel: s.Channel, Stream: k.stream, Month: k.month, First: s.At, Last: s.At, Count: 1}
	fill(sh, &s)
	r.waiting[k] = sh
}

// Pushed records a delivery, at once.
func (r *Recorder) Pushed(ctx context.Context, s feed.Serving) error {
	sh := feed.Shipment{Partner: s.Partner, Channel: s.Channel, Stream: "push " + s.Channel + " " + s.Class, Pushed: true, Month: r.month(s.At), First: s.At, Last: s.At, Count: 1}
	fill(&sh, &s)
	if len(sh.List) == 0 {
		return nil
	}
	return r.store.KeepShipments(ctx, []feed.Shipment{sh})
}

// fill adds what stood in the version.
func fill(sh *feed.Shipment, s *feed.Serving) {
	sh.List = s.Entries()
	if sh.List == nil {
		sh.List = []feed.Served{}
	}
	h := sha256.New()
	for _, e := range sh.List {
		fmt.Fprintf(h, "%s %d %s %s %d %d\n", e.Entry, e.Revision, e.Use, e.Permission, e.Words, e.Images)
		if e.Permission == "" || s.Name == nil {
			continue
		}
		if name := s.Name(e.Permission); name != e.Permission {
			if sh.Names == nil {
				sh.Names = make(map[string]string)
			}
			sh.Names[e.Permission] = name
		}
	}
	sh.Digest = hex.EncodeToString(h.Sum(nil)[:12])
}

func (r *Recorder) month(at time.Time) string { return at.In(r.zone()).Format("2006-01") }

// Flush writes what was gathered. What can't be written is kept.
func (r *Recorder) Flush(ctx context.Context) error {
	r.mu.Lock()
	waiting := r.waiting
	r.waiting = make(map[key]*feed.Shipment)
	r.mu.Unlock()
	list := make([]feed.Shipment, 0, len(waiting))
	for _, sh := range waiting {
		list = append(list, *sh)
	}
	slices.SortFunc(list, func(a, b feed.Shipment) int { return a.First.Compare(b.First) })
	err := r.store.KeepShipments(ctx, list)
	if err == nil {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for k, sh := range waiting {
		if now := r.waiting[k]; now != nil {
			now.First, now.Count = sh.First, now.Count+sh.Count
			continue
		}
		r.waiting[k] = sh
	}
	return err
}

// Run writes every few seconds until ctx ends, and then once more.
func (r *Recorder) Run(ctx context.Context) error {
	tick := time.NewTicker(Every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
			defer cancel()
			return r.Flush(end)
		case <-tick.C:
			if err := r.Flush(ctx); err != nil && ctx.Err() == nil {
				r.log.Error("what partners were served is not recorded yet; trying again", "error", err)
			}
		}
	}
}
