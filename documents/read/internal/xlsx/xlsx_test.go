package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/read/internal/sheet"
)

const (
	workbookXML = `<workbook xmlns:r="r"><workbookPr date1904="%s"/><sheets><sheet name="表一" sheetId="7" r:id="a"/><sheet name="又一" sheetId="8" state="veryHidden" r:id="a"/></sheets></workbook>`
	relsXML     = `<Relationships><Relationship Id="a" Type="x/worksheet" Target="/xl/worksheets/any.xml"/><Relationship Id="b" Type="x/sharedStrings" Target="strings.xml"/><Relationship Id="c" Type="x/styles" Target="styles.xml"/></Relationships>`
	stringsXML  = `<sst><si><t>甲_x000D_乙</t></si><si><r><t xml:space="preserve">富 </t></r><r><t>文本</t></r><rPh sb="0" eb="1"><t>フ</t></rPh></si></sst>`
	stylesXML   = `<styleSheet><numFmts><numFmt numFmtId="180" formatCode="yyyy\-mm\-dd"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="180"/></cellXfs></styleSheet>`
)

func pack(t testing.TB, parts map[string]string) *zip.Reader {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, body := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(body))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func parts(sheetXML, from1904 string) map[string]string {
	return map[string]string{"xl/workbook.xml": fmt.Sprintf(workbookXML, from1904), "xl/_rels/workbook.xml.rels": relsXML,
		"xl/Strings.xml": stringsXML, "xl/styles.xml": stylesXML, "xl/worksheets/any.xml": sheetXML}
}

var roomy = Limits{Part: 1 << 20, Strings: 1 << 20}

func rowsOf(b sheet.Book, i int) (rows []string, tail sheet.Tail, err error) {
	tail, err = b.Each(i, func(r *sheet.Row) error {
		s := fmt.Sprint(r.Number)
		if r.Hidden {
			s += "h"
		}
		for _, c := range r.Cells {
			s += fmt.Sprintf(" %s=%s", sheet.Column(c.Col), c.Spell(b.Format(c.Style), b.Date1904()))
			if c.Formula {
				s += "f"
			}
		}
		rows = append(rows, s)
		return nil
	})
	return rows, tail, err
}

func TestRows(t *testing.T) {
	const in = `<worksheet><dimension ref="A1:XFD1048576"/><cols><col min="2" max="3" hidden="1"/></cols><sheetData>
<row r="2" hidden="1"><c r="B2" t="s"><v>0</v></c><c t="s"><v>1</v></c><c r="E2" s="1"><v>44560</v></c></row>
<row><c t="inlineStr"><is><r><t>行</t></r><r><t>内</t></r></is></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c><f>A1</f></c><c t="str"><f>A1</f><v></v></c><c t="d"><v>2026-05-06T00:00:00</v></c><c t="s"><v>99</v></c></row>
<row r="9"><c r="A9"><f>1+1</f><v>2</v></c></row></sheetData><mergeCells><mergeCell ref="A2:C4"/><mergeCell ref="bad"/><mergeCell ref="B2:A1"/></mergeCells></worksheet>`
	b, err := Open(pack(t, parts(in, "1")), roomy)
	if err != nil {
		t.Fatal(err)
	}
	rows, tail, err := rowsOf(b, 0)
	want := []string{"2h B=甲\r乙 C=富 文本 E=2025-12-31", "3 A=行内 B=TRUE C=#N/A D=f E= F=2026-05-06 G=", "9 A=2f"}
	if err != nil || strings.Join(rows, "|") != strings.Join(want, "|") {
		t.Errorf("%v\n%q\n%q", err, rows, want)
	}
	if fmt.Sprint(tail) != "{[{2 0 4 2}] [{1 2}]}" {
		t.Errorf("%v", tail)
	}
	if rows, _, err := rowsOf(b, 1); len(rows) > 0 || err != nil || !b.Sheets()[1].Hidden {
		t.Errorf("one part under two names was read twice: %v %v", rows, err)
	}
}

