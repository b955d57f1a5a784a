package invoice

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"runtime"
	"testing"
)

// BenchmarkLedger reads and checks a generated ledger with every check on. Run it with -cpu 1; BenchmarkPlainCSV beside
// it reads the same bytes with encoding/csv and does nothing with them.
func BenchmarkLedger(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000, 3_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			text := rowsOf(n, 1)
			b.SetBytes(int64(len(text)))
			b.ResetTimer()
			for range b.N {
				l := NewLedger(Options{TempDir: b.TempDir()})
				drain(b, text, l)
				if res := l.Close(); res[0].Sales.Rows != n {
					b.Fatal(res[0].Sales.Rows)
				}
			}
			b.ReportMetric(float64(b.N)*float64(n)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func drain(b *testing.B, text []byte, l *Ledger) {
	r, err := NewReader(bytes.NewReader(text), ReadOptions{})
	if err != nil {
		b.Fatal(err)
	}
	var row Row
	for {
		err := r.Next(&row)
		if err == io.EOF {
			return
		}
		if err == nil {
			err = l.Add(&row)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPlainCSV(b *testing.B) {
	const n = 1_000_000
	text := rowsOf(n, 1)
	b.SetBytes(int64(len(text)))
	b.ResetTimer()
	for range b.N {
		r := csv.NewReader(bytes.NewReader(text))
		r.ReuseRecord = true
		for {
			if _, err := r.Read(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.N)*n/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkMemory reports what stays on the heap after the last row, before the checks over all rows, and how much all
// of it allocated. Its times mean nothing: it collects garbage.
func BenchmarkMemory(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000, 3_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			text := rowsOf(n, 1)
			var before, after, end runtime.MemStats
			for range b.N {
				runtime.GC()
				runtime.ReadMemStats(&before)
				l := NewLedger(Options{TempDir: b.TempDir()})
				drain(b, text, l)
				runtime.GC()
				runtime.ReadMemStats(&after)
				l.Close()
				runtime.ReadMemStats(&end)
			}
			runtime.KeepAlive(text)
			b.ReportMetric((float64(after.HeapAlloc)-float64(before.HeapAlloc))/1e6, "live-MB")
			b.ReportMetric(float64(end.TotalAlloc-before.TotalAlloc)/1e6, "allocated-MB")
		})
	}
}
