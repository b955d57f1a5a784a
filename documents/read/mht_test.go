package read

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"golang.org/x/text/encoding/simplifiedchinese"
)

const webArchive = "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://example.test/\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\"; boundary=\"--b\"\r\n\r\n" +
	"----b\r\nContent-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: http://example.test/\r\n\r\n<html><body><p>HTML</p><table><tr><td colspan=3D2>CELL=\r\n</td></tr></table></body></html>\r\n" +
	"----b\r\nContent-Type: text/css\r\nContent-Location: a.css\r\n\r\np { color: red }\r\n----b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: a.png\r\n\r\nPNG\r\n----b--\r\n"

func TestMHT(t *testing.T) {
	gbk := func(s string) string {
		b, err := simplifiedchinese.GBK.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		for i := range len(b) {
			out.WriteString("=" + strings.ToUpper(string("0123456789abcdef"[b[i]>>4])+string("0123456789abcdef"[b[i]&15])))
		}
		return out.String()
	}
	whole := strings.NewReplacer("HTML", gbk("查询结果"), "CELL", gbk("无"), "PNG", base64.StdEncoding.EncodeToString([]byte("\x89PNG broken picture"))).Replace(webArchive)
	d := inProcess(t, "查询.mht", []byte(whole))
	if d.Format != fmtMHT || d.Text() != "查询结果\n无" || d.Pages[0].Tables[0].Rows[0][0].Cols != 2 || len(d.Problems) > 0 {
		t.Errorf("%s %q %v", d.Format, d.Text(), d.Problems)
	}
	cut := whole[:strings.Index(whole, "p { color")]
	if d := inProcess(t, "查询.mht", []byte(cut)); !hasKind(d, dossier.ErrPartial) || d.Text() != "查询结果\n无" {
		t.Errorf("cut off: %q %v", d.Text(), d.Problems)
	}
}

func TestOfficeTextFormats(t *testing.T) {
	const ledger = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="账"><Table><Row><Cell><Data ss:Type="String">余额</Data></Cell><Cell><Data ss:Type="Number">1.50</Data></Cell></Row></Table></Worksheet></Workbook>`
	const letter = `<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r><w:t>借款申请</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:wordDocument>`
	for _, c := range []struct{ name, data, format, want string }{
		{"a.xls", ledger, fmtFlatXLS, "余额\t1.50"},
		{"a.doc", letter, fmtFlatDOC, "借款申请\n甲\t乙"},
		{"a.xls", "日期\t金额\n2026-01-02\t1.50\n", fmtCSV, "日期\t金额\n2026-01-02\t1.50"},
		{"a.xls", "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>余额</td></tr></table></html>", fmtHTML, "余额"},
	} {
		if d := inProcess(t, c.name, []byte(c.data)); d.Format != c.format || d.Text() != c.want || len(d.Problems) > 0 {
			t.Errorf("%s: %s %q %v", c.format, d.Format, d.Text(), d.Problems)
		}
	}
	for name, data := range map[string]string{"a.xls": ledger[:len(ledger)-60], "a.doc": letter[:len(letter)-90]} {
		if d := inProcess(t, name, []byte(data)); len(d.Problems) == 0 || d.Text() == "" {
			t.Errorf("%s cut off: %q %v", name, d.Text(), d.Problems)
		}
	}
}
