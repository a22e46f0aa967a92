package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"warta/feed/api"
	"warta/feed/config"
	"warta/feed/deliver"
	"warta/feed/proof"
	"warta/feed/publish"
	"warta/feed/store"
	"warta/sources/fetch"
	"warta/sources/refresh"
)

type serveCmd struct {
	Listen string `placeholder:"ADDRESS" help:"Listen here instead of where the configuration says."`
}

func (serveCmd) Help() string {
	return `Visits every source on its own schedule and publishes within a second of a change. It answers on the address of site.listen, only on this machine unless you say otherwise. The configuration is read again when it changes and on SIGHUP; a bad edit leaves the running one in force and says so. SIGTERM ends it within ten seconds with everything finished kept.

Examples:
  warta serve
  warta --config /etc/warta/warta.yaml --log-format json serve --listen 127.0.0.1:9000
  curl -s http://127.0.0.1:8080/readyz`
}

// collectAt is by how many percent the heap grows between collections: readers
// wait longest during one, and the daemon's heap is small. GOGC says otherwise.
const collectAt = 200

// stopWithin bounds a clean end.
const stopWithin = 8 * time.Second

func (c *serveCmd) Run(a *app) error {
	cfg, err := a.load()
	if err != nil {
		return err
	}
	if c.Listen != "" {
		cfg.Listen = c.Listen
	}
	lock, err := store.Lock(a.ctx, cfg.Database, "serve", false)
	if err != nil {
		return err
	}
	defer lock.Unlock()
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	if os.Getenv("GOMAXPROCS") == "" {
		// Where reading and rendering hold a processor each, readers don't wait
		// for Go to take one away again, but share with them as the system shares.
		runtime.GOMAXPROCS(2 * runtime.GOMAXPROCS(0))
	}
	s, err := newServer(a, cfg)
	if err != nil {
		return err
	}
	defer s.close()
	s.override = c.Listen
	return s.run(a.ctx)
}

// server is the daemon: queue, publisher and HTTP in one process.
type server struct {
	app       *app
	cfg       *config.Config
	store     *store.Store
	publisher *publish.Publisher
	jobs      *jobs
	deliverer *deliver.Deliverer
	recorder  *proof.Recorder
	news      chan struct{} // something may be new for subscribers
	listener  net.Listener
	secured   *secured // nil: plain HTTP
	figures   *figures
	measured  net.Listener // where the figures are read; nil: nowhere
	proxies   atomic.Pointer[[]netip.Prefix]
	override  string // of site.listen, from the command line
	wake      chan struct{}
	pace      *refresh.Pace // reading leaves the processor to readers

	mu     sync.Mutex
	client *fetch.Client
}

func newServer(a *app, cfg *config.Config) (*server, error) {
	s := &server{app: a, cfg: cfg, pace: refresh.NewPace(), wake: make(chan struct{}, 1), news: make(chan struct{}, 1)}
	if err := s.open(); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// open prepares everything that can fail before the first request.
func (s *server) open() (err error) {
	a, cfg := s.app, s.cfg
	if s.store, err = a.openStore(a.ctx, cfg); err != nil {
		return err
	}
	s.recorder = proof.New(s.store, func() *time.Location { return cfg.TimeZone }, a.log)
	if s.publisher, err = publish.New(s.store, settings(cfg), publish.Options{
		Now: a.now, Log: a.log, Ledger: s.store, Tokens: s.store, Takedowns: s.store, Updated: s.published, Witness: s.recorder, Ending: s.app.tellEnding, Aside: true,
		Hub: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.deliverer.ServeHTTP(w, r) }),
	}); err != nil {
		return err
	}
	if s.jobs, err = newJobs(a.ctx, s.store.DB(), cfg.Fetch.Workers, a.log, a.now, s.wakeUp); err != nil {
		return err
	}
	s.deliverer = deliver.New(s.store, s.publisher, deliver.Options{
		UserAgent: fetch.UserAgent(version, cfg.Site.URL, cfg.Site.Contact), AllowPrivate: cfg.Fetch.AllowPrivate,
		Now: a.now, Log: a.log, Asked: s.jobs.verify, Witness: s.recorder,
	})
	s.jobs.deliverer = s.deliverer
	if s.listener, err = net.Listen("tcp", cfg.Listen); err != nil {
		return fmt.Errorf("listening on %s (site.listen): %w", cfg.Listen, err)
	}
	s.proxies.Store(&cfg.Proxies)
	if err := s.measure(); err != nil {
		return err
	}
	s.secured, err = a.secure(a.ctx, cfg)
	return err
}

