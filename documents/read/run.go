package read

import (
	"context"
	"path/filepath"
	"strconv"
	"sync"

	"github.com/xindiao/xindiao/dossier"
)

// run reads every item and what is inside of it in bounded workers. The order of the Documents is that of the list,
// a container before its members; the order of the work is not.
func run(ctx context.Context, list []item, opt Options) ([]*dossier.Document, error) {
	tmp, remove, err := newTemp()
	if err != nil {
		return nil, &dossier.Error{Kind: dossier.ErrDependency, Msg: "临时目录写不进去，请检查磁盘空间", Cause: err}
	}
	defer remove()
	if len(list) > opt.Limits.Files {
		list = list[:opt.Limits.Files]
	}
	r := &runner{ctx: ctx, opt: opt, tmp: tmp, readers: newReaders(opt, tmp), cache: openResults(opt), seen: map[string]*node{}}
	r.more = sync.NewCond(&r.mu)
	defer r.readers.close()
	roots := make([]*node, len(list))
	for i, it := range list {
		roots[i] = newNode(it, &budget{lim: opt.Limits, packed: max(it.size, 1)})
	}
	linkVolumes(roots)
	r.total = len(roots)
	r.event(Event{})
	r.push(roots)
	stop := context.AfterFunc(ctx, r.wake)
	defer stop()
	var wg sync.WaitGroup
	for range opt.Workers {
		wg.Go(r.work)
	}
	wg.Wait()
	if r.cache != nil {
		r.cache.dir.Sweep()
	}
	if err := ctx.Err(); err != nil {
		return nil, &dossier.Error{Kind: dossier.ErrTimeout, Msg: "读取被中止", Cause: err}
	}
	var docs []*dossier.Document
	for _, n := range roots {
		docs = n.flatten(docs)
	}
	return docs, nil
}

// runner hands out what is to be done: new files, and portions of files that are being read.
type runner struct {
	ctx     context.Context
	opt     Options
	tmp     string
	readers *readers
	cache   *results // nil: none

	mu     sync.Mutex
	more   *sync.Cond
	queue  []portion
	busy   int
	serial int
	files  int              // members so far, all tops together
	seen   map[string]*node // first file with these bytes and this ending
	done   int              // files
	total  int
}

// portion is a file, or pages of one that another portion has begun.
type portion struct {
	*node
	from, to int // pages from 1, to not included; 0: all that there are
}

// push queues files at the front, in their order: members come right after their container.
func (r *runner) push(nodes []*node) {
	r.mu.Lock()
	defer r.mu.Unlock()
	add := make([]portion, len(nodes), len(nodes)+len(r.queue))
	for i, n := range nodes {
		add[i] = portion{node: n}
	}
	r.queue = append(add, r.queue...)
	r.more.Broadcast()
}

func (r *runner) wake() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.more.Broadcast()
}

// next waits for work; false when there is none and will be none.
func (r *runner) next() (p portion, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(r.queue) == 0 && r.busy > 0 && r.ctx.Err() == nil {
		r.more.Wait()
	}
	if len(r.queue) == 0 || r.ctx.Err() != nil {
		return p, false
	}
	p, r.queue = r.queue[0], r.queue[1:]
	r.busy++
	return p, true
}

func (r *runner) work() {
	for {
		p, ok := r.next()
		if !ok {
			return
		}
		if p.from > 0 || r.open(p.node) {
			r.read(p)
		}
		r.mu.Lock()
		r.busy--
		r.more.Broadcast()
		r.mu.Unlock()
	}
}

// open does what needs no worker: refusals, the hash, and files that were read before, in this run or an earlier one.
// It tells whether n is to be read.
func (r *runner) open(n *node) bool {
	if n.skip || n.ready {
		r.finish(n)
		return false
	}
	if p := r.refusal(n); p != nil {
		n.note(*p)
		r.finish(n)
		return false
	}
	if n.doc.SHA256 == "" {
		var err error
		if n.doc.SHA256, err = sum(n.path); err != nil {
			n.note(problem(dossier.ErrNotFound, "打不开文件", "请检查文件的访问权限"))
			r.finish(n)
			return false
		}
	}
	if r.twin(n) {
		return false
	}
	if r.recall(n) {
		r.finish(n)
		return false
	}
	return true
}

// refusal says why a file is not opened.
func (r *runner) refusal(n *node) *dossier.Problem {
	var p dossier.Problem
	switch {
	case n.size == 0:
		p = problem(dossier.ErrEmpty, "文件是空的（0 字节）", "请核对后重新提供")
	case n.size > r.opt.Limits.FileBytes:
		p = tooLarge(n.size, r.opt.Limits.FileBytes)
	default:
		return nil
	}
	return &p
}

// newDir names a folder for the members of a container; it is made when there are any.
func (r *runner) newDir() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.serial++
	return filepath.Join(r.tmp, strconv.Itoa(r.serial))
}

// event reports progress, one call at a time.
func (r *runner) event(e Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e.Done, e.Total = r.done, r.total
	r.opt.Progress(e)
}
