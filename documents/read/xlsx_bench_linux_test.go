package read

import (
	"archive/zip"
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xindiao/xindiao/documents/ocr"
)

// bigWorkbook writes a statement of 100,000 rows by 12 columns, as Excel saves one: 303,000 shared strings, dates,
// numbers and blanks.
func bigWorkbook(b *testing.B) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "流水.xlsx")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	z := zip.NewWriter(f)
	part := func(name string, write func(w *bufio.Writer)) {
		w, err := z.Create(name)
		if err != nil {
			b.Fatal(err)
		}
		buf := bufio.NewWriter(w)
		write(buf)
		buf.Flush()
	}
	text := func(s string) func(*bufio.Writer) { return func(w *bufio.Writer) { w.WriteString(s) } }
	part("xl/workbook.xml", text(`<workbook><sheets><sheet name="流水" sheetId="1" r:id="a"/></sheets></workbook>`))
	part("xl/_rels/workbook.xml.rels", text(`<Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`))
	part("xl/styles.xml", text(`<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`))
	const rows = 100_000
	part("xl/sharedStrings.xml", func(w *bufio.Writer) {
		w.WriteString("<sst>")
		for i := range rows {
			fmt.Fprintf(w, "<si><t>62220210%011d</t></si><si><t>货款第%d笔</t></si><si><t>%d.%02d</t></si>", i+1, i+1, i*7, i%100)
		}
		for i := range 3000 {
			fmt.Fprintf(w, "<si><t>对方单位第%d号有限公司</t></si>", i)
		}
		w.WriteString("</sst>")
	})
	part("xl/worksheets/sheet1.xml", func(w *bufio.Writer) {
		w.WriteString("<worksheet><sheetData>")
		for i := range rows {
			n := i + 1
			fmt.Fprintf(w, `<row r="%d"><c r="A%d"><v>%d</v></c><c r="B%d" s="1"><v>%d</v></c>`, n, n, n, n, 45000+n%600)
			for k, s := range []int{3 * i, 3 * rows, 3*i + 1, 3*i + 2, 3*rows + i%3000, 3*rows + 1} {
				fmt.Fprintf(w, `<c r="%c%d" t="s"><v>%d</v></c>`, 'C'+k, n, s)
			}
			fmt.Fprintf(w, `<c r="I%d"><v>%v</v></c><c r="J%d"><v>%v</v></c><c r="K%d" s="1"/><c r="L%d" t="str"><f>J%d</f><v>人民币</v></c></row>`,
				n, float64(n)*1.37, n, float64(n)*11.03+0.1, n, n, n)
		}
		w.WriteString("</sheetData></worksheet>")
	})
	if err := z.Close(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
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

// BenchmarkCSV reads a million rows of 4 cells, of which the limit keeps 200,000.
func BenchmarkCSV(b *testing.B) {
	path := filepath.Join(b.TempDir(), "流水.csv")
	if err := os.WriteFile(path, []byte("日期,摘要,金额,余额\n"+strings.Repeat("2026-01-02,货款转账,1234.56,99999.00\n", 1_000_000)), 0o600); err != nil {
		b.Fatal(err)
	}
	stop := watchWorkers()
	for b.Loop() {
		docs, err := File(b.Context(), path, Options{OCR: ocr.None, Workers: 1})
		if err != nil {
			b.Fatal(err)
		}
		if n := len(docs[0].Pages[0].Tables[0].Rows); n != 200_000 || len(docs[0].Problems) != 1 {
			b.Fatalf("%d rows, %v", n, docs[0].Problems)
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
