package read

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"github.com/gabriel-vasile/mimetype"
	arc "github.com/xindiao/xindiao/documents/read/internal/archive"
	"github.com/xindiao/xindiao/documents/read/internal/mail"
	"github.com/xindiao/xindiao/documents/read/internal/ole"
	"github.com/xindiao/xindiao/documents/read/internal/raster"
	"github.com/xindiao/xindiao/dossier"
)

// Formats that have a reader; the names stand in dossier.Document.Format.
const (
	fmtPDF   = "pdf"
	fmtDOCX  = "docx"
	fmtXLSX  = "xlsx"
	fmtXLS   = "xls"
	fmtDOC   = "doc"
	fmtPPTX  = "pptx"
	fmtCSV   = "csv"
	fmtTXT   = "txt"
	fmtHTML  = "html"
	fmtXML   = "xml"
	fmtOFD   = "ofd"
	fmtImage = "image"
	fmtNone  = "unknown"
)

// refused tells why a format that is recognised is not read.
type refused struct{ what, remedy string }

var refusedTypes = map[string]refused{
	"application/x-xz":       {"XZ 压缩包", "请解压后提供其中的文件，或改用 ZIP 压缩"},
	"application/zstd":       {"ZST 压缩包", "请解压后提供其中的文件，或改用 ZIP 压缩"},
	"image/avif":             {"AVIF 图片", "请另存为 JPG 或 PNG 后重新提供"},
	"image/svg+xml":          {"SVG 图形", "请另存为 PDF 或 PNG 后重新提供"},
	"text/rtf":               {"RTF 文档", "请用 Word 或 WPS 打开，另存为 DOCX 后重新提供"},
	"application/postscript": {"PostScript 文件", "请另存为 PDF 后重新提供"},
	"application/x-elf":      {"可执行程序", "请核实文件来源，不要提供程序文件"},
	"application/vnd.microsoft.portable-executable": {"可执行程序", "请核实文件来源，不要提供程序文件"},
}

// sniff names a file's format from its bytes; the extension only decides between kinds of plain text. A format that
// is recognised but not read gives format unknown and the Problem that says so.
func sniff(path, name string) (string, *dossier.Problem) {
	f, err := os.Open(path)
	if err != nil {
		p := problem(dossier.ErrNotFound, "打不开文件", "请检查文件的访问权限")
		return fmtNone, &p
	}
	defer f.Close()
	head := make([]byte, 8192)
	n, _ := f.Read(head)
	head = head[:n]
	ext := strings.ToLower(filepath.Ext(name))
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")) {
		return sniffZip(path)
	}
	if format := sniffArchive(head); format != "" {
		return format, nil
	}
	if bytes.HasPrefix(head, []byte("\x78\x9f\x3e\x22")) {
		p := unsupported("winmail.dat（Outlook 专有的附件包）", "请发件人改用 HTML 或纯文本格式重新发送，或把附件另存后提供")
		return fmtNone, &p
	}
	if i := bytes.Index(head[:min(n, 1024)], []byte("%PDF-")); i >= 0 {
		return fmtPDF, nil
	}
	if bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) {
		return sniffOLE(path)
	}
	if format := sniffOfficeText(head); formats[format] != nil {
		return format, nil
	}
	m := mimetype.Detect(head)
	for t := m; t != nil; t = t.Parent() {
		if r, ok := refusedTypes[strings.SplitN(t.String(), ";", 2)[0]]; ok {
			p := unsupported(r.what, r.remedy)
			return fmtNone, &p
		}
	}
	switch {
	case m.Is("image/jpeg"), m.Is("image/png"), m.Is("image/bmp"), m.Is("image/tiff"), m.Is("image/gif"), m.Is("image/webp"):
		return fmtImage, nil
	case raster.IsHEIF(head):
		return fmtImage, nil
	case bytes.HasPrefix(head, []byte("II+\x00")), bytes.HasPrefix(head, []byte("MM\x00+")): // BigTIFF
		return fmtImage, nil
	case m.Is("text/html"), strings.HasPrefix(ext, ".htm") && looksText(head):
		return fmtHTML, nil
	case looksXML(m, head):
		return fmtXML, nil
	case looksText(head):
		if tabular[ext] || m.Is("text/csv") || m.Is("text/tab-separated-values") {
			return fmtCSV, nil
		}
		if ext == ".pdf" || ext == ".docx" || ext == ".jpg" || ext == ".jpeg" || ext == ".png" {
			p := problem(dossier.ErrCorrupt, "内容不是 "+strings.ToUpper(ext[1:])+" 格式，按纯文本读取", "请核对是否给错了文件，重新提供原件")
			return fmtTXT, &p
		}
		return fmtTXT, nil
	}
	p := unsupported("无法识别的格式", "请用原软件打开，另存为 PDF、DOCX、XLSX 或 JPG 后重新提供")
	switch ext {
	case ".pdf", ".docx", ".xlsx", ".jpg", ".jpeg", ".png":
		p = problem(dossier.ErrCorrupt, "内容不是 "+strings.ToUpper(ext[1:])+" 格式，文件可能已损坏", "请用原软件打开确认，另存后重新提供")
	}
	return fmtNone, &p
}

