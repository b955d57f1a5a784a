package read

import (
	"os/exec"
	"syscall"
)

const rlimitAS = 9

// limitSelf caps the address space of this worker and of what it starts. A worker that asks for more dies alone.
func limitSelf(l Limits) {
	_ = syscall.Setrlimit(rlimitAS, &syscall.Rlimit{Cur: l.AddressSpace, Max: l.AddressSpace})
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
}

// bind makes a worker end with its parent, and puts it in a group of its own so that what it starts can be ended too.
func bind(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}

func killGroup(cmd *exec.Cmd) { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
