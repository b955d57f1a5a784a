package read

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/xindiao/xindiao/documents/ocr"
)

// BenchmarkPDF reads the file that XINDIAO_BENCH_PDF names, in process, and reports the time a page.
func BenchmarkPDF(b *testing.B) {
	path := os.Getenv("XINDIAO_BENCH_PDF")
	if path == "" {
		b.Skip("XINDIAO_BENCH_PDF names no file")
	}
	pages := 0
	if err := pdfEngine.start(); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	start := time.Now()
	for b.Loop() {
		docs, err := File(context.Background(), path, Options{InProcess: true, OCR: ocr.None})
		if err != nil {
			b.Fatal(err)
		}
		pages += len(docs[0].Pages)
	}
	b.ReportMetric(float64(time.Since(start).Milliseconds())/float64(pages), "ms/page")
}