func TestBroken(t *testing.T) {
	b, err := Open(pack(t, parts(`<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c><c r="B2"><v>3`, "0")), roomy)
	if err != nil {
		t.Fatal(err)
	}
	if rows, _, err := rowsOf(b, 0); strings.Join(rows, "|") != "1 A=1|2 A=2" && strings.Join(rows, "|") != "1 A=1" || err == nil {
		t.Errorf("%v %v", rows, err)
	}
	if _, err := Open(pack(t, map[string]string{"xl/workbook.xml": "<workbook/>"}), roomy); !errors.Is(err, ErrFormat) {
		t.Errorf("no sheets: %v", err)
	}
	big := parts("<worksheet><sheetData>"+strings.Repeat("<row><c><v>1</v></c></row>", 10_000), "0")
	if b, err = Open(pack(t, big), Limits{Part: 100_000, Strings: 10}); err != nil {
		t.Fatal(err)
	}
	if !b.Cut {
		t.Error("shared strings over their limit are not told")
	}
	if _, _, err := rowsOf(b, 0); !errors.Is(err, ErrLarge) {
		t.Errorf("part over its limit: %v", err)
	}
	for _, in := range []string{`<worksheet><row r="1048577"><c><v>1</v></c></row>`, `<worksheet><row r="99999999999999"><c><v>1</v></c></row><row r="1"`} {
		if b, err = Open(pack(t, parts(in, "0")), roomy); err != nil {
			t.Fatal(err)
		}
		if _, _, err := rowsOf(b, 0); err == nil {
			t.Errorf("%s was taken", in)
		}
	}
}

const flat = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="s1"/></Styles><Worksheet ss:Name="甲"><Table><Column ss:Index="3" ss:Span="1" ss:Hidden="1"/>
<Row><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">标题</Data></Cell><Cell><Data ss:Type="Number">45000</Data></Cell></Row>
<Row ss:Index="4" ss:Hidden="1"><Cell ss:Index="2"><Data ss:Type="DateTime">2026-01-02T00:00:00.000</Data></Cell><Cell/><Cell ss:Formula="=1"><Data ss:Type="Boolean">1</Data></Cell><Cell><ss:Data ss:Type="String">富<Font>文本</Font></ss:Data></Cell></Row>
</Table></Worksheet><Worksheet ss:Name="乙"><Table><Row><Cell><Data ss:Type="Error">#REF!</Data></Cell></Row></Table></Worksheet></Workbook>`

func openFlat(text string) (*Flat, error) {
	return OpenFlat(func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }, roomy)
}

func TestFlat(t *testing.T) {
	b, err := openFlat(flat)
	if err != nil || len(b.Sheets()) != 2 || b.Sheets()[1].Name != "乙" {
		t.Fatal(err)
	}
	got, tail, err := rowsOf(b, 0)
	if strings.Join(got, "|") != "1 A=标题 C=45000|4h B=2026-01-02 C= D=TRUE E=富文本" || err != nil || fmt.Sprint(tail) != "{[{1 0 2 1}] [{2 3}]}" {
		t.Errorf("%q %v %v", got, tail, err)
	}
	if got, _, err = rowsOf(b, 1); strings.Join(got, "|") != "1 A=#REF!" || err != nil {
		t.Errorf("%q %v", got, err)
	}
	if b, err = openFlat(flat[:strings.Index(flat, "富")]); err == nil {
		_, _, err = rowsOf(b, 0)
	}
	if err == nil {
		t.Error("cut off and not told")
	}
	if _, err := openFlat("<x/>"); !errors.Is(err, ErrFormat) {
		t.Error(err)
	}
}

func FuzzFlat(f *testing.F) {
	f.Add(flat)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 64<<10 {
			t.Skip()
		}
		if b, err := openFlat(text); err == nil {
			for i := range b.Sheets()[:min(len(b.Sheets()), 5)] {
				_, _, _ = rowsOf(b, i)
			}
		}
	})
}

func FuzzSheet(f *testing.F) {
	f.Add([]byte(`<worksheet><cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="2"><c r="B2" t="s"><v>0</v></c><c t="inlineStr"><is><t>x</t></is></c></row></sheetData><mergeCell ref="A2:C4"/>`), []byte(stringsXML), []byte(stylesXML))
	f.Fuzz(func(t *testing.T, rows, strs, styles []byte) {
		if len(rows)+len(strs)+len(styles) > 64<<10 {
			t.Skip()
		}
		p := parts(string(rows), "0")
		p["xl/strings.xml"], p["xl/styles.xml"] = string(strs), string(styles)
		delete(p, "xl/Strings.xml")
		if b, err := Open(pack(t, p), roomy); err == nil {
			_, _, _ = rowsOf(b, 0)
		}
	})
}
