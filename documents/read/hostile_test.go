package read

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/documents/read/internal/archive/archivetest"
	"github.com/xindiao/xindiao/documents/read/internal/mail/mailtest"
	"github.com/xindiao/xindiao/dossier"
)

// A folder full of files that are made to hang, crash or fill a reader: each gives pages or a message that says what
// to do, none stops the others, no worker grows beyond its limit, and nothing is left behind.
func TestHostileFolder(t *testing.T) {
	files := hostile(t)
	if len(files) < 40 {
		t.Errorf("only %d files", len(files))
	}
	dir := t.TempDir()
	for name, data := range files {
		writeFile(t, filepath.Join(dir, name), data)
	}
	writeFile(t, filepath.Join(dir, "好.txt"), []byte("text"))
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	lim := Limits{FileTime: 30 * time.Second, ArchiveBytes: 64 << 20, Memory: 1 << 30}
	docs, _, err := Folder(t.Context(), dir, Options{OCR: ocr.None, Limits: lim, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, d := range docs {
		seen[d.File] = true
		said := len(d.Problems) > 0 || len(d.Pages) > 0 || archives[d.Format]
		if !said || hasKind(d, "without words") {
			t.Errorf("%s: %s, %d pages, %+v", d.File, d.Format, len(d.Pages), d.Problems)
		}
		for _, p := range d.Problems {
			if p.Kind == dossier.ErrTimeout {
				t.Errorf("%s: %s", d.File, p.Msg)
			}
		}
		if n := len(d.Text()); n > 8<<20 {
			t.Errorf("%s: %d bytes of text", d.File, n)
		}
	}
	for name := range files {
		if !seen[name] {
			t.Errorf("%s is not told of", name)
		}
	}
	if last := docs[len(docs)-1]; last.Text() != "text" {
		t.Errorf("%s %q", last.File, last.Text())
	}
	if left, _ := os.ReadDir(temp); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if most := largestChild(); most > 1<<30 {
		t.Errorf("a worker grew to %d MB", most>>20)
	}
}

func hostile(t *testing.T) map[string][]byte {
	files := map[string][]byte{}
	put := func(name string, data []byte) { files[name] = data }
	zeros := strings.Repeat("\x00", 30<<20)
	text := func(name, body string) archivetest.File { return archivetest.File{Name: name, Body: body} }

	// ZIP
	bomb := archive(t, "0.txt", zeros)
	put("zip-bomb.zip", bomb)
	nest := archive(t, "a", string(bomb), "b", string(bomb), "c", string(bomb))
	for range 3 {
		nest = archive(t, "a.zip", string(nest), "b.zip", string(nest))
	}
	put("zip-nested-bombs.zip", nest)
	var many []string
	for i := range 5000 {
		many = append(many, fmt.Sprintf("%d/", i)+strings.Repeat("x", 200), "")
	}
	put("zip-5000-empty.zip", archive(t, many...))
	put("zip-cut.zip", bomb[:len(bomb)-30])
	lying := archive(t, "a.txt", "0123456789")
	binary.LittleEndian.PutUint32(lying[bytes.Index(lying, []byte("PK\x01\x02"))+24:], 0xfffffff0)
	put("zip-lying-size.zip", lying)
	far := archive(t, "a.txt", "x")
	binary.LittleEndian.PutUint32(far[bytes.Index(far, []byte("PK\x05\x06"))+16:], 0x7fffffff)
	put("zip-far-directory.zip", far)
	put("zip-names.zip", archive(t, strings.Repeat("../", 2000)+"a", "x", "\x00\xff\x1b[2J.txt", "x", strings.Repeat("长", 20000), "x"))

	// RAR, 7Z, TAR, GZ
	put("rar-cut.rar", archivetest.Rar4(text("a.txt", "0123456789"))[:60])
	put("rar-window.rar", archivetest.Rar5(15, text("a.txt", "x")))
	put("rar-secret.rar", archivetest.Rar4Secret("", true))
	put("rar-signature.rar", append([]byte("Rar!\x1a\x07\x01\x00"), bytes.Repeat([]byte{0xff}, 5000)...))
	put("rar-volume.part2.rar", archivetest.Rar4Volumes(text("a.txt", "0123456789"), 2)[1])
	put("rar-volumes.part1.rar", archivetest.Rar4Volumes(text("a.txt", "0123456789"), 3)[0])
	seven := archivetest.Seven(text("a.txt", "x"), text("b.txt", "y"))
	put("7z-cut.7z", seven[:len(seven)-9])
	put("7z-counts.7z", counted(seven))
	put("7z-noise.7z", append(append([]byte(nil), seven[:32]...), bytes.Repeat([]byte{0xff, 0x17}, 3000)...))
	put("gz-bomb.gz", gz(t, []byte(zeros), 1))
	put("gz-in-gz.gz", gz(t, []byte("x"), 200))
	put("tar-size.tar", hugeTar(t))
	put("tgz-cut.tgz", gz(t, hugeTar(t), 1)[:60])

	// Mails
	put("eml-parts.eml", mailWith(strings.Split(strings.Repeat("Content-Type: text/csv; name=a.csv\n\n1,2|", 5000), "|")...))
	deep := "From: a\nTo: b\nSubject: c\n"
	for i := range 2000 {
		deep += fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	put("eml-deep.eml", []byte(deep))
	put("eml-header.eml", []byte("From: a\nTo: b\nSubject: "+strings.Repeat("=?gbk?B?1tA=?= ", 200_000)+"\n\nx"))
	self := mailWith(attached("a.txt", []byte("x")))
	for range 12 {
		self = mailWith(attached("a.eml", self))
	}
	put("eml-nested.eml", self)
	msg := mailtest.Compound(map[string]string{"__properties_version1.0": "", "__substg1.0_0037001F": "a", "__substg1.0_1000001F": strings.Repeat("x\x00", 9000)})
	put("msg-cut.msg", msg[:2000])
	cyclic := append([]byte(nil), msg...)
	for i := len(cyclic) - 512; i < len(cyclic)-300; i += 4 {
		binary.LittleEndian.PutUint32(cyclic[i:], 0)
	}
	put("msg-cyclic.msg", cyclic)

	// Office
	const w = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	doc := func(xml string) []byte { return archive(t, "word/document.xml", xml) }
	put("docx-entities.docx", doc(`<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">`+entities(30)+`]><w:document `+w+`><w:body><w:p><w:r><w:t>&z29;</w:t></w:r></w:p></w:body></w:document>`))
	put("docx-deep.docx", doc(`<w:document `+w+`><w:body>`+strings.Repeat("<w:tbl><w:tr><w:tc>", 50_000)))
	put("docx-bomb.docx", doc(`<w:document `+w+`><w:body><w:p><w:r><w:t>`+zeros))
	put("docx-span.docx", doc(`<w:document `+w+`><w:body><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr></w:tc></w:tr></w:tbl></w:body></w:document>`))
	sheet := func(xml string) []byte {
		return archive(t, "[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
			"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
			"xl/worksheets/sheet1.xml", xml)
	}
	const s = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`
	put("xlsx-far.xlsx", sheet(s+`<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>`))
	put("xlsx-merge.xlsx", sheet(s+`<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells>`+strings.Repeat(`<mergeCell ref="A1:XFD1048576"/>`, 2000)+`</mergeCells></worksheet>`))
	put("xlsx-bomb.xlsx", sheet(s+`<sheetData>`+strings.Repeat(`<row><c><v>1</v></c></row>`, 400_000)))

	// Pictures
	put("png-huge.png", pngOf(2_000_000_000, 2_000_000_000, nil))
	put("png-bomb.png", pngOf(9000, 9000, []byte(zeros)))
	put("jpg-cut.jpg", slipBytes(t)[:700])
	put("bmp-negative.bmp", append([]byte("BM\xff\xff\xff\x7f\x00\x00\x00\x006\x00\x00\x00(\x00\x00\x00\x00\x00\x00\x80\x00\x00\x00\x80\x01\x00\x18\x00"), make([]byte, 30)...))
	put("tiff-loop.tif", []byte("II*\x00\x08\x00\x00\x00\x01\x00\x00\x01\x03\x00\x01\x00\x00\x00\x01\x00\x00\x00\x08\x00\x00\x00"))
	put("gif-huge.gif", []byte("GIF89a\xff\xff\xff\xff\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02\x02D\x01\x00;"))

	// OFD, web pages, XML, text
	ofdOf := func(page string) []byte {
		return archive(t, "OFD.xml", `<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
			"Doc_0/Document.xml", `<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData><ofd:TemplatePage ID="2" BaseLoc="Pages/0.xml"/></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/0.xml"/></ofd:Pages></ofd:Document>`,
			"Doc_0/Pages/0.xml", `<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Template TemplateID="2"/><ofd:Content><ofd:Layer>`+page+`</ofd:Layer></ofd:Content></ofd:Page>`)
	}
	put("ofd-delta.ofd", ofdOf(`<ofd:TextObject ID="3" Boundary="0 0 10 10" Font="1" Size="3"><ofd:TextCode X="0" Y="3" DeltaX="g 1000000000 1">文字</ofd:TextCode></ofd:TextObject>`))
	put("ofd-deep.ofd", ofdOf(strings.Repeat("<ofd:PageBlock>", 100_000)))
	put("html-deep.html", []byte("<html>"+strings.Repeat("<div><table><tr><td>", 100_000)+"x"))
	put("html-span.html", []byte(`<table><tr><td colspan=1000000000 rowspan=1000000000>x</td></tr></table>`))
	put("xml-entities.xml", []byte(`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">`+entities(30)+`]><x>&z29;</x>`))
	put("csv-wide.csv", []byte(strings.Repeat(",", 3_000_000)+"\n1,2\n"))
	put("csv-quote.csv", []byte(`a,b`+"\n"+`"`+strings.Repeat("x,\n", 500_000)))

	// PDF
	put("pdf-tree.pdf", pdfOf("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 99999999 >>"))
	put("pdf-arrays.pdf", pdfOf("", "<< /Type /Catalog /Pages 2 0 R /X "+strings.Repeat("[", 200_000)+" >>", "<< /Type /Pages /Kids [] /Count 0 >>"))
	put("pdf-bomb.pdf", pdfOf("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>", stream("/Filter /FlateDecode", string(deflated(t, []byte(zeros))))))
	put("pdf-self.pdf", carrier(string(carrier(string(carrier("x"))))))
	put("pdf-attached-bomb.pdf", swapped(carrier("BOMB"), stream("/Type /EmbeddedFile /Filter /FlateDecode", string(deflated(t, []byte(zeros))))))
	put("pdf-page-size.pdf", pdfOf("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99999999 99999999] /Contents 4 0 R >>", stream("", "q 99999999 0 0 99999999 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q")))
	return files
}

func entities(n int) string {
	var b strings.Builder
	last := "a"
	for i := range n {
		fmt.Fprintf(&b, `<!ENTITY z%d "%s">`, i, strings.Repeat("&"+last+";", 10))
		last = fmt.Sprintf("z%d", i)
	}
	return b.String()
}

func gz(t *testing.T, data []byte, times int) []byte {
	for range times {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
		w.Close()
		data = b.Bytes()
	}
	return data
}

func deflated(t *testing.T, data []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	w.Close()
	return b.Bytes()
}

// hugeTar claims a member of a terabyte.
func hugeTar(t *testing.T) []byte {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	if err := w.WriteHeader(&tar.Header{Name: "a.txt", Size: 1 << 40, Mode: 0o600}); err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(w, "x")
	return b.Bytes()
}

// counted puts enormous counts into a 7z header that is otherwise in order.
func counted(seven []byte) []byte {
	out := append([]byte(nil), seven...)
	head := out[32+binary.LittleEndian.Uint64(out[12:]):]
	if i := bytes.Index(head, []byte{0x05, 0xe0}); i >= 0 {
		copy(head[i+2:], "\xff\xff\xff")
	}
	binary.LittleEndian.PutUint32(out[28:], crc32.ChecksumIEEE(head))
	binary.LittleEndian.PutUint32(out[8:], crc32.ChecksumIEEE(out[12:32]))
	return out
}

func pngOf(width, height uint32, pixels []byte) []byte {
	var b bytes.Buffer
	b.WriteString("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, data []byte) {
		_ = binary.Write(&b, binary.BigEndian, uint32(len(data)))
		b.WriteString(kind)
		b.Write(data)
		_ = binary.Write(&b, binary.BigEndian, crc32.ChecksumIEEE(append([]byte(kind), data...)))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	chunk("IHDR", append(head, 8, 0, 0, 0, 0))
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	_, _ = w.Write(pixels)
	w.Close()
	chunk("IDAT", z.Bytes())
	chunk("IEND", nil)
	return b.Bytes()
}

// swapped swaps the stream of the first file that a carrier carries.
func swapped(pdf []byte, with string) []byte {
	return bytes.Replace(pdf, []byte(stream("/Type /EmbeddedFile", "BOMB")), []byte(with), 1)
}
