package read

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"github.com/xindiao/xindiao/documents/read/internal/raster"
	"github.com/xindiao/xindiao/dossier"
)

// converters turn a HEIC photo into a picture that we decode. No decoder with a licence that suits us exists in Go, so
// one that is installed does it, in this worker and under its limits.
var converters = []struct {
	name  string
	args  func(in, out string) []string
	other string // operating system on which a program of that name is another one
}{
	{"heif-dec", inOut, ""}, {"heif-convert", inOut, ""}, // of libheif
	{"sips", func(in, out string) []string { return []string{"-s", "format", "png", in, "--out", out} }, ""}, // of macOS
	{"magick", inOut, ""}, {"convert", inOut, "windows"}, // of ImageMagick
}

// PhotoConverter names the installed program that HEIC photos are read with, "" when there is none.
func PhotoConverter() string {
	for _, c := range converters {
		if exe, err := exec.LookPath(c.name); err == nil && c.other != runtime.GOOS {
			return exe
		}
	}
	return ""
}

func inOut(in, out string) []string { return []string{in, out} }

const convertTime = 60 * time.Second

// photoFile opens picture data of any format, HEIC through an installed converter.
func (r *reading) photoFile(data []byte) (*raster.File, error) {
	if raster.IsHEIF(data) {
		w, h, ok := raster.HEIFSize(data)
		if !ok || w <= 0 || h <= 0 {
			return nil, pictureFault(raster.ErrCorrupt)
		}
		if w > r.lim.ImagePixels/h {
			return nil, pictureFault(&raster.TooLarge{Width: w, Height: h})
		}
		var err error
		if data, err = r.convert(data); err != nil {
			return nil, err
		}
	}
	f, err := raster.Open(data, r.lim.ImagePixels)
	if err != nil {
		return nil, pictureFault(err)
	}
	return f, nil
}

// convert runs the first converter that is there and that succeeds.
func (r *reading) convert(data []byte) ([]byte, error) {
	dir, err := os.MkdirTemp("", "xindiao-heic-")
	if err != nil {
		return nil, &dossier.Error{Kind: dossier.ErrDependency, Msg: "临时目录写不进去，请检查磁盘空间", Cause: err}
	}
	defer os.RemoveAll(dir)
	in, out := filepath.Join(dir, "in.heic"), filepath.Join(dir, "out.png")
	if err := os.WriteFile(in, data, 0o600); err != nil {
		return nil, &dossier.Error{Kind: dossier.ErrDependency, Msg: "临时目录写不进去，请检查磁盘空间", Cause: err}
	}
	tried := false
	for _, c := range converters {
		exe, err := exec.LookPath(c.name)
		if err != nil || c.other == runtime.GOOS {
			continue
		}
		tried = true
		ctx, cancel := context.WithTimeout(r.ctx, min(convertTime, r.lim.FileTime))
		err = exec.CommandContext(ctx, exe, c.args(in, out)...).Run()
		cancel()
		if st, fault := os.Stat(out); err == nil && fault == nil && st.Size() <= r.lim.FileBytes*4 {
			return os.ReadFile(out)
		}
	}
	if !tried {
		return nil, &dossier.Error{Kind: dossier.ErrUnsupported, Msg: "HEIC 照片：本机没有能解码它的程序"}
	}
	return nil, &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "HEIC 照片无法解码"}
}
