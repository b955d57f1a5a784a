package read

import (
	"errors"
	"fmt"
	"image"
	"io"
	"os"

	"github.com/xindiao/xindiao/documents/read/internal/raster"
	"github.com/xindiao/xindiao/dossier"
)

const badPages = 20 // one after the other: the rest is not worth the time

// readImage reads a photo or a scan, in pixels: one page, or those of a TIFF.
func readImage(r *reading) error {
	data, err := os.ReadFile(r.path)
	if err != nil {
		return err
	}
	f, err := r.photoFile(data)
	var de *dossier.Error
	if errors.As(err, &de) && raster.IsHEIF(data) {
		r.note(problem(de.Kind, de.Msg, "请在手机或电脑上转存为 JPG 后重新提供，或请管理员在本机安装 heif-dec（libheif）"))
		return errEnough
	}
	if err != nil {
		return err
	}
	n, cut := f.Pages()
	if cut {
		r.note(problem(dossier.ErrPartial, fmt.Sprintf("TIFF 的页目录已损坏，只找到 %d 页", n), "请重新扫描，或另存为 PDF 后提供"))
	}
	if n > r.lim.Pages {
		r.note(partial(fmt.Sprintf("TIFF 有 %d 页，只读取前 %d 页", n, r.lim.Pages)))
		n = r.lim.Pages
	}
	bad := 0
	for i := range r.span(n) {
		p := dossier.Page{Number: i + 1, Scan: true}
		img, info, err := upright(f, i)
		p.Width, p.Height, p.DPI = float64(info.Width), float64(info.Height), info.DPI
		switch {
		case err != nil && n == 1:
			return err
		case err != nil:
			errors.As(err, &de)
			r.note(dossier.Problem{Kind: de.Kind, Page: p.Number, Msg: fmt.Sprintf("第%d页：%s", p.Number, de.Msg), Remedy: remedy(de.Kind)})
			if bad++; bad >= badPages {
				r.note(problem(dossier.ErrPartial, fmt.Sprintf("第%d页起连续 %d 页无法打开，其后没有读取", p.Number-bad+1, bad), "请用原软件打开确认，另存为 PDF 后提供"))
				return nil
			}
		default:
			bad = 0
			r.count(p.Number, n)
			r.scan(&p, img)
			if info.Missing > 0 {
				r.note(dossier.Problem{Kind: dossier.ErrPartial, Page: p.Number, Msg: missing(info), Remedy: "请重新传输或拍摄后提供"})
				p.Doubts = append(p.Doubts, fmt.Sprintf("图片文件不完整，只有上部约 %.0f%% 可读", 100*(1-info.Missing)))
			}
		}
		if err := r.add(p, n); err != nil {
			return err
		}
	}
	return nil
}

// wholeImage marks an image file as a scan, and tells one in which nothing could be read.
func wholeImage(d *dossier.Document) {
	d.Scan = len(d.Pages) > 0
	for _, p := range d.Pages {
		if len(p.Lines) > 0 {
			return
		}
	}
	if d.Scan && len(d.Problems) == 0 {
		d.Problems = append(d.Problems, problem(dossier.ErrEmpty, "图片里没有识别出文字", "如是证件或合同，请重新拍摄或扫描：平整、清晰、不反光"))
	}
}

// upright decodes picture i of a file and turns it as it is to be looked at; the Info has the size that it then has.
func upright(f *raster.File, i int) (image.Image, raster.Info, error) {
	img, info, err := f.Picture(i)
	if err != nil {
		return nil, info, pictureFault(err)
	}
	img = orient(img, info.Orientation)
	info.Width, info.Height = img.Bounds().Dx(), img.Bounds().Dy()
	return img, info, nil
}

func missing(info raster.Info) string {
	return fmt.Sprintf("图片文件不完整，下部约 %.0f%% 缺失", 100*info.Missing)
}

// decodeImage decodes the first picture of a file.
func (r *reading) decodeImage(file string, i int) (image.Image, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return r.decodeBytes(data, i)
}

// decodeFrom decodes a picture from within another file.
func (r *reading) decodeFrom(src io.Reader) (image.Image, error) {
	data, err := io.ReadAll(io.LimitReader(src, r.lim.FileBytes))
	if err != nil {
		return nil, pictureFault(raster.ErrCorrupt)
	}
	return r.decodeBytes(data, 0)
}

func (r *reading) decodeBytes(data []byte, i int) (image.Image, error) {
	f, err := r.photoFile(data)
	if err != nil {
		return nil, err
	}
	img, info, err := upright(f, i)
	if err == nil && info.Missing > 0 {
		r.note(problem(dossier.ErrPartial, missing(info), "请重新传输或拍摄后提供"))
	}
	return img, err
}

// pictureFault says in Chinese what raster found.
func pictureFault(err error) *dossier.Error {
	var large *raster.TooLarge
	switch {
	case errors.As(err, &large):
		return &dossier.Error{Kind: dossier.ErrTooLarge, Msg: fmt.Sprintf("图片有 %d×%d 像素，过大，没有读取", large.Width, large.Height)}
	case errors.Is(err, raster.ErrUnsupported):
		return &dossier.Error{Kind: dossier.ErrUnsupported, Msg: "图片的编码方式不支持，无法打开"}
	}
	return &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "图片已损坏或不完整，无法打开"}
}
