package embed

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/store"
)

// Move brings a store's collections from one embedding model to another while they are searched. For each collection
// it embeds what has no vector in the new space, writes the vectors beside those in use, and switches in one
// transaction once every chunk has one; only then the old vectors go. Stopped or killed at any moment, it has lost
// nothing: the next run goes on where the store says that vectors are missing. It also fills in what came in without
// vectors while a model was down.
type Move struct {
	To    llm.Embedder
	Rate  float64 // chunks a second at most; 0: as fast as the model answers
	Batch int     // chunks a step, 256 when 0
	Actor string  // for the audit chain
	Event func(Event)
}

// Event is one step of a Move.
type Event struct {
	Collection string // customer:7, corpus:law
	Done       int    // chunks that got a vector in this run
	Total      int    // chunks of the collection when the run began; an earlier run may have done some of them
	Switched   bool   // the new space is the active one from now on
	Err        error  // why the collection stays on its old space for now
}

// Summary counts a run.
type Summary struct {
	Collections int // looked at
	Switched    int
	Chunks      int // embedded
	Failed      int // collections that stay on their old space
}

// rounds bounds how often a collection that keeps growing is gone over before it is left for the next run.
const rounds = 20

// failures of that many collections in a row mean that the model or the store is gone.
const failures = 3

// Run moves every customer and every corpus. It fails when the context ends, when customers cannot be listed, or when
// one collection after another fails; a single failed one is an Event and stays on its old space.
func (m Move) Run(ctx context.Context, st store.Store) (Summary, error) {
	var sum Summary
	if err := store.CheckSpace(Space(m.To)); err != nil {
		return sum, err
	}
	row := 0
	one := func(name string, c store.Collection) error {
		before := sum.Switched
		err := m.collection(ctx, name, c, &sum)
		sum.Collections++
		if err == nil {
			row = 0
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		sum.Failed++
		m.tell(Event{Collection: name, Err: err, Switched: sum.Switched > before})
		if row++; row >= failures || gone(err) {
			return err
		}
		return nil
	}
	corpora, err := st.Corpora(ctx)
	if err != nil {
		return sum, err
	}
	for _, c := range corpora {
		col, err := st.Corpus(ctx, c.Name)
		if errors.Is(err, store.ErrNotFound) {
			continue // dropped meanwhile
		}
		if err != nil {
			return sum, err
		}
		if err := one("corpus:"+c.Name, col); err != nil {
			return sum, err
		}
	}
	err = store.EachCustomer(ctx, st, func(c store.Customer) error {
		return one(fmt.Sprintf("customer:%d", c.ID), st.Tenant(c.ID))
	})
	return sum, err
}

// gone tells whether asking again for another collection is in vain.
func gone(err error) bool {
	switch llm.KindOf(err) {
	case llm.ErrTimeout, llm.ErrUnavailable, llm.ErrAuth, llm.ErrRateLimited, llm.ErrCut:
		return true
	}
	return errors.Is(err, store.ErrClosed)
}

// collection moves one collection.
func (m Move) collection(ctx context.Context, name string, c store.Collection, sum *Summary) error {
	w := &worker{Move: m, c: c, space: Space(m.To), event: Event{Collection: name}, refused: map[int64]error{}}
	defer func() { sum.Chunks += w.event.Done }()
	before, err := c.Version(ctx)
	if err != nil {
		return err
	}
	for range rounds {
		if err := w.round(ctx); err != nil {
			return err
		}
		if err := w.refusal(); err != nil {
			return err
		}
		if w.event.Done > 0 && w.active {
			if before, err = c.Version(ctx); err != nil { // vectors for the active space raised it
				return err
			}
		}
		err := c.Switch(ctx, w.space, m.Actor)
		if errors.Is(err, store.ErrIncomplete) {
			continue // a paper came in between
		}
		if err != nil {
			return err
		}
		after, err := c.Version(ctx)
		if err != nil {
			return err
		}
		if after != before {
			sum.Switched++
			w.event.Switched = true
			m.tell(w.event)
		}
		return c.DropSpaces(ctx) // also what a run left that was killed right here
	}
	return fmt.Errorf("%s: %w", name, store.ErrIncomplete)
}

func (m Move) tell(e Event) {
	if m.Event != nil {
		m.Event(e)
	}
}

func (m Move) batch() int {
	if m.Batch > 0 {
		return m.Batch
	}
	return 256
}

// pause keeps to Rate after n chunks that took d.
func (m Move) pause(ctx context.Context, n int, d time.Duration) error {
	if m.Rate <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(max(0, time.Duration(float64(n)/m.Rate*float64(time.Second))-d))
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
