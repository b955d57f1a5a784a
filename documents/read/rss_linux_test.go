package read

import "syscall"

// largestChild is the peak resident size in bytes of the largest worker that has ended.
func largestChild() int64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_CHILDREN, &u)
	return u.Maxrss << 10
}
