package read

import (
	"context"
	"errors"
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
	said lastWords // its last words on standard error, which tell why it died; never shown
}

// start makes a worker that also sees the environment variables in more; what libraries in it write aside goes to tmp, which the run removes.
func start(lim Limits, tmp string, more []string) (*proc, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(exe)
	cmd.Env = []string{workerEnv + "=read", "GOMAXPROCS=2", "GOTRACEBACK=none", "GOMEMLIMIT=" + strconv.FormatInt(lim.SoftMemory, 10),
		"TMPDIR=" + tmp, "TMP=" + tmp, "TEMP=" + tmp}
	for _, k := range append([]string{"PATH", "HOME", "XDG_CACHE_HOME", "LocalAppData", "SystemRoot", "TESSDATA_PREFIX", "LANG"}, more...) {
		if v, ok := os.LookupEnv(k); ok {
			cmd.Env = append(cmd.Env, k+"="+v) // and nothing else: no database, no keys but the OCR service's where one was chosen
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
	p := &proc{cmd: cmd, in: in, out: out, wire: newWire(out, in)}
	cmd.Stderr = &p.said
	cmd.WaitDelay = time.Second // a program that it started may hold the pipes
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return p, nil
}

// end stops a worker, whatever it is doing.
func (p *proc) end() {
	p.in.Close()
	if p.cmd.ProcessState == nil {
		killGroup(p.cmd)
		p.out.Close()
		_ = p.cmd.Wait()
	}
}

// died waits for a worker that has closed its end, and says what it died of.
func (p *proc) died(lim Limits) *dossier.Problem {
	kill := time.AfterFunc(time.Second, func() { killGroup(p.cmd) })
	_ = p.cmd.Wait()
	kill.Stop()
	killGroup(p.cmd) // what it started
	switch code := p.cmd.ProcessState.ExitCode(); {
	case code == exitCPU:
		return overCPU(lim)
	case p.said.starved(), peak(p.cmd.ProcessState) > lim.Memory/10*8,
		p.said.has("goroutine 0 ") && peak(p.cmd.ProcessState) > lim.Memory/2: // the runtime fell itself over memory it was refused
		return overMemory(lim)
	}
	return crashed()
}

// ask sends one request and collects the answer. A fault means that the worker is of no more use; the empty one that
// nothing is to be reported.
func (p *proc) ask(ctx context.Context, req request, whole time.Duration, take func(reply)) (result, *dossier.Problem) {
	lim := req.Limits
	if err := p.send(req); err != nil {
		return result{}, p.died(lim)
	}
	type answer struct {
		reply
		err error
	}
	ch := make(chan answer)
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		budget := lim.Output
		for {
			var a answer
			a.err = p.receive(&a.reply, &budget)
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
	for {
		select {
		case <-ctx.Done():
			return result{}, &dossier.Problem{}
		case <-total.C:
			return result{}, timeout(lim.TotalTime)
		case <-stall.C:
			return result{}, timeout(lim.FileTime)
		case a := <-ch:
			switch {
			case errors.Is(a.err, errFrame):
				return result{}, overOutput(lim)
			case a.err != nil:
				return result{}, p.died(lim)
			case a.Done != nil:
				return *a.Done, nil
			}
			take(a.reply)
			stall.Reset(lim.FileTime)
		}
	}
}
