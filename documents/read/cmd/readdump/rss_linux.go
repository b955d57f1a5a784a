package main

import "syscall"

// largestChild is the peak resident size of the largest worker so far, in bytes.
func largestChild() int64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_CHILDREN, &u)
	return u.Maxrss << 10
}