func (s *server) close() {
	if s.listener != nil {
		s.listener.Close()
	}
	if s.secured != nil && s.secured.listener != nil {
		s.secured.listener.Close()
	}
	if s.measured != nil {
		s.measured.Close()
	}
	if s.client != nil {
		s.client.Close()
	}
	if s.deliverer != nil {
		s.deliverer.Close()
	}
	if s.store != nil {
		s.store.Close()
	}
}

// wakeUp tells the publisher that something was stored.
func (s *server) wakeUp() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// published is called when documents changed: subscribers are owed something,
// and hubs elsewhere are told.
func (s *server) published(changed []string) {
	select {
	case s.news <- struct{}{}:
	default:
	}
	if s.jobs != nil {
		s.jobs.ping(s.app.ctx, s.publisher, changed)
	}
}

// run serves until ctx ends.
func (s *server) run(ctx context.Context) error {
	if _, err := s.publisher.Update(ctx); err != nil {
		return fmt.Errorf("rendering the channels: %w", err)
	}
	if err := s.plan(ctx, s.cfg); err != nil {
		return err
	}
	s.deliverer.Adopt(hooks(s.cfg))
	// The queue is stopped in its own time below, not when ctx ends.
	if err := s.jobs.start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("starting the job queue: %w", err)
	}
	programs := api.New(api.Options{Publisher: s.publisher, Store: s.store, Record: s.store, Version: version, Log: s.app.log})
	h := &http.Server{
		Handler:           s.counted(publish.BehindProxies(func() []netip.Prefix { return *s.proxies.Load() }, programs.Before(s.publisher))),
		ReadHeaderTimeout: 10 * time.Second, WriteTimeout: 60 * time.Second,
		IdleTimeout: 60 * time.Second, MaxHeaderBytes: 32 << 10,
		ErrorLog: slog.NewLogLogger(s.app.log.Handler(), slog.LevelDebug),
	}
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return serve(h, s.listener, s.secured) })
	var more []*http.Server // beside h
	if s.secured != nil && s.secured.redirect != nil {
		more = append(more, s.secured.redirect)
		g.Go(func() error { return serve(s.secured.redirect, s.secured.listener, nil) })
	}
	if s.measured != nil {
		m := s.metricsServer()
		more = append(more, m)
		g.Go(func() error { return serve(m, s.measured, nil) })
	}
	g.Go(func() error { return s.app.noteSeals(gctx, s.cfg, s.store) })
	g.Go(func() error { return ended(s.publisher.Run(gctx, s.wake)) })
	g.Go(func() error { return ended(s.reloads(gctx)) })
	g.Go(func() error { return ended(s.jobs.deliveries(gctx, s.news)) })
	g.Go(func() error { return ended(s.recorder.Run(gctx)) })
	g.Go(func() error {
		<-gctx.Done()
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
		defer cancel()
		err := errors.Join(s.jobs.stop(end), h.Shutdown(end))
		for _, m := range more {
			err = errors.Join(err, m.Shutdown(end))
		}
		return err
	})
	s.app.log.Info("serving", "url", s.cfg.Site.URL, "listen", s.listener.Addr().String(), "sources", len(s.cfg.Sources), "channels", len(s.cfg.Channels))
	err := g.Wait()
	s.app.log.Info("stopped")
	return err
}

// counted tells the reading of sources that readers ask.
func (s *server) counted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.pace.Asked()
		next.ServeHTTP(w, r)
	})
}

