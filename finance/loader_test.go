package finance

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/xindiao/xindiao/dossier"
)

// loadXLSX reads a workbook the way the readers do: a page a sheet, every cell with its address.
func loadXLSX(t *testing.T, name string, data []byte, typ string) *dossier.Document {
	t.Helper()
	x, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	d := &dossier.Document{File: name, Format: "xlsx", Type: typ}
	for i, sheet := range x.GetSheetList() {
		rows, err := x.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		tb := dossier.Table{Name: sheet, Sheet: true}
		for r, row := range rows {
			var cells []dossier.Cell
			for c, v := range row {
				ref, _ := excelize.CoordinatesToCellName(c+1, r+1)
				cells = append(cells, dossier.Cell{Text: v, Ref: ref})
			}
			tb.Rows = append(tb.Rows, cells)
		}
		d.Pages = append(d.Pages, dossier.Page{Number: i + 1, Name: sheet, Tables: []dossier.Table{tb}})
	}
	return d
}

// textPages makes a document of printed pages without tables, a form feed between them.
func textPages(name, typ, text string) *dossier.Document {
	d := &dossier.Document{File: name, Format: "pdf", Type: typ}
	for i, p := range strings.Split(strings.TrimSuffix(text, "\f"), "\f") {
		pg := dossier.Page{Number: i + 1, Text: p}
		for _, l := range strings.Split(p, "\n") {
			if strings.TrimSpace(l) != "" {
				pg.Lines = append(pg.Lines, dossier.Line{Text: strings.Join(strings.Fields(l), " "), Confidence: 1})
			}
		}
		d.Pages = append(d.Pages, pg)
	}
	return d
}

// loadCSV decodes GBK or UTF-8 text into one sheet.
func loadCSV(name, typ string, data []byte) *dossier.Document {
	if !strings.Contains(string(data), "，") && !strings.Contains(string(data), "的") {
		if u, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data); err == nil {
			data = u
		}
	}
	tb := dossier.Table{Sheet: true}
	for r, l := range strings.Split(strings.ReplaceAll(string(data), "\r", ""), "\n") {
		var cells []dossier.Cell
		for c, v := range strings.Split(l, ",") {
			ref, _ := excelize.CoordinatesToCellName(c+1, r+1)
			cells = append(cells, dossier.Cell{Text: v, Ref: ref})
		}
		tb.Rows = append(tb.Rows, cells)
	}
	return &dossier.Document{File: name, Format: "csv", Type: typ, Pages: []dossier.Page{{Number: 1, Tables: []dossier.Table{tb}}}}
}

// loadAny reads a file of a trial dossier by its extension; PDFs through pdftotext.
func loadAny(t *testing.T, path, typ string) *dossier.Document {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	switch name := filepath.Base(path); strings.ToLower(filepath.Ext(path)) {
	case ".xlsx":
		return loadXLSX(t, name, data, typ)
	case ".csv":
		return loadCSV(name, typ, data)
	case ".pdf":
		out, err := exec.Command("pdftotext", "-layout", path, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		return textPages(name, typ, string(out))
	}
	return nil
}
