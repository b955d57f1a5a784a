package invoices

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"runtime"
	"slices"
	"time"

	"github.com/xindiao/xindiao/finance/invoice"
)

func bytesReader(b []byte) io.Reader { return bytes.NewReader(b) }

// Speed is measured on one core (GOMAXPROCS 1), the two passes by turns, medians of five rounds: processor time, so that
// other programs do not count, and by the clock.
type Speed struct {
	Rows int

	ChecksClock, PlainClock time.Duration

	Checks  time.Duration // all ledgers with every check
	Plain   time.Duration // the same bytes through encoding/csv, nothing done with them
	LiveMB  float64       // heap that the ledger holds after the last row
	LiveMB3 float64       // the same after the rows three times over
}

// PerSecond is rows a second with all checks.
func (s Speed) PerSecond() float64 { return float64(s.Rows) / s.Checks.Seconds() }

// PlainPerSecond is rows a second of encoding/csv.
func (s Speed) PlainPerSecond() float64 { return float64(s.Rows) / s.Plain.Seconds() }

func measure(ctx context.Context, data [][]byte) (s Speed, err error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var checks, plains, checksClock, plainsClock []time.Duration
	for range 5 {
		if err := ctx.Err(); err != nil {
			return s, err
		}
		start, cpu := time.Now(), cpuTime()
		n, err := plain(data)
		if err != nil {
			return s, err
		}
		plains, plainsClock = append(plains, cpuTime()-cpu), append(plainsClock, time.Since(start))
		start, cpu = time.Now(), cpuTime()
		if _, _, err := check(data); err != nil {
			return s, err
		}
		checks, checksClock = append(checks, cpuTime()-cpu), append(checksClock, time.Since(start))
		s.Rows = n
	}
	for _, m := range []struct {
		to   *time.Duration
		from []time.Duration
	}{{&s.Checks, checks}, {&s.Plain, plains}, {&s.ChecksClock, checksClock}, {&s.PlainClock, plainsClock}} {
		slices.Sort(m.from)
		*m.to = max(m.from[2], time.Nanosecond)
	}
	if s.LiveMB, err = live(data, 1); err == nil {
		s.LiveMB3, err = live(data, 3)
	}
	return s, err
}

// plain counts the records that encoding/csv reads, headers left out.
func plain(data [][]byte) (n int, err error) {
	for _, d := range data {
		r := csv.NewReader(bytesReader(d))
		r.ReuseRecord = true
		for {
			_, err := r.Read()
			if err == io.EOF {
				break
			}
			if err != nil {
				return 0, err
			}
			n++
		}
		n--
	}
	return n, nil
}

// live is the heap in MB that a ledger holds after all rows, times over.
func live(data [][]byte, times int) (float64, error) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	l := invoice.NewLedger(invoice.Options{})
	var row invoice.Row
	for range times {
		for i, d := range data {
			r, err := invoice.NewReader(bytesReader(d), invoice.ReadOptions{File: ledgers[i]})
			if err != nil {
				return 0, err
			}
			for r.Next(&row) == nil {
				if err := l.Add(&row); err != nil {
					return 0, err
				}
			}
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	mb := (float64(after.HeapAlloc) - float64(before.HeapAlloc)) / 1e6
	l.Close()
	return mb, nil
}
