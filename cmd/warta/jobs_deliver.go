package main

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"warta/feed/publish"
)

// deliveryQueue is apart from the one of the hosts, so that receivers who hang
// keep no source from being read.
const deliveryQueue = "deliveries"

// deliverJob sends a subscription what it lacks.
type deliverJob struct {
	Subscription string `json:"subscription" river:"unique"`
}

func (deliverJob) Kind() string { return "deliver" }

// verifyJob asks a callback whether it wants what was asked in its name.
type verifyJob struct {
	Subscription string `json:"subscription" river:"unique"`
}

func (verifyJob) Kind() string { return "verify" }

// pingJob tells a hub elsewhere that a topic changed.
type pingJob struct {
	Hub   string `json:"hub" river:"unique"`
	Topic string `json:"topic" river:"unique"`
}

func (pingJob) Kind() string { return "ping" }

// delivery admits one unfinished job of its kind for a receiver.
var delivery = &river.InsertOpts{Queue: deliveryQueue, UniqueOpts: unique.UniqueOpts}

func (j *jobs) addDeliveries(reg *river.Workers) {
	river.AddWorker(reg, river.WorkFunc(func(ctx context.Context, job *river.Job[deliverJob]) error {
		again, err := j.deliverer.Deliver(ctx, job.Args.Subscription)
		return j.come(ctx, again, err, "delivering to a subscription failed", job.Args.Subscription)
	}))
	river.AddWorker(reg, river.WorkFunc(func(ctx context.Context, job *river.Job[verifyJob]) error {
		again, err := j.deliverer.Verify(ctx, job.Args.Subscription)
		if err == nil && again.IsZero() {
			// It may be one that failed before and asked again.
			err = j.deliver(ctx, []string{job.Args.Subscription}, true)
		}
		return j.come(ctx, again, err, "verifying a subscription failed", job.Args.Subscription)
	}))
	river.AddWorker(reg, river.WorkFunc(func(ctx context.Context, job *river.Job[pingJob]) error {
		again, err := j.deliverer.Ping(ctx, job.Args.Hub, job.Args.Topic, job.CreatedAt)
		return j.come(ctx, again, err, "telling a hub failed", job.Args.Hub)
	}))
}

// come ends a job, or lets it sleep until it is to come again.
func (j *jobs) come(ctx context.Context, again time.Time, err error, what, whom string) error {
	switch {
	case ctx.Err() != nil:
		return river.JobSnooze(0)
	case err != nil:
		j.log.Error(what, "id", whom, "error", err)
		return err
	case again.IsZero():
		return nil
	}
	return river.JobSnooze(max(again.Sub(j.now()), 0))
}

// deliver queues deliveries. With wake, those that sleep until a receiver may
// be back are called now.
func (j *jobs) deliver(ctx context.Context, ids []string, wake bool) error {
	if len(ids) == 0 {
		return nil
	}
	params := make([]river.InsertManyParams, len(ids))
	for i, id := range ids {
		params[i] = river.InsertManyParams{Args: deliverJob{id}, InsertOpts: delivery}
	}
	results, err := j.client.InsertMany(ctx, params)
	if err != nil {
		return fmt.Errorf("queueing %d deliveries: %w", len(ids), err)
	}
	for _, res := range results {
		if wake && res.UniqueSkippedAsDuplicate && res.Job.State == rivertype.JobStateScheduled {
			if _, err := j.client.JobRetry(ctx, res.Job.ID); err != nil {
				return fmt.Errorf("waking a delivery: %w", err)
			}
		}
	}
	return nil
}

// verify queues the verification of what the hub was asked.
func (j *jobs) verify(id string) {
	if _, err := j.client.Insert(context.Background(), verifyJob{id}, delivery); err != nil {
		j.log.Error("a subscription is verified only after the next start", "error", err)
	}
}

// ping queues telling hubs elsewhere which of the documents changed.
func (j *jobs) ping(ctx context.Context, p *publish.Publisher, changed []string) {
	for _, address := range changed {
		t, err := p.PublicTopic(address)
		if err != nil || t.Hub == "" || t.OwnHub() {
			continue
		}
		if _, err := j.client.Insert(ctx, pingJob{t.Hub, t.Address}, delivery); err != nil && ctx.Err() == nil {
			j.log.Error("a hub is not told of a change", "hub", t.Hub, "topic", t.Address, "error", err)
		}
	}
}

// lookEvery is how soon it is seen who lacks something, where nobody said.
const lookEvery = time.Second

// deliveries sees to it that whoever lacks something has a job, until ctx
// ends: when something was published, and every second.
func (j *jobs) deliveries(ctx context.Context, news <-chan struct{}) error {
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	if err := j.resume(ctx); err != nil {
		return err
	}
	for {
		ids, err := j.deliverer.Advance(ctx)
		if err == nil {
			err = j.deliver(ctx, ids, false)
		}
		if err != nil && ctx.Err() == nil {
			j.log.Error("subscribers are not told of what is new; trying again", "error", err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-news:
		case <-look.C:
		}
	}
}

// resume takes up what the hub was asked before the last end, however that
// came.
func (j *jobs) resume(ctx context.Context) error {
	ids, err := j.deliverer.Waiting(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		j.verify(id)
	}
	return nil
}
