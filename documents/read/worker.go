package read

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"os"
	"runtime/debug"

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

// request asks a worker for one file.
type request struct {
	Path, Name, Format, OCR string
	Limits                  Limits
}

// reply is one step of the answer; the last has Done.
type reply struct {
	Page     *dossier.Page // a finished page
	Rows     *sheetRows
	Number   int           // the page worked on
	Pages    int
	Checking bool // all pages are out, only the cross-check is left
	Done     *result
}

// result is what is known of a document once its pages are out.
type result struct {
	Scan     bool
	Problems []dossier.Problem
	Doubts   map[int][]string // by page
	Tired    bool             // something is stuck in this process: replace it
}

func serve(in io.Reader, out io.Writer) {
	var limited bool
	for {
		var req request
		if err := readFrame(in, &req); err != nil {
			return
		}
		if !limited {
			limitSelf(req.Limits)
			debug.SetMemoryLimit(req.Limits.SoftMemory)
			limited = true
		}
		send := func(r reply) {
			if writeFrame(out, r) != nil {
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

// answer reads one file and hands every step to send.
func answer(ctx context.Context, req request, eng ocr.Engine, send func(reply)) result {
	r := &reading{ctx: ctx, path: req.Path, name: req.Name, lim: req.Limits, ocr: eng, doc: &dossier.Document{},
		page:     func(p dossier.Page, pages int) { send(reply{Page: &p, Number: p.Number, Pages: pages}) },
		count:    func(page, pages int) { send(reply{Number: page, Pages: pages}) },
		rows: func(x *sheetRows) { send(reply{Rows: x}) },
		checking: func() { send(reply{Checking: true}) },
	}
	r.read(req.Format)
	return result{Scan: r.doc.Scan, Problems: r.doc.Problems, Doubts: r.doubts, Tired: r.tired}
}

const maxFrame = 256 << 20

var errFrame = errors.New("frame too large")

// writeFrame sends a value as JSON after its length in four bytes.
func writeFrame(w io.Writer, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if len(b) > maxFrame {
		return errFrame
	}
	var head [4]byte
	binary.BigEndian.PutUint32(head[:], uint32(len(b)))
	if _, err := w.Write(append(head[:], b...)); err != nil {
		return err
	}
	return nil
}

func readFrame(r io.Reader, v any) error {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return err
	}
	n := binary.BigEndian.Uint32(head[:])
	if n > maxFrame {
		return errFrame
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(r, b); err != nil {
		return err
	}
	return json.Unmarshal(b, v)
}
