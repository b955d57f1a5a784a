package ocr

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/xindiao/xindiao/dossier"
)

func fromEnv() string { return os.Getenv("XINDIAO_OCR") }

// native runs the tesseract program, one process an image and mode.
type native struct{ program string }

var findNative = sync.OnceValue(func() *native {
	program, err := exec.LookPath("tesseract")
	if err != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, program, "--list-langs").CombinedOutput()
	if err != nil {
		return nil
	}
	for _, l := range strings.Fields(string(out)) {
		if l == "chi_sim" {
			return &native{program}
		}
	}
	return nil
})

func (*native) Name() string { return "native" }

func (n *native) Read(ctx context.Context, img image.Image) (Result, error) {
	return best(ctx, img, n.recognise, thorough)
}

func (n *native) recognise(ctx context.Context, img *image.Gray, mode int) ([]Word, error) {
	var in bytes.Buffer
	if err := encodeImage(&in, img); err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, n.program, "stdin", "stdout", "-l", "chi_sim", "--psm", strconv.Itoa(mode), "--dpi", "300", "tsv")
	cmd.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1")
	cmd.Stdin = &in
	var out, msg bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &msg
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("tesseract: %w", err)
	}
	return parseTSV(out.String()), nil
}

// parseTSV reads tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
func parseTSV(s string) []Word {
	var words []Word
	line, last := -1, ""
	for _, row := range strings.Split(s, "\n") {
		f := strings.Split(strings.TrimRight(row, "\r"), "\t")
		if len(f) < 12 || f[0] != "5" {
			continue
		}
		if id := strings.Join(f[1:5], "."); id != last {
			line, last = line+1, id
		}
		var v [5]float64
		for i := range v {
			v[i], _ = strconv.ParseFloat(f[6+i], 64)
		}
		if text := strings.TrimSpace(f[11]); text != "" && v[4] >= 0 {
			words = append(words, Word{Text: text, Line: line, Confidence: v[4] / 100,
				Box: dossier.Box{X0: v[0], Y0: v[1], X1: v[0] + v[2], Y1: v[1] + v[3]}})
		}
	}
	return words
}
