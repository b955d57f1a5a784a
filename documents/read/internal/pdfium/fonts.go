package pdfium

import (
	"embed"
	"io/fs"
)

//go:embed root/usr
var root embed.FS

// Root is the file system that PDFium is shown: /usr/share/fonts with stand-ins that give glyphs of East Asian fonts
// which are not in the file an extent. Without one, PDFium leaves single Han characters out of the text. It must be
// mounted as the root, or PDFium's walk through the folder ends at the entry "..". See root/generate.go.
func Root() fs.FS {
	sub, err := fs.Sub(root, "root")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}
