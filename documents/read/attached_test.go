package read

import (
	"context"
	"encoding/binary"
	"testing"

	"github.com/xindiao/xindiao/documents/ocr"
	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestFilesWithinOfficeFiles(t *testing.T) {
	chart := archive(t, "xl/workbook.xml", "<workbook/>")
	data := archive(t, "word/document.xml", part("正文"), "word/embeddings/letter.docx", string(archive(t, "word/document.xml", part("附件"))),
		"word/embeddings/Microsoft_Excel_Sheet1.xlsx", string(chart), "word/charts/_rels/chart1.xml.rels", `<R><Relationship Target="../embeddings/Microsoft_Excel_Sheet1.xlsx"/></R>`,
		"word/embeddings/oleObject1.bin", string(fixture(t, "ledger.xls")), "word/embeddings/oleObject2.bin", "no object")
	docs, err := Bytes(context.Background(), "合同.docx", data, Options{InProcess: true, OCR: ocr.None})
	if err != nil || len(docs) != 3 {
		t.Fatalf("%d documents, %v", len(docs), err)
	}
	for i, want := range [][2]string{{"合同.docx", fmtDOCX}, {"合同.docx/letter.docx", fmtDOCX}, {"合同.docx/oleObject1.xls", fmtXLS}} {
		if d := docs[i]; d.File != want[0] || d.Format != want[1] || len(d.Pages) == 0 || len(d.Problems) > 0 {
			t.Errorf("%s %s %v, want %s", d.File, d.Format, d.Problems, want)
		}
	}
}

func TestOLEPackage(t *testing.T) {
	label, err := simplifiedchinese.GBK.NewEncoder().String(`C:\资料\营业执照.pdf`)
	if err != nil {
		t.Fatal(err)
	}
	b := append([]byte{0, 0, 0, 0, 2, 0}, label+"\x00C:\\a\x00\x00\x00\x03\x00\x05\x00\x00\x00C:\\b\x00"...)
	b = append(binary.LittleEndian.AppendUint32(b, 5), "%PDF-rest"...)
	if name, body := oleNative(b); name != "营业执照.pdf" || string(body) != "%PDF-" {
		t.Errorf("%q %q", name, body)
	}
	for n := range b {
		if _, body := oleNative(b[:n]); body != nil && n < len(b)-4 {
			t.Errorf("cut at %d: %q", n, body)
		}
	}
}
