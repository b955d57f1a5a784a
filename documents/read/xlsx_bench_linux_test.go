package read

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xuri/excelize/v2"
)

// bigWorkbook writes a statement of 100,000 rows by 12 columns, half of the cells strings that do not repeat.
func bigWorkbook(b *testing.B) string {
	b.Helper()
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		b.Fatal(err)
	}
	for i := 1; i <= 100_000; i++ {
		row := []any{i, excelize.Cell{StyleID: day, Value: 45000 + i%600}, fmt.Sprintf("62220210%011d", i), fmt.Sprintf("对方单位第%d号有限公司", i%3000),
			"转账", fmt.Sprintf("%d.%02d", i*7, i%100), float64(i) * 1.37, float64(i)*11.03 + 0.1, "人民币", fmt.Sprintf("货款%d", i), "网银", ""}
		if err := w.SetRow(fmt.Sprintf("A%d", i), row); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "流水.xlsx")
	if err := f.SaveAs(path); err != nil {
		b.Fatal(err)
	}
	return path
}

// BenchmarkXLSX reads 100,000 rows of 12 cells through a worker, and tells how large that worker grew.
func BenchmarkXLSX(b *testing.B) {
	path := bigWorkbook(b)
	stop := watchWorkers()
	for b.Loop() {
		docs, err := File(b.Context(), path, Options{OCR: ocr.None, Workers: 1})
		if err != nil {
			b.Fatal(err)
		}
		p := docs[0].Pages[0]
		if rows := p.Tables[0].Rows; len(rows) != 100_000 || rows[99_999][2].Text != "6222021000000100000" || !strings.HasPrefix(p.Text, "1\t2023-03-16\t") {
			b.Fatalf("%d rows, %v", len(rows), docs[0].Problems)
		}
	}
	b.ReportMetric(stop(), "peak-worker-MB")
}

// watchWorkers follows VmHWM, the greatest resident size, of this process's children until stop is called, which
// returns the greatest of them in MB. The rusage of a child will not do: it begins with its parent's size.
func watchWorkers() (stop func() float64) {
	var peak float64
	done, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		for {
			for _, pid := range children() {
				peak = max(peak, highWater(pid))
			}
			select {
			case <-done:
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	}()
	return func() float64 { close(done); <-gone; return peak }
}

func children() (pids []string) {
	lists, _ := filepath.Glob("/proc/self/task/*/children")
	for _, l := range lists {
		b, _ := os.ReadFile(l)
		pids = append(pids, strings.Fields(string(b))...)
	}
	return pids
}

func highWater(pid string) (mb float64) {
	b, _ := os.ReadFile("/proc/" + pid + "/status")
	if _, v, ok := strings.Cut(string(b), "VmHWM:"); ok {
		fmt.Sscan(v, &mb)
	}
	return mb / 1024
}
