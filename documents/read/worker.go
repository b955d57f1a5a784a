package read

import (
	"context"
	"io"
	"os"
	"runtime/debug"
	"time"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/dossier"
)

const workerEnv = "XINDIAO_WORKER"

// isolated is set once WorkerMain was called: only then can this program serve as its own worker.
var isolated bool

// WorkerMain must be called first thing in main, and in TestMain of tests that want worker processes. In a worker
// process it serves readings from standard input until that ends, and does not return. Elsewhere it returns at once.
// A program that never calls it reads in process: what a hostile file does to a reader, it then does to the program.
func WorkerMain() {
	isolated = true
	if os.Getenv(workerEnv) != "read" {
		return
	}
	out := os.Stdout
	os.Stdout = os.Stderr // whatever a library prints must not mix with the frames
	serve(os.Stdin, out)
	os.Exit(0)
}

// request asks a worker for one thing to be done with one file.
type request struct {
	Op       string // "" read it; opUnpack: only what is inside of it; opPicture: page From, Width pixels wide
	Path     string
	Name     string
	Format   string // "": find out
	OCR      string
	Limits   Limits
	From, To int           // pages from 1, To not included; 0: all; only for formats whose reader asks span
	Quantum  time.Duration // when to hand the rest back; 0: never
	Scans    int           // pages of the file that OCR has read in other portions
	Unpack   allowance
	Volumes  volumeSet
	Width    int
	Pages    []int // of opThird
}

const opUnpack = "unpack"

// reply is one step of the answer; the last has Done.
type reply struct {
	Format  string        // found out
	Span    int           // the file can be read in portions of its pages, this many
	Page    *dossier.Page // a finished page
	Rows    *sheetRows    // more rows of a page that went out before
	Number  int           // the page worked on
	Pages   int
	Member  *member // a file taken out of this one
	Picture []byte  // JPEG
	Done    *result
}

// result is what is known of a document, or of a portion of it, once its pages are out.
type result struct {
	Scan     bool
	Problems []dossier.Problem
	Doubts   map[int][]string // by page
	Next     int              // the page at which to go on, 0 at the end
	Fleeting bool             // what failed may work the next time
	Tired    bool             // something is stuck in this process: replace it
}

func serve(in io.Reader, out io.Writer) {
	var limited bool
	w := newWire(in, out)
	for {
		var req request
		budget := int64(maxFrame)
		if err := w.receive(&req, &budget); err != nil {
			return
		}
		if !limited {
			limitSelf(req.Limits)
			debug.SetMemoryLimit(req.Limits.SoftMemory)
			limited = true
		}
		limitCPU(req.Limits.CPUTime)
		send := func(r reply) {
			if w.send(r) != nil {
				os.Exit(1) // nobody listens any more
			}
		}
		res := answer(context.Background(), req, ocr.Find(req.OCR), send)
		send(reply{Done: &res})
		if res.Tired {
			return
		}
	}
}

// answer does what is asked and hands every step to send.
func answer(ctx context.Context, req request, eng ocr.Engine, send func(reply)) result {
	r := &reading{ctx: ctx, path: req.Path, name: req.Name, lim: req.Limits, ocr: eng, doc: &dossier.Document{},
		stretch: stretch{from: req.From, to: req.To, quantum: req.Quantum, start: time.Now(), announce: func(n int) { send(reply{Span: n}) }},
		vols:    req.Volumes, scansLeft: req.Limits.OCRPages - req.Scans,
		unpack: unpacking{allowance: req.Unpack, send: func(m member) { send(reply{Member: &m}) }},
		page:   func(p dossier.Page, pages int) { send(reply{Page: &p, Number: p.Number, Pages: pages}) },
		rows:   func(rows *sheetRows) { send(reply{Rows: rows}) },
		count:  func(page, pages int) { send(reply{Number: page, Pages: pages}) },
	}
	if req.Op == opUnpack {
		r.page, r.ocr, r.onlyFiles = func(dossier.Page, int) {}, ocr.None, true
	}
	if req.Format == "" {
		format, p := sniff(req.Path, req.Name)
		if p != nil {
			r.note(*p)
		}
		send(reply{Format: format})
		req.Format = format
	}
	r.format = req.Format
	switch {
	case req.Format == fmtNone:
	case req.Op == opPicture:
		send(reply{Picture: r.drawn(req.Format, req.From, req.Width)})
	case req.Op == opSecond:
		r.secondRead(ctx)
	case req.Op == opThird:
		r.thirdRead(ctx, req.Pages)
	default:
		r.read(req.Format)
	}
	return result{Scan: r.doc.Scan, Problems: r.doc.Problems, Doubts: r.doubts, Next: r.stretch.next, Fleeting: r.fleeting, Tired: r.tired}
}
