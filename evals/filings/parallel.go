package filings

import (
	"context"
	"fmt"
	"runtime"
	"sync"
)

const block = 64 // companies that one worker takes at a time

// articulateAll runs every company's statements on all cores; what each block of companies gave is added up in the
// order of the tables, so that two runs print the same.
func (k *keeper) articulateAll(ctx context.Context) error {
	firms := k.c.firms
	parts := make([]*keeper, (len(firms)+block-1)/block)
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(parts)) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := range next {
				part := &keeper{c: k.c, o: k.o, card: &Card{}, checks: map[string]*Check{}, rules: map[string]*Rule{}, forms: k.forms,
					either: k.either, member: k.member}
				for _, f := range firms[n*block : min((n+1)*block, len(firms))] {
					part.articulate(f)
				}
				parts[n] = part
			}
		}()
	}
	for n := range parts {
		if ctx.Err() != nil {
			break
		}
		if k.o.Progress != nil && n%16 == 0 {
			k.o.Progress(fmt.Sprintf("%d/%d", n*block, len(firms)))
		}
		next <- n
	}
	close(next)
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, p := range parts {
		k.take(p)
	}
	return nil
}

// take adds another keeper's counts.
func (k *keeper) take(p *keeper) {
	k.card.Figures += p.card.Figures
	k.card.Unread += p.card.Unread
	k.card.Breaks.Filings += p.card.Breaks.Filings
	k.card.lines = append(k.card.lines, p.card.lines...)
	for id, c := range p.checks {
		if k.checks[id] == nil {
			k.checks[id] = &Check{ID: id, Name: c.Name, Causes: map[string]int{}}
		}
		t := k.checks[id]
		t.Tested, t.Held, t.Broken, t.Untestable = t.Tested+c.Tested, t.Held+c.Held, t.Broken+c.Broken, t.Untestable+c.Untestable
		for class, n := range c.Causes {
			t.Causes[class] += n
		}
	}
	for id, r := range p.rules {
		if k.rules[id] == nil {
			k.rules[id] = &Rule{ID: id, Name: r.Name}
		}
		t := k.rules[id]
		t.Pass, t.Break, t.Flag, t.Untestable = t.Pass+r.Pass, t.Break+r.Break, t.Flag+r.Flag, t.Untestable+r.Untestable
	}
}
