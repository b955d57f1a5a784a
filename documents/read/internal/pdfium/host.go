package pdfium

import (
	"io/fs"
	"os"
	"path"
	"strings"
)

// Host is a file system with nothing but this machine's fonts, for drawing pages: text in fonts that are not in the
// file is then drawn in those instead of stand-ins. Where the machine has none it is Root.
func Host() fs.FS {
	if list, err := os.ReadDir("/" + fontDir); err != nil || len(list) == 0 {
		return Root()
	}
	return hostFonts{os.DirFS("/")}
}

const fontDir = "usr/share/fonts"

// hostFonts lets PDFium see the way to the font folder and what is in it.
type hostFonts struct{ fs.FS }

func (h hostFonts) Open(name string) (fs.File, error) {
	name = path.Clean(name)
	if name == "." || strings.HasPrefix(fontDir+"/", name+"/") || strings.HasPrefix(name, fontDir+"/") {
		return h.FS.Open(name)
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}
