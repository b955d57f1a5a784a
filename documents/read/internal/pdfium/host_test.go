package pdfium

import (
	"io/fs"
	"os"
	"testing"
)

func TestHostShowsFontsOnly(t *testing.T) {
	h := hostFonts{os.DirFS("/")}
	for _, name := range []string{"etc/hostname", "proc/self/environ", "usr/share/doc", "usr/share/fonts2/x", "usr/share/fonts/../doc"} {
		if f, err := h.Open(name); err == nil {
			f.Close()
			t.Errorf("%s is open", name)
		}
	}
	if f, err := h.Open("usr/share"); err == nil {
		f.Close()
	} else if _, missing := os.Stat("/usr/share"); missing == nil {
		t.Error(err)
	}
	if list, err := fs.ReadDir(Root(), fontDir); err != nil || len(list) != 4 {
		t.Error("stand-ins", list, err)
	}
}
