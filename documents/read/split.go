package read

import (
	"fmt"
	"time"

	"github.com/xindiao/xindiao/dossier"
)

const (
	quantum = 1500 * time.Millisecond // after which a worker hands the rest of a file back, to be shared out
	resumes = 3                       // pages of a file that may break a worker before the rest is given up
)

// read has one portion read and decides what comes after it: the rest of the file in as many portions as there are
// idle workers, the pages behind one that broke a worker, or the end.
func (r *runner) read(p portion) {
	n := p.node
	left := r.opt.Limits.TotalTime - n.spent
	req := request{Path: n.path, Name: n.name, From: p.from, To: p.to, Limits: r.opt.Limits, Volumes: n.vols, Scans: n.scanned(),
		Unpack: n.top.left(n.depth).in(r.newDir())}
	if n.doc.Format != fmtNone { // a portion was read before
		req.Format = n.doc.Format
	}
	if r.opt.Workers > 1 {
		req.Quantum = r.opt.quantum
	}
	if left <= 0 {
		n.mu.Lock()
		n.note(*timeout(r.opt.Limits.TotalTime))
		n.mu.Unlock()
		r.end(n, nil)
		return
	}
	last, span := max(p.from, 1)-1, 0
	start := time.Now()
	res, fault := r.readers.ask(r.ctx, req, left, func(a reply) {
		if a.Page != nil {
			last = max(last, a.Page.Number)
		}
		span = max(span, a.Span)
		r.take(n, req.Unpack.Dir, a)
	})
	n.mu.Lock()
	n.spent += time.Since(start)
	n.scan = n.scan || res.Scan
	n.fleeting = n.fleeting || fault != nil || res.Fleeting
	n.note(res.Problems...)
	for page, d := range res.Doubts {
		if n.doubts == nil {
			n.doubts = map[int][]string{}
		}
		n.doubts[page] = append(n.doubts[page], d...)
	}
	to := p.to
	if to == 0 {
		to = span + 1
	}
	var rest []portion
	switch {
	case fault == nil:
		if res.Next > 0 && res.Next < to {
			rest = r.share(n, res.Next, to)
		}
	case *fault == dossier.Problem{}: // cancelled
	case span > 0 && last+1 < to && n.resumed < resumes && fault.Kind != dossier.ErrDependency:
		n.resumed++
		fault.Page = last + 1
		fault.Msg = fmt.Sprintf("第%d页：%s，其余页继续读取", last+1, fault.Msg)
		n.note(*fault)
		if last+2 < to {
			rest = []portion{{n, last + 2, to}}
		}
	default:
		if k := len(n.doc.Pages); k > 0 {
			fault.Msg += fmt.Sprintf("，已读出的 %d 页保留", k)
		}
		n.note(*fault)
	}
	n.mu.Unlock()
	r.end(n, rest)
}

// share cuts pages [from, to) into as many portions as there are workers with nothing else to do.
func (r *runner) share(n *node, from, to int) []portion {
	r.mu.Lock()
	free := r.opt.Workers - r.busy + 1 - len(r.queue)
	r.mu.Unlock()
	k := min(max(free, 1), to-from)
	if k > 1 {
		k = min(2*k, to-from) // small enough that one slow portion does not keep everybody waiting
	}
	var list []portion
	for i := range k {
		list = append(list, portion{n, from + i*(to-from)/k, from + (i+1)*(to-from)/k})
	}
	return list
}

// end closes one portion of n and queues those that follow from it; after the last one the file is finished.
func (r *runner) end(n *node, rest []portion) {
	n.mu.Lock()
	n.open += len(rest) - 1
	finished := n.open == 0
	n.mu.Unlock()
	if len(rest) > 0 {
		r.mu.Lock()
		r.queue = append(rest, r.queue...)
		r.more.Broadcast()
		r.mu.Unlock()
	}
	if finished {
		r.vote(n)
		n.assemble()
		r.remember(n)
		r.finish(n)
	}
}

// take files one step of a worker's answer.
func (r *runner) take(n *node, dir string, a reply) {
	n.mu.Lock()
	if a.Format != "" {
		n.doc.Format = a.Format
	}
	if a.Page != nil {
		n.doc.Pages = append(n.doc.Pages, *a.Page)
	}
	if a.Rows != nil {
		addRows(n.doc, a.Rows)
	}
	number := min(max(a.Number, len(n.doc.Pages)), max(a.Pages, a.Number))
	if a.Page == nil && number == len(n.doc.Pages) && number < a.Pages {
		number++ // the one that is being worked on
	}
	if a.Member != nil {
		r.member(n, dir, a.Member)
	}
	n.mu.Unlock()
	if a.Number > 0 {
		r.event(Event{File: n.name, Page: number, Pages: a.Pages})
	}
}
