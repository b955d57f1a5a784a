package read

import (
	"context"
	"os"
	"sync"

	"github.com/xindiao/xindiao/dossier"
)

// run expands archives, then reads everything in bounded workers, keeping the order.
func run(ctx context.Context, list []item, opt Options) ([]*dossier.Document, error) {
	tmp, err := os.MkdirTemp("", "xindiao-read-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)

	type job struct {
		item
		doc *dossier.Document
	}
	var jobs []*job
	add := func(it item, doc *dossier.Document) { jobs = append(jobs, &job{it, doc}) }
	for _, top := range list {
		budget := &unpacking{lim: opt.Limits, dir: tmp, packed: max(top.size, 1)}
		expand(ctx, top, budget, opt.Limits, add)
		if len(jobs) > opt.Limits.Files {
			break
		}
	}

	p := &progress{report: opt.Progress, total: len(jobs)}
	p.event(Event{})
	readers := newReaders(opt)
	defer readers.close()
	queue := make(chan *job)
	var wg sync.WaitGroup
	for range min(opt.Workers, max(len(jobs), 1)) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range queue {
				if !j.skip && ctx.Err() == nil {
					readers.read(ctx, j.item, j.doc, func(page, pages int) {
						p.event(Event{File: j.name, Page: page, Pages: pages})
					})
				}
				p.finish(j.name, len(j.doc.Pages))
			}
		}()
	}
	for _, j := range jobs {
		queue <- j
	}
	close(queue)
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, &dossier.Error{Kind: dossier.ErrTimeout, Msg: "读取被中止", Cause: err}
	}
	docs := make([]*dossier.Document, len(jobs))
	for i, j := range jobs {
		docs[i] = j.doc
	}
	return docs, nil
}

// expand makes the Document of one item, and those of its members when it is an archive.
func expand(ctx context.Context, it item, u *unpacking, lim Limits, add func(item, *dossier.Document)) {
	doc := &dossier.Document{File: it.name, Size: it.size, Format: fmtNone, Problems: it.problems}
	refuse := func(p dossier.Problem) {
		doc.Problems = append(doc.Problems, p)
		it.skip = true
		add(it, doc)
	}
	switch {
	case it.skip:
		add(it, doc)
		return
	case it.size == 0:
		refuse(problem(dossier.ErrEmpty, "文件是空的（0 字节）", "请核对后重新提供"))
		return
	case it.size > lim.FileBytes:
		refuse(tooLarge(it.size, lim.FileBytes))
		return
	}
	var err error
	if doc.SHA256, err = sum(it.path); err != nil {
		refuse(problem(dossier.ErrNotFound, "打不开文件", "请检查文件的访问权限"))
		return
	}
	format, p := sniff(it.path, it.name)
	doc.Format = format
	if p != nil {
		doc.Problems = append(doc.Problems, *p)
	}
	switch format {
	case fmtNone:
		it.skip = true
		add(it, doc)
	case fmtZIP:
		it.skip = true
		doc.Type, doc.Confidence = dossier.TypeArchive, 1
		add(it, doc)
		if it.depth >= lim.ArchiveDepth {
			doc.Problems = append(doc.Problems, problem(dossier.ErrTooLarge, "压缩包嵌套过深，没有展开", "请解压后提供其中的文件"))
			return
		}
		members, problems := u.unpack(ctx, it)
		doc.Problems = append(doc.Problems, problems...)
		for _, m := range members {
			expand(ctx, m, u, lim, add)
		}
	default:
		add(it, doc)
	}
}

// progress counts finished files and keeps the callbacks one at a time.
type progress struct {
	mu     sync.Mutex
	report func(Event)
	done   int
	total  int
}

func (p *progress) event(e Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	e.Done, e.Total = p.done, p.total
	p.report(e)
}

func (p *progress) finish(file string, pages int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	p.report(Event{File: file, Page: pages, Pages: pages, Done: p.done, Total: p.total})
}
