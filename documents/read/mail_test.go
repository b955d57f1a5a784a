package read

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/dossier"
)

func mailWith(parts ...string) []byte {
	b := "From: zhang@example.com\nTo: li@example.com\nSubject: =?utf-8?B?" + base64.StdEncoding.EncodeToString([]byte("补充资料")) +
		"?=\nDate: Mon, 2 Mar 2026 09:30:00 +0800\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
	for _, p := range parts {
		b += "--b\n" + p + "\n"
	}
	return []byte(strings.ReplaceAll(b+"--b--\n", "\n", "\r\n"))
}

func attached(name string, data []byte) string {
	return "Content-Type: application/octet-stream; name=\"" + name + "\"\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n" +
		base64.StdEncoding.EncodeToString(data)
}

// A plain body that sends the reader to the other one is not the mail.
func TestMailWithStubBody(t *testing.T) {
	data := []byte("From: a@example.com\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n请用网页方式查看\n" +
		"--b\nContent-Type: text/html; charset=utf-8\n\n<p>王经理：财产险保单和社保缴费证明见附件，水电费清单月底前补来，请查收后回复。</p>\n--b--\n")
	docs, err := Bytes(t.Context(), "信.eml", data, Options{InProcess: true, OCR: ocr.None})
	if err != nil || len(docs) != 1 || !strings.Contains(docs[0].Text(), "水电费清单") || strings.Contains(docs[0].Text(), "网页方式") {
		t.Fatalf("%v %s", err, brief(docs))
	}
}

// A mail is a page of its own, what is attached are documents, archives and mails within it too.
func TestMailAndItsAttachments(t *testing.T) {
	inner := mailWith("Content-Type: text/html; charset=utf-8\n\n<p>转发</p><table><tr><td>项目</td><td>金额</td></tr></table>", attached("深.txt", []byte("深层")))
	data := mailWith("Content-Type: text/plain; charset=utf-8\n\n您好：\n请查收。", attached("资料.zip", archive(t, "合同.txt", "甲方")),
		attached("转发.eml", inner), attached("winmail.dat", []byte("\x78\x9f\x3e\x22\x01\x00")))
	docs, err := Bytes(t.Context(), "来信.eml", data, Options{InProcess: true, OCR: ocr.None})
	if err != nil {
		t.Fatal(err)
	}
	want := []struct{ file, format, text string }{
		{"来信.eml", fmtEML, "主题\t补充资料\n附件\t资料.zip\n附件\t转发.eml\n附件\twinmail.dat\n您好：\n请查收。"},
		{"来信.eml/winmail.dat", fmtNone, ""},
		{"来信.eml/资料.zip", fmtZIP, ""},
		{"来信.eml/资料.zip/合同.txt", fmtTXT, "甲方"},
		{"来信.eml/转发.eml", fmtEML, "转发\n项目\t金额"},
		{"来信.eml/转发.eml/深.txt", fmtTXT, "深层"},
	}
	if len(docs) != len(want) {
		t.Fatalf("%s", brief(docs))
	}
	for i, w := range want {
		if d := docs[i]; d.File != w.file || d.Format != w.format || !strings.HasSuffix(d.Text(), w.text) {
			t.Errorf("%s %s %q", d.File, d.Format, d.Text())
		}
	}
	if docs[0].Type == dossier.TypeArchive || docs[2].Type != dossier.TypeArchive {
		t.Errorf("types %q %q", docs[0].Type, docs[2].Type)
	}
	if !hasKind(docs[1], dossier.ErrUnsupported) || len(docs[4].Pages[0].Tables) != 1 {
		t.Errorf("%v %v", docs[1].Problems, docs[4].Pages)
	}
	if !strings.Contains(docs[0].Text(), "日期\t2026-03-02 09:30:00 +0800\n") {
		t.Errorf("%q", docs[0].Text())
	}
}

func TestMailLimits(t *testing.T) {
	var parts []string
	for range 20 {
		parts = append(parts, attached("a.txt", []byte("x")))
	}
	docs, err := Bytes(t.Context(), "a.eml", mailWith(parts...), Options{InProcess: true, OCR: ocr.None, Limits: Limits{ArchiveFiles: 5}})
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) > 6 || len(docs[0].Problems) == 0 || len(docs[0].Pages) != 1 {
		t.Errorf("%d documents, %v", len(docs), docs[0].Problems)
	}
	// Mails in mails, beyond the depth.
	data := mailWith(attached("a.txt", []byte("x")))
	for range 8 {
		data = mailWith(attached("a.eml", data))
	}
	docs, err = Bytes(t.Context(), "a.eml", data, Options{InProcess: true, OCR: ocr.None})
	if err != nil || len(docs) != 5 || !hasKind(docs[4], dossier.ErrTooLarge) || len(docs[4].Pages) != 1 {
		t.Errorf("%d documents, %v", len(docs), docs[len(docs)-1].Problems)
	}
	docs, err = Bytes(t.Context(), "a.eml", mailWith(attached("a.txt", []byte("x")))[:300], Options{InProcess: true, OCR: ocr.None})
	if err != nil || !hasKind(docs[0], dossier.ErrPartial) {
		t.Errorf("cut off: %v", docs[0].Problems)
	}
}
