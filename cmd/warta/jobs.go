package main

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"

	"warta/feed/deliver"
	"warta/sources"
	"warta/sources/recheck"
	"warta/sources/refresh"
)

// River is met in the files jobs*.go alone. There is one job a host, unique,
// that visits the host's due sources and then sleeps until the next one is due.

// hostJob names the host whose sources are to be refreshed.
type hostJob struct {
	Host string `json:"host" river:"unique"`
}

func (hostJob) Kind() string { return "refresh_host" }

// jobs runs host jobs on the queue.
type jobs struct {
	client *river.Client[*sql.Tx]
	plan   atomic.Pointer[plan]
	log    *slog.Logger
	now    func() time.Time
	wake   func()

	deliverer *deliver.Deliverer
}

// plan is what the running configuration asks to be refreshed.
type plan struct {
	hosts     map[string][]sources.Source
	refresher *refresh.Refresher
	pages     *recheck.Checker // nil: pages are not visited
}

const (
	jobTimeout = 15 * time.Minute
	// pollEvery is how soon the queue sees a job that is ready.
	pollEvery = 500 * time.Millisecond
)

// newJobs prepares the queue in db, which must allow only one connection. The
// caller holds the database's lock, so that a job still marked as running was
// left by a crash. wake is called when something was stored.
func newJobs(ctx context.Context, db *sql.DB, workers int, log *slog.Logger, now func() time.Time, wake func()) (*jobs, error) {
	j := &jobs{log: log, now: now, wake: wake}
	driver := riversqlite.New(db)
	quiet := slog.New(leastLevel{log.Handler(), slog.LevelWarn})
	migrator, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: quiet})
	if err != nil {
		return nil, fmt.Errorf("preparing the job queue: %w", err)
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return nil, fmt.Errorf("preparing the job queue's tables: %w", err)
	}
	if _, err := db.ExecContext(ctx, `update river_job set state = 'available' where state = 'running' and kind in ('refresh_host', 'deliver', 'verify', 'ping')`); err != nil {
		return nil, fmt.Errorf("taking up jobs that a crash left: %w", err)
	}
	reg := river.NewWorkers()
	river.AddWorker(reg, &hostWorker{jobs: j})
	j.addDeliveries(reg)
	j.client, err = river.NewClient(driver, &river.Config{
		Queues:            map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: workers}, deliveryQueue: {MaxWorkers: deliver.Workers}},
		Workers:           reg,
		Logger:            quiet,
		JobTimeout:        jobTimeout,
		FetchPollInterval: pollEvery,
		FetchCooldown:     50 * time.Millisecond,
		MaxAttempts:       1 << 14, // a host is never given up
		RetryPolicy:       retryLater{},
	})
	if err != nil {
		return nil, fmt.Errorf("starting the job queue: %w", err)
	}
	return j, nil
}

// use puts a plan in force and sees to it that each of its hosts has its job;
// one whose sources are due now is woken.
func (j *jobs) use(ctx context.Context, list []sources.Source, r *refresh.Refresher, pages *recheck.Checker) error {
	p := &plan{hosts: make(map[string][]sources.Source), refresher: r, pages: pages}
	var params []river.InsertManyParams
	for _, h := range refresh.ByHost(list) {
		p.hosts[h.Name] = h.Sources
		params = append(params, river.InsertManyParams{Args: hostJob{h.Name}, InsertOpts: unique})
	}
	j.plan.Store(p)
	if len(params) == 0 {
		return nil
	}
	results, err := j.client.InsertMany(ctx, params)
	if err != nil {
		return fmt.Errorf("queueing %d hosts: %w", len(params), err)
	}
	for i, res := range results {
		if !res.UniqueSkippedAsDuplicate || res.Job.State != rivertype.JobStateScheduled {
			continue
		}
		due, err := r.NextDue(ctx, p.hosts[params[i].Args.(hostJob).Host])
		if err != nil {
			return err
		}
		if due.Before(res.Job.ScheduledAt) {
			if _, err := j.client.JobRetry(ctx, res.Job.ID); err != nil {
				return fmt.Errorf("waking the job of a host: %w", err)
			}
		}
	}
	return nil
}

// unique admits one unfinished job a host.
var unique = &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
	rivertype.JobStateRetryable, rivertype.JobStateScheduled,
}}}

func (j *jobs) start(ctx context.Context) error { return j.client.Start(ctx) }

// stop lets running visits end, then cancels what is left when ctx ends.
func (j *jobs) stop(ctx context.Context) error {
	if err := j.client.StopAndCancel(ctx); err != nil {
		return fmt.Errorf("stopping the job queue: %w", err)
	}
	return nil
}

type hostWorker struct {
	river.WorkerDefaults[hostJob]
	jobs *jobs
}

// Work visits what is due on one host.
func (w *hostWorker) Work(ctx context.Context, job *river.Job[hostJob]) error {
	p := w.jobs.plan.Load()
	list := p.hosts[job.Args.Host]
	if len(list) == 0 {
		return nil // the configuration no longer names it
	}
	results, err := p.refresher.Host(ctx, list, false)
	for _, r := range results {
		if r.Err == nil && !r.NotModified {
			w.jobs.wake()
			break
		}
	}
	if err == nil && p.pages != nil {
		var changed int
		if changed, err = p.pages.Host(ctx, list); changed > 0 {
			w.jobs.wake()
		}
	}
	if ctx.Err() != nil {
		return river.JobSnooze(0)
	}
	if err != nil {
		w.jobs.log.Error("refreshing a host failed", "host", job.Args.Host, "error", err)
		return err
	}
	due, err := p.next(ctx, list, results)
	if err != nil {
		return err
	}
	if due.IsZero() {
		return nil // nothing left to visit: every source is gone
	}
	return river.JobSnooze(max(time.Until(due), time.Second))
}

// next is when a host is called on again, for a feed or for a page; zero: never.
func (p *plan) next(ctx context.Context, list []sources.Source, results []refresh.Result) (time.Time, error) {
	due, err := p.refresher.NextDue(ctx, list)
	if err != nil || p.pages == nil {
		return due, err
	}
	fresh := slices.ContainsFunc(results, func(r refresh.Result) bool { return r.Accepted.New > 0 })
	page, err := p.pages.Next(ctx, list, fresh)
	if !page.IsZero() && (due.IsZero() || page.Before(due)) {
		due = page
	}
	return due, err
}

// retryLater spaces the tries of a job that failed in our own machinery.
type retryLater struct{}

func (retryLater) NextRetry(job *rivertype.JobRow) time.Time {
	return time.Now().Add(min(time.Duration(1+len(job.Errors))*10*time.Second, 10*time.Minute))
}