// looksXML tells XML in any encoding: by its type, its declaration, or the root of a voucher at the very start.
func looksXML(m *mimetype.MIME, head []byte) bool {
	if !looksText(head) {
		return false
	}
	if m.Is("text/xml") {
		return true
	}
	s, _ := decode(head)
	s = strings.TrimLeft(strings.TrimPrefix(s, "\ufeff"), " \t\r\n")
	return strings.HasPrefix(s, "<?xml") || strings.HasPrefix(s, "<EInvoice") || strings.HasPrefix(s, "<eInvoice") || strings.HasPrefix(s, "<xbrl")
}

// sniffArchive knows mails, and archives other than ZIP, by their first bytes.
func sniffArchive(head []byte) string {
	for _, a := range []struct{ mark, format string }{
		{"Rar!\x1a\x07", fmtRAR}, {"7z\xbc\xaf\x27\x1c", fmt7Z}, {"\x1f\x8b\x08", fmtGZ}, {"BZh", fmtGZ},
	} {
		if bytes.HasPrefix(head, []byte(a.mark)) {
			return a.format
		}
	}
	if arc.IsTar(head) {
		return fmtTAR
	}
	if mail.IsEML(head) {
		return fmtEML
	}
	return ""
}

func sniffZip(path string) (string, *dossier.Problem) {
	r, err := zip.OpenReader(path)
	if err != nil {
		p := corrupt("压缩格式的文件（ZIP、DOCX 或 XLSX）")
		return fmtNone, &p
	}
	defer r.Close()
	for _, f := range r.File {
		switch strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/")) {
		case "word/document.xml":
			return fmtDOCX, nil
		case "xl/workbook.xml":
			return fmtXLSX, nil
		case "xl/workbook.bin":
			p := unsupported("XLSB 工作簿", "请用 Excel 打开，另存为 XLSX 后重新提供")
			return fmtNone, &p
		case "ofd.xml":
			return fmtOFD, nil
		case "ppt/presentation.xml":
			return fmtPPTX, nil
		}
	}
	return fmtZIP, nil
}

// sniffOLE tells what an OLE container holds by the names in its directory.
func sniffOLE(path string) (string, *dossier.Problem) {
	data, _ := os.ReadFile(path)
	c, err := ole.Open(bytes.NewReader(data), int64(len(data)))
	has := func(s string) bool {
		if err == nil && s != "__substg1.0_" {
			return c.Has(s) // what lies deeper is an embedded object
		}
		b := make([]byte, 0, 2*len(s))
		for i := range len(s) {
			b = append(b, s[i], 0)
		}
		return bytes.Contains(data, b)
	}
	p := unsupported("旧版 Office 文件", "请用 Word、Excel 或 WPS 打开，另存为 DOCX 或 XLSX 后重新提供")
	if err != nil {
		p = corrupt("Office 文件（DOC、XLS 等）")
	}
	switch {
	case has("EncryptedPackage"):
		p = encrypted("Office 文件")
	case has("WordDocument"):
		return fmtDOC, nil
	case has("Workbook"), has("Book"):
		return fmtXLS, nil
	case has("PowerPoint Document"):
		p = unsupported("PPT 演示文稿（旧版 PowerPoint）", "请用 PowerPoint 或 WPS 打开，另存为 PPTX 或 PDF 后重新提供")
	case has("__substg1.0_"):
		return fmtMSG, nil
	}
	return fmtNone, &p
}

func unsupported(what, remedy string) dossier.Problem {
	return problem(dossier.ErrUnsupported, "不支持的格式："+what, remedy)
}

// looksText tells plain text in any of the usual charsets from binary data: almost no control bytes, or UTF-16.
func looksText(b []byte) bool {
	if len(b) == 0 {
		return false
	}
	if bytes.HasPrefix(b, []byte{0xff, 0xfe}) || bytes.HasPrefix(b, []byte{0xfe, 0xff}) {
		return true
	}
	if _, ok := wide(b); ok {
		return true
	}
	var ctrl int
	for _, c := range b {
		if c == 0 {
			return false
		}
		if c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' {
			ctrl++
		}
	}
	if ctrl*100 > len(b) {
		return false
	}
	_, bad := decode(b)
	return bad*50 <= len(b)
}
