package read

import (
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"
)

const (
	limited  = true // this system can bound a process
	rlimitAS = 9
)

// limitSelf caps the address space of this worker and of what it starts, and what of it may be written to, which is
// what can become resident. A worker that asks for more dies alone.
func limitSelf(l Limits) {
	set := func(what int, n uint64) { _ = syscall.Setrlimit(what, &syscall.Rlimit{Cur: n, Max: n}) }
	set(rlimitAS, l.AddressSpace)
	set(syscall.RLIMIT_DATA, l.Memory)
	set(syscall.RLIMIT_FSIZE, uint64(max(l.ArchiveBytes, l.FileBytes)))
	set(syscall.RLIMIT_CORE, 0)
	over := make(chan os.Signal, 1)
	signal.Notify(over, syscall.SIGXCPU)
	go func() {
		<-over
		os.Exit(exitCPU)
	}()
}

// limitCPU gives the coming request its processor time; what the worker starts gets as much again. A worker too busy
// to hear the kernel is ended by the clock of its parent.
func limitCPU(d time.Duration) {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return
	}
	now := uint64(used.Utime.Sec+used.Stime.Sec) + 1
	var old syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_CPU, &old) != nil {
		return
	}
	_ = syscall.Setrlimit(syscall.RLIMIT_CPU, &syscall.Rlimit{Cur: min(now+uint64(d.Seconds()), old.Max), Max: old.Max})
}

// bind makes a worker end with its parent, and puts it in a group of its own so that what it starts can be ended too.
func bind(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}

func killGroup(cmd *exec.Cmd) { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }

// peak is the largest resident size in bytes that an ended worker had: one that came near its limit died of it, however
// it put that.
func peak(s *os.ProcessState) uint64 {
	if u, ok := s.SysUsage().(*syscall.Rusage); ok {
		return uint64(u.Maxrss) << 10
	}
	return 0
}
