package ocr

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/danlock/gogosseract"
	"github.com/tetratelabs/wazero"
	"github.com/xindiao/xindiao/dossier"
)

// chiSim is tesseract's language data for simplified Chinese with Latin letters and digits; see data/NOTICE.
//
//go:embed data/chi_sim.traineddata
var chiSim []byte

// embedded is tesseract in WebAssembly. It is slower than the native program, needs nothing installed, and reads one
// image at a time; a page mode has an instance of its own, made when first used.
type embedded struct {
	mu    sync.Mutex
	once  sync.Once
	cache wazero.CompilationCache
	err   error
	modes map[int]*gogosseract.Tesseract
}

var embeddedEngine Engine = &embedded{}

func (*embedded) Name() string { return "embedded" }

func (e *embedded) Read(ctx context.Context, img image.Image) (Result, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return best(ctx, img, e.recognise, thrifty)
}

func (e *embedded) start() error {
	e.once.Do(func() {
		tesseractWASM, e.err = alias(tesseractWASM, map[string]string{
			"stackSave": "emscripten_stack_get_current", "stackRestore": "_emscripten_stack_restore"})
		e.modes = map[int]*gogosseract.Tesseract{}
		if dir, err := os.UserCacheDir(); err == nil {
			e.cache, _ = wazero.NewCompilationCacheWithDir(filepath.Join(dir, "xindiao", "wazero"))
		}
		if e.cache == nil {
			e.cache = wazero.NewCompilationCache()
		}
	})
	return e.err
}

func (e *embedded) recognise(ctx context.Context, img *image.Gray, mode int) (words []Word, err error) {
	if err := e.start(); err != nil {
		return nil, err
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("tesseract: %v", p)
		}
		if err != nil {
			delete(e.modes, mode) // a trap leaves the instance in an unknown state
		}
	}()
	t := e.modes[mode]
	if t == nil {
		// The instance lives longer than this call, so it must not end with its context.
		t, err = gogosseract.New(context.WithoutCancel(ctx), gogosseract.Config{
			CompileConfig: noOutput(), Language: "chi_sim", TrainingData: bytes.NewReader(chiSim), WASMCache: e.cache,
			Variables: map[string]string{"tessedit_pageseg_mode": strconv.Itoa(mode), "user_defined_dpi": "300"},
		})
		if err != nil {
			return nil, err
		}
		e.modes[mode] = t
	}
	var in bytes.Buffer
	if err := encodeImage(&in, img); err != nil {
		return nil, err
	}
	if err := t.LoadImage(ctx, bytes.NewReader(in.Bytes()), gogosseract.LoadImageOptions{}); err != nil {
		return nil, err
	}
	hocr, err := t.GetHOCR(ctx, nil)
	if err != nil {
		return nil, err
	}
	return parseHOCR(hocr)
}

func noOutput() (c struct{ Stderr, Stdout io.Writer }) {
	c.Stderr, c.Stdout = io.Discard, io.Discard
	return c
}

var (
	hocrBox  = regexp.MustCompile(`bbox (\d+) (\d+) (\d+) (\d+)`)
	hocrConf = regexp.MustCompile(`x_wconf (\d+)`)
)

// parseHOCR reads tesseract's HTML: spans of class ocrx_word within spans of a line's class.
func parseHOCR(s string) ([]Word, error) {
	d := xml.NewDecoder(strings.NewReader(s))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var words []Word
	line, depth := -1, 0
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return words, nil
		}
		if err != nil {
			return words, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if depth > 0 {
				depth++
				continue
			}
			class, title := "", ""
			for _, a := range t.Attr {
				switch a.Name.Local {
				case "class":
					class = a.Value
				case "title":
					title = a.Value
				}
			}
			switch class {
			case "ocr_line", "ocr_header", "ocr_textfloat", "ocr_caption":
				line++
			case "ocrx_word":
				depth = 1
				w := Word{Line: max(line, 0)}
				if m := hocrBox.FindStringSubmatch(title); m != nil {
					w.Box = dossier.Box{X0: number(m[1]), Y0: number(m[2]), X1: number(m[3]), Y1: number(m[4])}
				}
				if m := hocrConf.FindStringSubmatch(title); m != nil {
					w.Confidence = number(m[1]) / 100
				}
				words = append(words, w)
			}
		case xml.CharData:
			if depth > 0 {
				words[len(words)-1].Text += string(t)
			}
		case xml.EndElement:
			if depth > 0 {
				if depth--; depth == 0 {
					w := &words[len(words)-1]
					if w.Text = strings.TrimSpace(w.Text); w.Text == "" {
						words = words[:len(words)-1]
					}
				}
			}
		}
	}
}

func number(s string) float64 {
	v, _ := strconv.ParseFloat(s, 64)
	return v
}
