package read

import (
	"context"
	"os"
	"sync"
	"time"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/dossier"
)

// readers hands requests to worker processes and keeps idle ones for the next.
type readers struct {
	opt  Options
	tmp  string // for what workers write
	mu   sync.Mutex
	idle []*proc
}

func newReaders(opt Options, tmp string) *readers { return &readers{opt: opt, tmp: tmp} }

func (rs *readers) close() {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	for _, p := range rs.idle {
		p.end()
	}
	rs.idle = nil
}

// ask has one request answered, in a worker where there can be one. A fault is what became of the worker; the empty
// one that there is nothing to report.
func (rs *readers) ask(ctx context.Context, req request, total time.Duration, take func(reply)) (result, *dossier.Problem) {
	req.OCR = rs.opt.OCR.Name()
	if rs.opt.InProcess || !isolated || os.Getenv(workerEnv) != "" || !ocr.Known(rs.opt.OCR) {
		ctx, cancel := context.WithTimeout(ctx, total)
		defer cancel()
		return answer(ctx, req, rs.opt.OCR, take), nil
	}
	p, err := rs.get()
	if err != nil {
		fault := problem(dossier.ErrDependency, "读取进程无法启动", "请检查系统的进程数和内存后重新读取")
		return result{}, &fault
	}
	res, fault := p.ask(ctx, req, total, take)
	if fault != nil || res.Tired {
		p.end()
		return res, fault
	}
	rs.mu.Lock()
	rs.idle = append(rs.idle, p)
	rs.mu.Unlock()
	return res, nil
}

func (rs *readers) get() (*proc, error) {
	rs.mu.Lock()
	if n := len(rs.idle); n > 0 {
		p := rs.idle[n-1]
		rs.idle = rs.idle[:n-1]
		rs.mu.Unlock()
		return p, nil
	}
	rs.mu.Unlock()
	return start(rs.opt.Limits, rs.tmp, ocr.Env(rs.opt.OCR))
}
