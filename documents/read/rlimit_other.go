//go:build !linux

package read

import (
	"os"
	"os/exec"
	"time"
)

const limited = false

// Elsewhere a worker is bounded by its Go memory limit and by time only; it ends when its input does.
func limitSelf(Limits)             {}
func limitCPU(time.Duration)       {}
func bind(*exec.Cmd)               {}
func killGroup(cmd *exec.Cmd)      { _ = cmd.Process.Kill() }
func peak(*os.ProcessState) uint64 { return 0 }
