package invoice

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"runtime"
	"testing"
)

// BenchmarkLedger reads and checks a generated ledger with every check on; peak is the heap's highest reading.
func BenchmarkLedger(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000, 3_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			text := rowsOf(n, 1)
			runtime.GC()
			var before, now runtime.MemStats
			runtime.ReadMemStats(&before)
			peak := uint64(0)
			b.SetBytes(int64(len(text)))
			b.ResetTimer()
			for range b.N {
				r, err := NewReader(bytes.NewReader(text), ReadOptions{})
				if err != nil {
					b.Fatal(err)
				}
				l := NewLedger(Options{})
				var row Row
				for i := 0; ; i++ {
					if err := r.Next(&row); err == io.EOF {
						break
					} else if err != nil {
						b.Fatal(err)
					}
					if err := l.Add(&row); err != nil {
						b.Fatal(err)
					}
					if i%50_000 == 0 {
						runtime.ReadMemStats(&now)
						peak = max(peak, now.HeapAlloc)
					}
				}
				if res := l.Close(); res[0].Sales.Rows != n {
					b.Fatal(res[0].Sales.Rows)
				}
				runtime.ReadMemStats(&now)
				peak = max(peak, now.HeapAlloc)
			}
			b.ReportMetric(float64(b.N)*float64(n)/b.Elapsed().Seconds(), "rows/s")
			b.ReportMetric(float64(peak-before.HeapAlloc)/1e6, "peak-MB")
		})
	}
}

// BenchmarkPlainCSV is the same file through encoding/csv alone.
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
