package read

import (
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/dossier"
)

// together reads one file as the given format with several workers.
func together(t *testing.T, name, format string, opt Options) (*dossier.Document, Event) {
	t.Helper()
	var last Event
	opt.OCR, opt.Progress = ocr.None, func(e Event) {
		if e.Page > 0 {
			last = e
		}
	}
	rs := newReaders(opt.filled(), t.TempDir())
	defer rs.close()
	r := &runner{ctx: t.Context(), opt: rs.opt, tmp: rs.tmp, readers: rs, seen: map[string]*node{}}
	r.more = sync.NewCond(&r.mu)
	n := newNode(item{name: name, path: filepath.Join(folder(t, map[string]string{"a": "x"}), "a"), size: 1}, &budget{lim: rs.opt.Limits})
	n.doc.Format = format
	r.push([]*node{n})
	var wg sync.WaitGroup
	for range rs.opt.Workers {
		wg.Go(r.work)
	}
	wg.Wait()
	return n.doc, last
}

func numbers(d *dossier.Document) string {
	var out []string
	for _, p := range d.Pages {
		out = append(out, strings.Fields(p.Text)[0])
	}
	return strings.Join(out, " ")
}

// A file that takes long is shared out: its pages come from several workers and stand in their order.
func TestPagesOfOneFileBySeveralWorkers(t *testing.T) {
	d, last := together(t, "a", "test-pages", Options{Workers: 3, quantum: time.Nanosecond})
	if got := numbers(d); got != "1 2 3 4 5 6" || len(d.Problems) != 0 {
		t.Fatalf("%s %v", got, d.Problems)
	}
	by := map[string]bool{}
	for _, p := range d.Pages {
		by[strings.Fields(p.Text)[2]] = true
	}
	if len(by) < 2 {
		t.Errorf("read by %d worker", len(by))
	}
	if last.Page != 6 || last.Done != 1 {
		t.Errorf("progress ended at %+v", last)
	}
}

// A page that kills its worker costs that page alone.
func TestPageThatBreaksTheWorker(t *testing.T) {
	for _, opt := range []Options{{Workers: 1}, {Workers: 3, quantum: time.Nanosecond}} {
		d, _ := together(t, "broken", "test-pages", opt)
		if got := numbers(d); got != "1 2 4 5 6" || len(d.Problems) != 1 || d.Problems[0].Page != 3 || d.Problems[0].Kind != dossier.ErrCrashed {
			t.Errorf("%s %+v", got, d.Problems)
		}
	}
}

func TestWorkersWithinTheirLimits(t *testing.T) {
	lim := Limits{CPUTime: time.Second, FileTime: 20 * time.Second, Memory: 600 << 20, Output: 20 << 20}.filled()
	rs := newReaders(Options{Limits: lim, OCR: ocr.None}.filled(), t.TempDir())
	defer rs.close()
	path := filepath.Join(folder(t, map[string]string{"a": "x"}), "a")
	for _, c := range []struct {
		format, words string
		kind          dossier.ErrorKind
	}{
		{"test-spin", "处理器", dossier.ErrTimeout},
		{"test-memory", "内存", dossier.ErrCrashed},
		{"test-flood", "读出的内容", dossier.ErrTooLarge},
	} {
		if !limited && c.format != "test-flood" {
			continue // no such limits on this system
		}
		d := readAs(t, rs, c.format, path)
		if len(d.Problems) != 1 || d.Problems[0].Kind != c.kind || !strings.Contains(d.Problems[0].Msg, c.words) || d.Problems[0].Remedy == "" {
			t.Errorf("%s: %+v", c.format, d.Problems)
		}
	}
}