// ended takes the end of a context for the end of the work.
func ended(err error) error {
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// plan puts a configuration's sources to work.
func (s *server) plan(ctx context.Context, cfg *config.Config) error {
	for _, line := range resting(cfg, s.app.now()) {
		s.app.log.Warn(line)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.client
	s.client = s.app.client(cfg)
	if err := s.jobs.use(ctx, cfg.Sources, s.app.refresher(cfg, s.store, s.client, s.pace, s.tell), s.app.rechecker(cfg, s.store, s.client)); err != nil {
		return err
	}
	if old != nil {
		old.Close()
	}
	return nil
}

// tell logs what came of a visit.
func (s *server) tell(r refresh.Result) {
	next := "never"
	if !r.Next.IsZero() {
		next = r.Next.Format(time.RFC3339)
	}
	log := s.app.log.With("source", r.Source, "next", next)
	switch {
	case r.Err != nil:
		log.Warn("source failed", "url", r.URL, "error", r.Err)
	case r.Accepted.Some:
		log.Warn("some of the source's stories are kept apart; see warta review", "reason", r.Accepted.Why, "held", r.Accepted.Held, "new", r.Accepted.New, "updated", r.Accepted.Updated)
	case r.Accepted.Held > 0:
		log.Warn("source in quarantine: it does not look like itself; see warta review", "reason", r.Accepted.Why, "held", r.Accepted.Held)
	case r.Accepted.Changed != "":
		log.Warn("source goes on under another name or at another host, and nothing is held; see warta review", "change", r.Accepted.Changed, "new", r.Accepted.New)
	case r.Accepted.Why != "":
		log.Warn("source looks strange; its last good state stays", "reason", r.Accepted.Why)
	case r.NotModified:
		log.Debug("source not modified")
	default:
		log.Info("source changed", "new", r.Accepted.New, "updated", r.Accepted.Updated)
	}
}

// reloads reads the configuration again on SIGHUP and when a file of it
// changes. The files are watched while it is being read, too: an edit that
// comes at that moment is not missed.
func (s *server) reloads(ctx context.Context) error {
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	defer signal.Stop(hup)
	changed := make(chan struct{}, 1)
	stop := s.watch(ctx, changed)
	defer func() { stop() }()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-hup:
		case <-changed:
		}
		watched := s.cfg.Watched()
		s.reload(ctx)
		if !slices.Equal(watched, s.cfg.Watched()) {
			old := stop
			stop = s.watch(ctx, changed)
			old()
		}
	}
}

// watch signals changed when a file of the configuration changes, until the
// function it returns is called.
func (s *server) watch(ctx context.Context, changed chan<- struct{}) context.CancelFunc {
	ctx, stop := context.WithCancel(ctx)
	files := s.cfg.Watched()
	go func() {
		err := config.Watch(ctx, files, func() {
			select {
			case changed <- struct{}{}:
			default:
			}
		})
		if err != nil && ctx.Err() == nil {
			s.app.log.Warn("changes of the configuration are not noticed; send SIGHUP after an edit", "error", err)
		}
	}()
	return stop
}

// reload puts an edited configuration in force, or says why it can't.
func (s *server) reload(ctx context.Context) {
	cfg, err := s.app.load()
	if err == nil {
		err = s.publisher.Configure(ctx, settings(cfg))
	}
	if err == nil {
		err = s.plan(ctx, cfg)
	}
	if err != nil {
		s.app.log.Error("the edited configuration is not used; the running one stays in force", "error", err)
		return
	}
	if s.override != "" {
		cfg.Listen = s.override
	}
	if s.secured != nil {
		s.secured.reread()
	}
	if cfg.Listen != s.cfg.Listen || cfg.Database != s.cfg.Database || cfg.TLS != s.cfg.TLS || cfg.Metrics != s.cfg.Metrics {
		s.app.log.Warn("site.listen, site.metrics, site.tls and database change only when warta is started again")
	}
	s.cfg = cfg
	s.figures.cfg.Store(cfg)
	s.proxies.Store(&cfg.Proxies)
	s.wakeUp()
	s.deliverer.Adopt(hooks(cfg))
	s.app.log.Info("configuration read again", "sources", len(cfg.Sources), "channels", len(cfg.Channels))
}
