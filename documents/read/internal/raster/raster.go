// Package raster decodes pictures that people hand in: photos and scans as JPEG, PNG, GIF, BMP, WebP and TIFF of
// several pages, whole or damaged. Nothing is decoded before its size is known and allowed.
package raster

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // decoders register themselves
	"image/jpeg"
	"image/png"

	"golang.org/x/image/bmp"
	_ "golang.org/x/image/webp"
)

// Errors.
var (
	ErrCorrupt     = errors.New("raster: damaged")
	ErrUnsupported = errors.New("raster: a variant that is not read")
)

// TooLarge is the error for pictures of more pixels than allowed.
type TooLarge struct{ Width, Height int }

func (e *TooLarge) Error() string {
	return fmt.Sprintf("raster: %d x %d pixels", e.Width, e.Height)
}

// Info is what a file says of a picture.
type Info struct {
	Width, Height int     // pixels, before Orientation
	DPI           float64 // across, 0 when the file does not tell
	Orientation   int     // as in EXIF: 1 upright, 3, 6, 8 turned, the even ones mirrored
	Missing       float64 // part of the picture, 0..1 from below, that the file lacks
}

// File is one opened picture file.
type File struct {
	data   []byte
	pixels int // most that a picture may have
	tiff   *tiffFile
}

// Open looks at a file; pixels is the most that one of its pictures may have.
func Open(data []byte, pixels int) (*File, error) {
	f := &File{data: data, pixels: pixels}
	if isTIFF(data) {
		t, err := openTIFF(data)
		if err != nil {
			return nil, err
		}
		f.tiff = t
	}
	return f, nil
}

// Pages is how many pictures the file holds: those of a TIFF, else one. Cut says that a TIFF's list of pages is
// damaged and more may be missing.
func (f *File) Pages() (n int, cut bool) {
	if f.tiff != nil {
		return len(f.tiff.pages), f.tiff.cut
	}
	return 1, false
}

// Picture decodes picture i, from 0. Of a JPEG or PNG that breaks off the part that is there is returned,
// the rest cut away.
func (f *File) Picture(i int) (image.Image, Info, error) {
	if f.tiff != nil {
		return f.tiff.picture(i, f.pixels)
	}
	if i != 0 {
		return nil, Info{}, ErrCorrupt
	}
	cfg, format, err := image.DecodeConfig(bytes.NewReader(f.data))
	if err != nil {
		return nil, Info{}, fault(err)
	}
	info := Info{Width: cfg.Width, Height: cfg.Height, Orientation: 1}
	if err := allowed(cfg.Width, cfg.Height, f.pixels); err != nil {
		return nil, info, err
	}
	info.DPI, info.Orientation = resolution(format, f.data)
	img, _, err := image.Decode(bytes.NewReader(f.data))
	if err == nil {
		return img, info, nil
	}
	if mend := mends[format]; mend != nil && fault(err) == ErrCorrupt {
		if img, missing, ok := mend(f.data); ok {
			info.Missing = missing
			return img, info, nil
		}
	}
	return nil, info, fault(err)
}

// mends give what is there of a damaged picture, and the part of it, from below, that is not.
var mends = map[string]func([]byte) (img image.Image, missing float64, ok bool){"jpeg": repair, "png": repairPNG}

// fault tells a variant that the decoders do not know from damage.
func fault(err error) error {
	if errors.As(err, new(jpeg.UnsupportedError)) || errors.As(err, new(png.UnsupportedError)) || errors.Is(err, bmp.ErrUnsupported) {
		return ErrUnsupported
	}
	return ErrCorrupt
}

func allowed(w, h, pixels int) error {
	switch {
	case w <= 0 || h <= 0:
		return ErrCorrupt
	case w > pixels/h:
		return &TooLarge{w, h}
	}
	return nil
}
