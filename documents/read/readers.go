package read

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"time"

	"github.com/xindiao/xindiao/dossier"
)

// readers hands files to worker processes and keeps idle ones for the next file.
type readers struct {
	opt  Options
	mu   sync.Mutex
	idle []*proc
}

func newReaders(opt Options) *readers { return &readers{opt: opt} }

func (rs *readers) close() {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	for _, p := range rs.idle {
		p.end()
	}
	rs.idle = nil
}

// read fills doc, in a worker where there can be one.
func (rs *readers) read(ctx context.Context, it item, doc *dossier.Document, count func(int, int)) {
	req := request{Path: it.path, Name: it.name, Format: doc.Format, OCR: rs.opt.OCR.Name(), Limits: rs.opt.Limits}
	take := func(r reply) {
		if r.Page != nil {
			doc.Pages = append(doc.Pages, *r.Page)
		}
		if r.Rows != nil {
			addRows(doc, r.Rows)
		}
		if r.Number > 0 {
			count(r.Number, r.Pages)
		}
	}
	if rs.opt.InProcess || !isolated || os.Getenv(workerEnv) != "" || !known(req.OCR) {
		rs.finish(doc, answer(ctx, req, rs.opt.OCR, take))
		return
	}
	p, err := rs.get()
	if err != nil {
		doc.Problems = append(doc.Problems, problem(dossier.ErrDependency, "读取进程无法启动", "请检查系统的进程数和内存"))
		return
	}
	res, fault := p.ask(ctx, req, rs.opt.Limits, take)
	if fault != nil {
		p.end()
		if *fault == (dossier.Problem{}) {
			return // cancelled, or only the cross-check was lost
		}
		if n := len(doc.Pages); n > 0 {
			fault.Msg += fmt.Sprintf("，已读出的 %d 页保留", n)
		}
		doc.Problems = append(doc.Problems, *fault)
		return
	}
	rs.finish(doc, res)
	if res.Tired {
		p.end()
		return
	}
	rs.mu.Lock()
	rs.idle = append(rs.idle, p)
	rs.mu.Unlock()
}

func known(engine string) bool { return engine == "native" || engine == "embedded" || engine == "none" }

func (rs *readers) finish(doc *dossier.Document, res result) {
	closeRows(doc)
	doc.Scan = res.Scan
	doc.Problems = append(doc.Problems, res.Problems...)
	for i := range doc.Pages {
		doc.Pages[i].Doubts = append(doc.Pages[i].Doubts, res.Doubts[doc.Pages[i].Number]...)
	}
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
	return start(rs.opt.Limits)
}

// proc is one worker process.
type proc struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out io.ReadCloser
}

func start(lim Limits) (*proc, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(exe)
	cmd.Env = []string{workerEnv + "=read", "GOMAXPROCS=2", "GOTRACEBACK=none", "GOMEMLIMIT=" + strconv.FormatInt(lim.SoftMemory, 10)}
	for _, k := range []string{"PATH", "HOME", "TMPDIR", "TMP", "TEMP", "XDG_CACHE_HOME", "LocalAppData", "SystemRoot", "TESSDATA_PREFIX", "LANG"} {
		if v, ok := os.LookupEnv(k); ok {
			cmd.Env = append(cmd.Env, k+"="+v) // and nothing else: no keys, no database
		}
	}
	bind(cmd)
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &proc{cmd, in, out}, nil
}

// end stops a worker, whatever it is doing.
func (p *proc) end() {
	p.in.Close()
	killGroup(p.cmd)
	p.out.Close()
	_ = p.cmd.Wait()
}

// ask sends one file and collects the answer. A fault means that the worker is of no more use; the empty one that
// nothing is to be reported.
func (p *proc) ask(ctx context.Context, req request, lim Limits, take func(reply)) (result, *dossier.Problem) {
	if err := writeFrame(p.in, req); err != nil {
		return result{}, crashed()
	}
	type answer struct {
		reply
		err error
	}
	ch := make(chan answer)
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		for {
			var a answer
			a.err = readFrame(p.out, &a.reply)
			select {
			case ch <- a:
			case <-stop:
				return
			}
			if a.err != nil || a.Done != nil {
				return
			}
		}
	}()
	total := time.NewTimer(lim.TotalTime)
	defer total.Stop()
	stall := time.NewTimer(lim.FileTime)
	defer stall.Stop()
	checking := false
	for {
		select {
		case <-ctx.Done():
			return result{}, &dossier.Problem{}
		case <-total.C:
			return result{}, timeout(lim.TotalTime)
		case <-stall.C:
			if checking {
				return result{}, &dossier.Problem{}
			}
			return result{}, timeout(lim.FileTime)
		case a := <-ch:
			switch {
			case a.err != nil && checking:
				return result{}, &dossier.Problem{}
			case a.err != nil:
				return result{}, crashed()
			case a.Done != nil:
				return *a.Done, nil
			}
			checking = checking || a.Checking
			take(a.reply)
			stall.Reset(lim.FileTime)
		}
	}
}

func crashed() *dossier.Problem {
	p := problem(dossier.ErrCrashed, "读取时进程崩溃（文件损坏或占用内存过多）", "请用原软件打开确认，另存后重新提供")
	return &p
}

func timeout(d time.Duration) *dossier.Problem {
	p := problem(dossier.ErrTimeout, fmt.Sprintf("读取超过 %.0f 秒，已中止", d.Seconds()), "请拆分成几个文件，或用原软件另存后重新提供")
	return &p
}
