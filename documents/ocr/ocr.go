// Package ocr reads words from page images: by tesseract compiled to WebAssembly and carried in the binary, by a native
// tesseract where one is installed, and by services of the bank's own that are voted against it.
package ocr

import (
	"context"
	"errors"
	"image"

	"github.com/xindiao/xindiao/dossier"
)

// Engine reads an image. An engine may be shared; calls are served one after the other where it must be. The
// real ones come from Find and Parse; None reads nothing.
type Engine interface {
	Name() string // its SPEC: native, embedded, none, paddle:URL, vision:MODEL@URL
	Read(ctx context.Context, img image.Image) (Result, error)
}

// Result is what stands on an image.
type Result struct {
	Words []Word
	Rules []Rule // ruling lines that were found in the image, for tables
	Mode  string // which rendering and page mode was kept, for the log
	Turn  int    // quarter turns clockwise that the print on the image has been turned by: 1 runs downwards
	Note  string // in Chinese: a service that was asked for and did not answer
	Model string // a vision model that took part in the reading
}

// Word is one word or one run of Han characters as the engine cut it. Boxes are in pixels of the image given to Read.
type Word struct {
	Text       string
	Box        dossier.Box
	Confidence float64 // 0..1
	Line       int     // words of one line share it; lines are numbered from the top
	Doubtful   bool    // readings differ and nothing settles it
	Proof      string  // what settles a number beyond its look, in Chinese: 校验码相符, 合计相符…; "" when nothing does

	chars []char
	page  int // image of a run of several
}

// Rule is a straight ruling line, in pixels of the image given to Read.
type Rule struct {
	Horizontal    bool
	Pos, From, To float64
}

// Confidence is the mean over the words, weighted by their length, 0..1.
func (r Result) Confidence() float64 {
	var sum, n float64
	for _, w := range r.Words {
		k := float64(len([]rune(w.Text)))
		sum, n = sum+w.Confidence*k, n+k
	}
	if n == 0 {
		return 0
	}
	return sum / n
}

// ErrNone is what an engine returns that cannot read at all.
var ErrNone = errors.New("no OCR engine")

// None leaves scans unread.
var None Engine = none{}

type none struct{}

func (none) Name() string                                      { return "none" }
func (none) Read(context.Context, image.Image) (Result, error) { return Result{}, ErrNone }

// Find gives the engine of a SPEC (see Parse), or None where it cannot be had. With "" the environment variable
// XINDIAO_OCR decides, and without it the native engine when tesseract with simplified Chinese is installed, else the
// embedded one. A native engine that is asked for and not there falls back to the embedded one. Nothing is started
// before Read.
func Find(name string) Engine {
	if name == "" {
		name = fromEnv()
	}
	switch name {
	case "none":
		return None
	case "embedded":
		return embeddedEngine
	case "", "native", "auto":
		if e := findNative(); e != nil {
			return e
		}
		return embeddedEngine
	}
	e, err := Parse(name)
	if err != nil {
		return None
	}
	return e
}
