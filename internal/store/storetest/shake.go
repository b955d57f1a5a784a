package storetest

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/xindiao/xindiao/internal/store"
)

// shake breaks queries of all customers off at random moments until it is told to stop, so that a pool has to do with
// connections that were left in the middle of one customer's work. What still comes back must be the customer's own.
func shake(t *testing.T, owners []*owner) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() {
		r := rand.New(rand.NewPCG(11, 11))
		for range 60 { // a broken-off query may cost its connection
			if ctx.Err() != nil {
				return
			}
			o := owners[r.IntN(len(owners))]
			short, done := context.WithTimeout(ctx, time.Duration(r.IntN(2000))*time.Microsecond)
			if d, err := o.tn.Dossier(short, o.dossier); err == nil {
				if err := o.foreign(d); err != nil {
					t.Errorf("customer %d, in a hurry: %v", o.n, err)
				}
			}
			if f, err := o.tn.SearchVector(short, store.VectorQuery{Space: space, Vector: vector(space, "q"), K: 1000}); err == nil && len(f.Hits) < len(o.chunks) {
				t.Errorf("customer %d, in a hurry: %d hits of %d", o.n, len(f.Hits), len(o.chunks))
			}
			done()
			time.Sleep(20 * time.Millisecond)
		}
	})
	return func() { cancel(); wg.Wait() }
}
