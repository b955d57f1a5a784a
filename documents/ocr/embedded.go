package ocr

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	"github.com/danlock/gogosseract"
	"github.com/tetratelabs/wazero"
)

// chiSim is tesseract's language data for simplified Chinese with Latin letters and digits; see data/NOTICE.
//
//go:embed data/chi_sim.traineddata
var chiSim []byte

// embedded is tesseract in WebAssembly. It is slower than the native program, needs nothing installed, and reads one
// image at a time.
type embedded struct {
	mu    sync.Mutex
	once  sync.Once
	cache wazero.CompilationCache
	err   error
	t     *gogosseract.Tesseract
	set   map[string]string // variables as they are
}

var embeddedEngine Engine = &embedded{}

func (*embedded) Name() string { return "embedded" }

func (*embedded) Version() string { return "tesseract 5 (gogosseract 0.0.11)" }

func (e *embedded) Read(ctx context.Context, img image.Image) (Result, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return upright(ctx, img, e, thrifty)
}

func (e *embedded) start() error {
	e.once.Do(func() {
		tesseractWASM, e.err = alias(tesseractWASM, map[string]string{
			"stackSave": "emscripten_stack_get_current", "stackRestore": "_emscripten_stack_restore"})
		if dir, err := os.UserCacheDir(); err == nil {
			e.cache, _ = wazero.NewCompilationCacheWithDir(filepath.Join(dir, "xindiao", "wazero"))
		}
		if e.cache == nil {
			e.cache = wazero.NewCompilationCache()
		}
	})
	return e.err
}

// ready gives the instance with its variables set; the first call makes it.
func (e *embedded) ready(ctx context.Context, mode int, signs string) error {
	if err := e.start(); err != nil {
		return err
	}
	want := map[string]string{"tessedit_pageseg_mode": strconv.Itoa(mode), "tessedit_char_whitelist": signs}
	if e.t == nil {
		all := map[string]string{"user_defined_dpi": "300", "hocr_char_boxes": "1"}
		// The instance lives longer than this call, so it must not end with its context.
		t, err := gogosseract.New(context.WithoutCancel(ctx), gogosseract.Config{
			CompileConfig: noOutput(), Language: "chi_sim", TrainingData: bytes.NewReader(chiSim), WASMCache: e.cache, Variables: all,
		})
		if err != nil {
			return err
		}
		e.t, e.set = t, map[string]string{}
	}
	for k, v := range want {
		if old, ok := e.set[k]; ok && old == v || !ok && v == "" {
			continue
		}
		if err := setVariable(ctx, e.t, k, v); err != nil {
			return err
		}
		e.set[k] = v
	}
	return nil
}

func (e *embedded) recognise(ctx context.Context, img *image.Gray, mode int, signs string) (words []Word, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("tesseract: %v", p)
		}
		if err != nil {
			e.t = nil // a trap leaves the instance in an unknown state
		}
	}()
	if err := e.ready(ctx, mode, signs); err != nil {
		return nil, err
	}
	var in bytes.Buffer
	if err := encodeImage(&in, img); err != nil {
		return nil, err
	}
	if err := e.t.LoadImage(ctx, bytes.NewReader(in.Bytes()), gogosseract.LoadImageOptions{}); err != nil {
		return nil, err
	}
	hocr, err := e.t.GetHOCR(ctx, nil)
	if err != nil {
		return nil, err
	}
	return parseHOCR(hocr)
}

func (e *embedded) page(ctx context.Context, img *image.Gray, mode int) ([]Word, error) {
	return e.recognise(ctx, img, mode, "")
}

func (e *embedded) lines(ctx context.Context, imgs []*image.Gray, signs string) ([][]char, error) {
	out := make([][]char, len(imgs))
	for i, img := range imgs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		words, err := e.recognise(ctx, img, modeLine, signs)
		if err != nil {
			return nil, err
		}
		for _, w := range words {
			out[i] = joinWord(out[i], w.chars)
		}
	}
	return out, nil
}

func noOutput() (c struct{ Stderr, Stdout io.Writer }) {
	c.Stderr, c.Stdout = io.Discard, io.Discard
	return c
}
