package finance

import (
	"archive/zip"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/xindiao/xindiao/dossier"
)

// sample reads one member of the bundled sample dossier whose name contains part.
func sample(t *testing.T, part string) (name string, data []byte) {
	t.Helper()
	z, err := zip.OpenReader("../samples/manufacturing_mortgage.zip")
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, f := range z.File {
		n := f.Name
		if f.NonUTF8 {
			if u, err := simplifiedchinese.GB18030.NewDecoder().String(n); err == nil {
				n = u
			}
		}
		if !strings.Contains(n, part) {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		return n[strings.LastIndexByte(n, '/')+1:], b
	}
	t.Fatalf("no member %q in the sample", part)
	return "", nil
}

func yuan(id, v string, p dossier.Period) dossier.Figure {
	return dossier.Figure{Indicator: id, Value: dossier.D(v), Unit: dossier.Yuan, Period: p, Basis: dossier.BasisUnaudited}
}

func year(y int) dossier.Period { return dossier.Span(dossier.NewDate(y, 12, 31), 12) }
