#!/bin/sh
# Makes the pictures beside it with ImageMagick 6 (Debian's imagemagick): a white sheet with black bars at known places,
# so that a test can tell what was decoded and where. No text, no fonts.
set -e
cd "$(dirname "$0")"
one() { convert -size 320x200 xc:white -fill black -draw 'rectangle 40,20 119,39' "$@"; }
two() { convert -size 200x320 xc:white -fill black -draw 'rectangle 20,200 179,239' "$@"; }
one -density 300 -units PixelsPerInch -threshold 50% -compress Group4 g4_1.tif
two -density 200 -units PixelsPerInch -threshold 50% -compress Group4 g4_2.tif
convert g4_1.tif g4_2.tif -compress Group4 fax_g4.tif
one -threshold 50% -compress Fax fax_g3.tif
one -type TrueColor -compress JPEG jpeg.tif
one -type Grayscale -depth 8 -density 300 -units PixelsPerInch MIFF:- | convert MIFF:- \( g4_2.tif -type TrueColor -depth 8 \) -compress LZW mixed.tif
one -type TrueColor -define tiff:tile-geometry=64x64 -compress Zip tiled.tif
one -depth 16 -density 150 -units PixelsPerInch gray16.png
one -colorspace CMYK -quality 80 cmyk.jpg
one -interlace Plane -quality 80 progressive.jpg
one -quality 80 -sampling-factor 2x2 baseline.jpg
one -quality 60 sheet.webp
one -density 118.11 -units PixelsPerCentimeter -type Palette BMP3:sheet.bmp
one sheet.gif
one -quality 50 sheet.heic
rm -f g4_1.tif g4_2.tif
