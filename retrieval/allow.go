package retrieval

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/retrieval/lexical"
	"github.com/xindiao/xindiao/retrieval/memory"
)

// allowed is which chunks of a snapshot a query may see.
type allowed struct {
	ranges  []lexical.Range // nil: all
	n       int             // chunks in them
	unknown int             // left out because nobody can tell their period
	hidden  int             // chunks that the store would show and the query's filters do not
	only    []int64         // ids of the chunks in ranges, nil where the store can do without
}

func (a *allowed) has(ord int) bool {
	if a.ranges == nil {
		return true
	}
	i := sort.Search(len(a.ranges), func(i int) bool { return a.ranges[i].To > ord })
	return i < len(a.ranges) && a.ranges[i].From <= ord
}

func (a *allowed) add(from, to int) {
	if from >= to {
		return
	}
	a.n += to - from
	if k := len(a.ranges); k > 0 && a.ranges[k-1].To == from {
		a.ranges[k-1].To = to
		return
	}
	a.ranges = append(a.ranges, lexical.Range{From: from, To: to})
}

// maxFilters is how many filters a snapshot remembers.
const maxFilters = 16

// allow works out the query's filters, once a snapshot.
func (s *snapshot) allow(q *Query) (*allowed, error) {
	key := fmt.Sprintf("%d|%q|%q|%q|%q|%s|%s|%v", q.Dossier, q.Types, q.Files, q.Parties, q.Period, q.AsOf, q.Industry, q.All)
	s.mu.Lock()
	a := s.filters[key]
	s.mu.Unlock()
	if a != nil {
		return a, nil
	}
	a, err := s.filter(q)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	if len(s.filters) >= maxFilters {
		clear(s.filters)
	}
	s.filters[key] = a
	s.mu.Unlock()
	return a, nil
}

func (s *snapshot) filter(q *Query) (*allowed, error) {
	var asked span
	if q.Period != "" {
		var ok bool
		if asked, ok = parsePeriod(q.Period); !ok {
			return nil, &dossier.Error{Kind: dossier.ErrInput, Msg: fmt.Sprintf("期间“%s”无法识别：请写成 2025、2025-06、2025-12-31 或 2025-01-01/2025-06-30", q.Period)}
		}
	}
	a := &allowed{ranges: []lexical.Range{}}
	for i := range s.docs {
		d := &s.docs[i]
		if !memory.Serves(*d, q.Industry, q.AsOf) {
			continue
		}
		if !q.All && !d.Current || !q.takes(d) {
			a.hidden += d.Chunks
			continue
		}
		from, to := s.first[i], s.first[i+1]
		if q.Period == "" {
			a.add(from, to)
			continue
		}
		shown := a.n
		for c := from; c < to; c++ {
			if have, ok := parsePeriod(periodOf(d, c-from)); !ok {
				a.unknown++
			} else if have.meets(asked) {
				a.add(c, c+1)
			}
		}
		a.hidden += to - from - (a.n - shown)
	}
	if a.n == s.total {
		a.ranges = nil
	}
	if a.hidden > overfetch {
		a.only = make([]int64, 0, a.n)
		for _, r := range a.ranges {
			for c := r.From; c < r.To; c++ {
				a.only = append(a.only, s.id(c))
			}
		}
	}
	return a, nil
}

// overfetch is how many forbidden chunks a vector search may bring up to be passed over, instead of a list of all that
// are allowed.
const overfetch = 64

func (q *Query) takes(d *store.CatalogDoc) bool {
	return (q.Dossier == 0 || d.Dossier == q.Dossier) &&
		(len(q.Types) == 0 || slices.Contains(q.Types, d.Type)) &&
		(len(q.Files) == 0 || slices.Contains(q.Files, d.File)) &&
		(len(q.Parties) == 0 || slices.ContainsFunc(q.Parties, func(p string) bool {
			return p != "" && strings.Contains(lexical.Fold(d.Party), lexical.Fold(p))
		}))
}

// periodOf is the period of a document's chunk: its own, else the document's.
func periodOf(d *store.CatalogDoc, i int) string {
	if i < len(d.Periods) && d.Periods[i] != "" {
		return d.Periods[i]
	}
	return d.Period
}
