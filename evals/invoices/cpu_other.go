//go:build !unix

package invoices

import "time"

var begun = time.Now()

// cpuTime is the clock where processor time is not to be had.
func cpuTime() time.Duration { return time.Since(begun) }
