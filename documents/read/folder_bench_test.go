package read

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/xindiao/xindiao/documents/ocr"
)

// BenchmarkFolder reads the folder that XINDIAO_FOLDER names, first with nothing kept from before, then again out of
// what was kept. Wall time of each in seconds; it needs both cores to itself to mean anything.
func BenchmarkFolder(b *testing.B) {
	dir := os.Getenv("XINDIAO_FOLDER")
	if dir == "" {
		b.Skip("set XINDIAO_FOLDER to a dossier's files")
	}
	for b.Loop() {
		opt := Options{OCR: ocr.Find(os.Getenv("XINDIAO_OCR")), Cache: b.TempDir()}
		var took [2]time.Duration
		var files, scans int
		for i := range took {
			start := time.Now()
			docs, _, err := Folder(context.Background(), dir, opt)
			if err != nil {
				b.Fatal(err)
			}
			took[i], files, scans = time.Since(start), len(docs), 0
			for _, d := range docs {
				if d.Scan {
					scans++
				}
			}
		}
		b.ReportMetric(took[0].Seconds(), "cold-s")
		b.ReportMetric(took[1].Seconds(), "again-s")
		b.ReportMetric(float64(files), "files")
		b.ReportMetric(float64(scans), "scans")
		b.ReportMetric(0, "ns/op")
	}
}
