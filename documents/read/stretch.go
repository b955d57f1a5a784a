package read

import (
	"iter"
	"time"
)

// stretch says which pages of a file are read here, and when to hand the others back.
type stretch struct {
	from, to int // pages from 1, to not included; 0: all
	quantum  time.Duration
	start    time.Time
	announce func(total int)
	next     int // set when the rest was handed back
}

// span yields the indexes, from 0, of the pages to read of a file that has total. A reader that loops over it lets
// its file be shared out among workers: after some time the loop ends early and other workers read the rest, so what
// is done behind the loop may hold only for the pages of this loop; what holds for the whole goes into wholes.
func (r *reading) span(total int) iter.Seq[int] {
	return func(yield func(int) bool) {
		p := &r.stretch
		first, end := max(p.from, 1), total+1
		if p.to > 0 {
			end = min(p.to, end)
		}
		if p.announce != nil {
			p.announce(total)
		}
		for n := first; n < end; n++ {
			if n > first && p.quantum > 0 && time.Since(p.start) >= p.quantum {
				p.next = n
				return
			}
			if !yield(n - 1) {
				return
			}
		}
	}
}
