package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"warta/feed"
	"warta/feed/config"
)

// figures are what Prometheus reads of the daemon, at an address of its own:
// they name sources and permissions, which are nobody's business outside.
type figures struct {
	cfg     atomic.Pointer[config.Config]
	now     func() time.Time
	refused func() int
	desk    desk
	log     *slog.Logger

	until, ending, inForce, left, held, apart, asked *prometheus.Desc
}

// desk tells what waits for a person.
type desk interface {
	Quarantines(ctx context.Context) ([]feed.Quarantine, error)
	Takedowns(ctx context.Context, status feed.TakedownStatus) ([]feed.Takedown, error)
}

func newFigures(cfg *config.Config, now func() time.Time, refused func() int, d desk, log *slog.Logger) *figures {
	of := []string{"permission", "source", "audience"}
	f := &figures{
		now: now, refused: refused, desk: d, log: log,
		held:    prometheus.NewDesc("warta_source_quarantine", "1 for a source that is held as it does not look like itself, by what is kept: all, some of its stories, or nothing as its feed is empty.", []string{"source", "kept"}, nil),
		apart:   prometheus.NewDesc("warta_source_quarantine_stories", "Stories of a source that wait in quarantine for an editor.", []string{"source"}, nil),
		asked:   prometheus.NewDesc("warta_takedown_requests_open", "Requests for takedowns that wait for a decision.", nil, nil),
		until:   prometheus.NewDesc("warta_permission_until_timestamp_seconds", "When a permission ends, as seconds since 1970.", of, nil),
		ending:  prometheus.NewDesc("warta_permission_ends_soon", "1 from the time at which the operator wants to be told of a permission's end (notify) until that end, else 0.", of, nil),
		inForce: prometheus.NewDesc("warta_permission_in_force", "1 while a permission is in force, else 0.", of, nil),
		left:    prometheus.NewDesc("warta_entries_refused", "Entries that are left out at present, as rendering them would lose whose they are.", nil, nil),
	}
	f.cfg.Store(cfg)
	return f
}

// Describe is part of prometheus.Collector.
func (f *figures) Describe(out chan<- *prometheus.Desc) { prometheus.DescribeByCollect(f, out) }

// Collect is part of prometheus.Collector.
func (f *figures) Collect(out chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	yes := map[bool]float64{true: 1}
	now, cfg := f.now(), f.cfg.Load()
	for i := range cfg.Permissions {
		p := &cfg.Permissions[i]
		of := []string{p.ID, p.Source, string(p.Audience)}
		gauge(f.inForce, yes[p.Runs(now)], of...)
		gauge(f.ending, yes[p.Ending(now)], of...)
		if !p.Until.IsZero() {
			gauge(f.until, float64(p.Until.Unix()), of...)
		}
	}
	gauge(f.left, float64(f.refused()))
	f.waiting(gauge)
}

// waitWithin bounds how long the database is asked for the figures.
const waitWithin = 5 * time.Second

// waiting tells what waits for an editor.
func (f *figures) waiting(gauge func(*prometheus.Desc, float64, ...string)) {
	ctx, cancel := context.WithTimeout(context.Background(), waitWithin)
	defer cancel()
	list, err := f.desk.Quarantines(ctx)
	for i := range list {
		q := &list[i]
		kept := "all"
		switch {
		case q.Passing:
			kept = "empty"
		case q.Some:
			kept = "some"
		}
		gauge(f.held, 1, q.Source, kept)
		gauge(f.apart, float64(q.Waiting), q.Source)
	}
	open, err2 := f.desk.Takedowns(ctx, feed.TakedownOpen)
	if err2 == nil {
		gauge(f.asked, float64(len(open)))
	}
	if err := errors.Join(err, err2); err != nil {
		f.log.Error("some figures can't be told", "error", err)
	}
}

// measure prepares the listener for whoever reads the figures; nil where the
// configuration wants none.
func (s *server) measure() (err error) {
	s.figures = newFigures(s.cfg, s.app.now, s.publisher.Refused, s.store, s.app.log)
	if s.cfg.Metrics == "" {
		return nil
	}
	if s.measured, err = net.Listen("tcp", s.cfg.Metrics); err != nil {
		return fmt.Errorf("listening on %s (site.metrics): %w", s.cfg.Metrics, err)
	}
	return nil
}

// metricsServer answers /metrics and nothing else.
func (s *server) metricsServer() *http.Server {
	reg := prometheus.NewRegistry()
	reg.MustRegister(s.figures, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(reg, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 10 * time.Second}))
	return &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: 60 * time.Second, MaxHeaderBytes: 16 << 10}
}
