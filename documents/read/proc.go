package read

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"time"

	"github.com/xindiao/xindiao/dossier"
)

// proc is one worker process.
type proc struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out io.ReadCloser
	*wire
}

// start makes a worker; what libraries in it write aside goes to tmp, which the run removes.
func start(lim Limits, tmp string) (*proc, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(exe)
	cmd.Env = []string{workerEnv + "=read", "GOMAXPROCS=2", "GOTRACEBACK=none", "GOMEMLIMIT=" + strconv.FormatInt(lim.SoftMemory, 10),
		"TMPDIR=" + tmp, "TMP=" + tmp, "TEMP=" + tmp}
	for _, k := range []string{"PATH", "HOME", "XDG_CACHE_HOME", "LocalAppData", "SystemRoot", "TESSDATA_PREFIX", "LANG"} {
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
	return &proc{cmd, in, out, newWire(out, in)}, nil
}

// end stops a worker, whatever it is doing.
func (p *proc) end() {
	p.in.Close()
	killGroup(p.cmd)
	p.out.Close()
	_ = p.cmd.Wait()
}

// ask sends one request and collects the answer. A fault means that the worker is of no more use; the empty one that
// nothing is to be reported.
func (p *proc) ask(ctx context.Context, req request, whole time.Duration, take func(reply)) (result, *dossier.Problem) {
	lim := req.Limits
	if err := p.send(req); err != nil {
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
			a.err = p.receive(&a.reply)
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
	total := time.NewTimer(whole)
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
