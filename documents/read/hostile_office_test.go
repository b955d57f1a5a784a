package read

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/dossier"
)

// Office files made to cost more than they are worth: each ends within the limits, with a message.
func TestHostileOfficeFiles(t *testing.T) {
	lim := Limits{TextBytes: 1 << 18, Cells: 20_000, Rows: 5000, ArchiveBytes: 1 << 20}
	const rels = `<Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/s.xml"/></Relationships>`
	const book = `<workbook><sheets><sheet name="s" r:id="a"/></sheets></workbook>`
	xlsx := func(sheet, strs string) []byte {
		return archive(t, "xl/workbook.xml", book, "xl/_rels/workbook.xml.rels", rels, "xl/worksheets/s.xml", sheet, "xl/sharedStrings.xml", strs)
	}
	docx := func(body string) []byte { return archive(t, "word/document.xml", body) }
	zeros := strings.Repeat("0", 4<<20)
	for name, c := range map[string]struct {
		file string
		data []byte
		kind dossier.ErrorKind
	}{
		"sheet that unpacks to 4 MB": {"a.xlsx", xlsx("<worksheet><sheetData><row><c><v>"+zeros, ""), dossier.ErrPartial},
		"strings that unpack so":     {"a.xlsx", xlsx("<worksheet/>", "<sst><si><t>"+zeros), dossier.ErrTooLarge},
		"many strings":               {"a.xlsx", xlsx("<worksheet/>", "<sst>"+strings.Repeat("<si><t/></si>", 66_000)), dossier.ErrPartial},
		"a cell far to the right":    {"a.xlsx", xlsx("<worksheet>"+strings.Repeat(`<row><c r="XFD1"><v>1</v></c></row>`, 10), ""), dossier.ErrPartial},
		"a row beyond the last":      {"a.xlsx", xlsx(`<worksheet><row r="1048577"><c><v>1</v></c></row></worksheet>`, ""), dossier.ErrPartial},
		"entities":                   {"a.xlsx", xlsx(`<!DOCTYPE x [<!ENTITY a "xx"><!ENTITY b "&a;&a;">]><worksheet><row><c t="str"><v>&b;`, ""), dossier.ErrPartial},
		"paragraph of 4 MB":          {"a.docx", docx("<w:body><w:p><w:r><w:t>" + zeros), dossier.ErrPartial},
		"tag of 4 MB":                {"a.docx", docx("<w:body " + strings.Repeat("a='1' ", 1<<20)), dossier.ErrCorrupt},
		"tables in tables":           {"a.docx", docx(strings.Repeat("<w:tbl><w:tr><w:tc>", 3000)), dossier.ErrCorrupt},
		"wide cells":                 {"a.docx", docx("<w:tbl>" + strings.Repeat(`<w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr></w:tc></w:tr>`, 1000)), dossier.ErrPartial},
		"slide of 4 MB": {"a.pptx", archive(t, "ppt/presentation.xml", `<p:sldIdLst><p:sldId r:id="a"/></p:sldIdLst>`, "ppt/_rels/presentation.xml.rels",
			`<Relationship Id="a" Type="x/slide" Target="s.xml"/>`, "ppt/s.xml", "<a:p><a:t>"+zeros), dossier.ErrPartial},
		"RTF groups":          {"a.rtf", []byte(`{\rtf1` + strings.Repeat("{", 1<<16)), dossier.ErrPartial},
		"web page":            {"a.html", []byte("<html>" + strings.Repeat("<p>0123456789", 40_000)), dossier.ErrPartial},
		"line without an end": {"a.csv", []byte(strings.Repeat("0123456789,", 42_000)), dossier.ErrPartial},
		"one stray quote":     {"a.csv", []byte(`"` + strings.Repeat("a,b\n", 6000)), dossier.ErrPartial},
	} {
		docs, err := Bytes(t.Context(), c.file, c.data, Options{InProcess: true, OCR: ocr.None, Limits: lim})
		if err != nil {
			t.Fatal(name, err)
		}
		d := docs[0]
		if !hasKind(d, c.kind) || hasKind(d, "without words") {
			t.Errorf("%s: %s %v", name, d.Format, d.Problems)
		}
		if n := len(d.Text()); n > 3*lim.TextBytes {
			t.Errorf("%s: %d bytes of text", name, n)
		}
	}
}

func TestPicturesPastedIntoSheets(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 500, 500))); err != nil {
		t.Fatal(err)
	}
	d := inProcess(t, "a.xlsx", archive(t, "xl/workbook.xml", `<workbook><sheets><sheet name="s" r:id="a"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationship Id="a" Target="worksheets/s.xml"/>`, "xl/worksheets/s.xml", `<worksheet><row><c t="inlineStr"><is><t>身份证</t></is></c></row></worksheet>`,
		"xl/media/image1.png", b.String()))
	if len(d.Pages) != 2 || d.Pages[0].Text != "身份证" || !d.Pages[1].Scan || d.Pages[1].Number != 2 {
		t.Errorf("%+v", d)
	}
}
