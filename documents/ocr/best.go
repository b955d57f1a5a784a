package ocr

import (
	"context"
	"image"
	"image/draw"
	"image/png"
	"io"
)

type recogniser func(ctx context.Context, img *image.Gray, mode int) ([]Word, error)

func encodeImage(w io.Writer, img image.Image) error {
	return (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(w, img)
}

func best(ctx context.Context, img image.Image, recognise recogniser) (Result, error) {
	g := image.NewGray(img.Bounds())
	draw.Draw(g, g.Bounds(), img, img.Bounds().Min, draw.Src)
	words, err := recognise(ctx, g, 3)
	return Result{Words: words}, err
}
