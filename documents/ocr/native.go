package ocr

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

func fromEnv() string { return os.Getenv("XINDIAO_OCR") }

// native runs the tesseract program: one process an image and mode, or one for many lines.
type native struct {
	program, version string
	english          bool // its digits are better than those of the Chinese model
}

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
	langs := strings.Fields(string(out))
	n := &native{program: program}
	found := false
	for _, l := range langs {
		found = found || l == "chi_sim"
		n.english = n.english || l == "eng"
	}
	if !found {
		return nil
	}
	if out, err = exec.CommandContext(ctx, program, "--version").CombinedOutput(); err == nil {
		first, _, _ := strings.Cut(string(out), "\n")
		n.version = strings.TrimSpace(strings.TrimPrefix(first, "tesseract"))
	}
	return n
})

func (*native) Name() string { return "native" }

func (n *native) Version() string { return "tesseract " + n.version }

func (n *native) Read(ctx context.Context, img image.Image) (Result, error) {
	return upright(ctx, img, n, thorough)
}

func (n *native) run(ctx context.Context, in []byte, dir string, args ...string) ([]Word, error) {
	cmd := exec.CommandContext(ctx, n.program, append(args, "--dpi", "300", "-c", "hocr_char_boxes=1", "hocr")...)
	cmd.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1") // pages are read side by side, threads within one only cost
	cmd.Dir = dir
	if in != nil {
		cmd.Stdin = bytes.NewReader(in)
	}
	var out, msg bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &msg
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("tesseract: %w", err)
	}
	return parseHOCR(out.String())
}

func (n *native) page(ctx context.Context, img *image.Gray, mode int) ([]Word, error) {
	var in bytes.Buffer
	if err := encodeImage(&in, img); err != nil {
		return nil, err
	}
	return n.run(ctx, in.Bytes(), "", "stdin", "stdout", "-l", "chi_sim", "--psm", strconv.Itoa(mode))
}

// lines hands all images to one process, by a list of files: starting it costs more than reading a line.
func (n *native) lines(ctx context.Context, imgs []*image.Gray, signs string) ([][]char, error) {
	dir, err := os.MkdirTemp("", "xindiao-ocr-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	var list strings.Builder
	for i, img := range imgs {
		name := strconv.Itoa(i) + ".pgm"
		head := fmt.Sprintf("P5 %d %d 255\n", img.Rect.Dx(), img.Rect.Dy())
		if err := os.WriteFile(filepath.Join(dir, name), append([]byte(head), img.Pix...), 0o600); err != nil {
			return nil, err
		}
		list.WriteString(name + "\n")
	}
	if err := os.WriteFile(filepath.Join(dir, "list"), []byte(list.String()), 0o600); err != nil {
		return nil, err
	}
	args := []string{"list", "stdout", "-l", "chi_sim", "--psm", strconv.Itoa(modeLine)}
	if signs == digitSigns && n.english {
		args[3] = "eng"
	}
	if signs != "" {
		args = append(args, "-c", "tessedit_char_whitelist="+signs)
	}
	words, err := n.run(ctx, nil, dir, args...)
	if err != nil {
		return nil, err
	}
	out := make([][]char, len(imgs))
	for _, w := range words {
		if w.page < len(out) {
			out[w.page] = joinWord(out[w.page], w.chars)
		}
	}
	return out, nil
}
