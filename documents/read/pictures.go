package read

import (
	"archive/zip"
	"fmt"
	"image"
	"io"
	"path"
	"strings"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/documents/read/internal/layout"
	"github.com/xindiao/xindiao/dossier"
)

// embedded opens a picture within an office file.
type embedded func() (io.ReadSeeker, error)

// maxPictures is how many pictures of one office file are looked at.
const maxPictures = 60

// zipPictures lists the pictures below a folder of an OOXML file.
func (r *reading) zipPictures(parts map[string]*zip.File, names []string, folder string) (out []embedded) {
	for _, n := range names {
		switch path.Ext(n) {
		case ".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".gif":
			if f := parts[n]; strings.HasPrefix(n, folder) && len(out) < maxPictures && f.UncompressedSize64 <= uint64(r.lim.FileBytes) {
				out = append(out, func() (io.ReadSeeker, error) { return readPart(f, r.lim.FileBytes) })
			}
		}
	}
	return out
}

func (r *reading) openPicture(p embedded) image.Image {
	src, err := p()
	if err != nil {
		return nil
	}
	img, err := r.decodeFrom(src)
	if err != nil {
		return nil
	}
	return img
}

// sortPictures tells the pictures large enough to be pasted scans, and how many smaller ones are seals.
func (r *reading) sortPictures(list []embedded) (scans []embedded, seals int) {
	for _, e := range list {
		img := r.openPicture(e)
		if img == nil {
			continue
		}
		if b := img.Bounds(); b.Dx() >= minPicture && b.Dy() >= minPicture {
			scans = append(scans, e)
		} else if len(ocr.Seals(img)) > 0 {
			seals++
		}
	}
	return scans, seals
}

// addWithPictures adds the page of text, then every picture large enough to be a pasted scan as a page of its own, one
// in memory at a time. Smaller ones that are seals are told on the page of text.
func (r *reading) addWithPictures(p dossier.Page, list []embedded) error {
	scans, seals := r.sortPictures(list)
	for range seals {
		line(&p, layout.SealMark+sealSeen)
	}
	total := p.Number + len(scans)
	if err := r.add(p, total); err != nil {
		return err
	}
	return r.scanPages(p.Number+1, total, scans)
}

// scanPages reads pictures as pages from a number on.
func (r *reading) scanPages(from, total int, scans []embedded) error {
	for i, e := range scans {
		img := r.openPicture(e)
		if img == nil {
			continue
		}
		b := img.Bounds()
		q := dossier.Page{Number: from + i, Name: fmt.Sprintf("图片%d", i+1), Width: float64(b.Dx()), Height: float64(b.Dy())}
		r.count(q.Number, total)
		r.scan(&q, img)
		if err := r.add(q, total); err != nil {
			return err
		}
	}
	return nil
}
