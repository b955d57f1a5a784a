package server

import (
	"context"
	"crypto/rand"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/xindiao/xindiao/dossier"
)

// Job is a review or a draft under way; its states are queued, running, done, failed, cancelled.
type Job struct {
	ID      string    `json:"id"`
	Dossier string    `json:"dossier"`
	Kind    string    `json:"kind"` // review or draft
	State   string    `json:"state"`
	Error   string    `json:"error,omitempty"` // for the user
	Started time.Time `json:"started"`
}

func (j Job) over() bool { return j.State == "done" || j.State == "failed" || j.State == "cancelled" }

// How much of finished jobs is remembered.
const (
	maxJobs   = 200
	maxQueue  = 100
	maxEvents = 1000
)

type job struct {
	Job
	cancel context.CancelFunc
	events []Event
	first  int           // number of events[0]
	change chan struct{} // closed and replaced at every change
	work   func(context.Context, func(Event)) error
	ctx    context.Context
}

// jobs runs a few jobs at a time, one a dossier, and lets anyone watch.
type jobs struct {
	mu    sync.Mutex
	all   map[string]*job
	order []string
	busy  map[string]string // dossier -> job
	slots chan struct{}
	wg    sync.WaitGroup
	ctx   context.Context
	stop  context.CancelFunc
	log   *slog.Logger
}

func newJobs(workers int, log *slog.Logger) *jobs {
	ctx, stop := context.WithCancel(context.Background())
	return &jobs{all: map[string]*job{}, busy: map[string]string{}, slots: make(chan struct{}, workers), ctx: ctx, stop: stop, log: log}
}

// start queues work on a dossier; false when the dossier has a job already, or the queue is full, or it is closed.
func (q *jobs) start(id, kind string, work func(context.Context, func(Event)) error) (Job, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.ctx.Err() != nil || q.busy[id] != "" || len(q.busy) >= maxQueue {
		return Job{}, false
	}
	ctx, cancel := context.WithCancel(q.ctx)
	j := &job{Job: Job{ID: rand.Text(), Dossier: id, Kind: kind, State: "queued", Started: time.Now().UTC()}, ctx: ctx, cancel: cancel, change: make(chan struct{}), work: work}
	q.all[j.ID], q.busy[id] = j, j.ID
	q.order = append(q.order, j.ID)
	q.forget()
	q.wg.Go(func() { q.run(j) })
	return j.Job, true
}

// forget drops the oldest finished jobs.
func (q *jobs) forget() {
	for i := 0; len(q.order) > maxJobs && i < len(q.order); {
		if id := q.order[i]; q.all[id].over() {
			delete(q.all, id)
			q.order = append(q.order[:i], q.order[i+1:]...)
		} else {
			i++
		}
	}
}

func (q *jobs) run(j *job) {
	defer j.cancel()
	select {
	case q.slots <- struct{}{}:
		defer func() { <-q.slots }()
	case <-j.ctx.Done():
		q.end(j, j.ctx.Err())
		return
	}
	q.update(j, func() { j.State = "running" })
	q.end(j, q.guarded(j))
}

// guarded turns a panic into an error: one bad file must not take the service down.
func (q *jobs) guarded(j *job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			q.log.Error("job crashed", "job", j.ID, "stack", string(debug.Stack())) // not the value: it may quote a material
			err = &dossier.Error{Kind: dossier.ErrCrashed, Msg: "处理时发生内部错误"}
		}
	}()
	return j.work(j.ctx, func(e Event) {
		q.update(j, func() {
			if len(j.events) == maxEvents {
				j.events, j.first = j.events[1:], j.first+1
			}
			j.events = append(j.events, e)
		})
	})
}

func (q *jobs) end(j *job, err error) {
	q.update(j, func() {
		delete(q.busy, j.Dossier)
		switch {
		case err == nil:
			j.State = "done"
		case j.ctx.Err() != nil:
			j.State, j.Error = "cancelled", "已取消"
		default:
			j.State = "failed"
			_, j.Error = explain(err)
			q.log.Warn("job failed", "job", j.ID, "kind", j.Kind, "error", string(dossier.KindOf(err)))
		}
	})
}

func (q *jobs) update(j *job, f func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	f()
	close(j.change)
	j.change = make(chan struct{})
}

func (q *jobs) get(id string) (Job, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	j, ok := q.all[id]
	if !ok {
		return Job{}, false
	}
	return j.Job, true
}

// since returns a job's events from number n on, its state, and a channel that closes when there is more.
func (q *jobs) since(id string, n int) (events []Event, next int, state Job, more <-chan struct{}, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	j, ok := q.all[id]
	if !ok {
		return nil, n, Job{}, nil, false
	}
	n = min(max(n, j.first), j.first+len(j.events))
	events = append(events, j.events[n-j.first:]...)
	return events, n + len(events), j.Job, j.change, true
}

func (q *jobs) cancelJob(id string) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	j, ok := q.all[id]
	if ok {
		j.cancel()
	}
	return ok
}

// of returns the job that a dossier has under way.
func (q *jobs) of(dossierID string) string {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.busy[dossierID]
}

func (q *jobs) close(ctx context.Context) error {
	q.mu.Lock() // no job can start between the stop and the wait
	q.stop()
	q.mu.Unlock()
	done := make(chan struct{})
	go func() { q.wg.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
