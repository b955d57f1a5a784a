package read

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/documents/ocr"
	arc "github.com/xindiao/xindiao/documents/read/internal/archive"
	"github.com/xindiao/xindiao/dossier"
)

// reading is one file being read: what the format readers need and where they put what they find.
type reading struct {
	ctx   context.Context
	path  string
	name  string
	lim   Limits
	ocr   ocr.Engine
	doc   *dossier.Document
	page  func(dossier.Page, int) // hands over a finished page, and how many there will be
	rows  func(*sheetRows)        // hands over more rows of the page that went last
	count func(page, pages int)   // tells that work goes on within a page
	text  int                     // bytes of text so far
	cells int

	stretch stretch   // which pages, see span
	vols    volumeSet // that an archive continues in
	unpack  unpacking // where files go that are taken out of this one, see member

	format    string
	scans     int  // images given to OCR
	scansLeft int  // of those that may be
	onlyFiles bool // only what is inside of the file is asked for

	doubts   map[int][]string // by page, found after it was handed over
	tired    bool             // a goroutine is stuck
	fleeting bool             // what failed may work the next time
}

// readers of the formats, one file each.
var formats = map[string]func(*reading) error{
	fmtPDF:     readPDF,
	fmtDOC:     readDOC,
	fmtDOCX:    readDOCX,
	fmtXLSX:    readXLSX,
	fmtXLS:     readXLS,
	fmtPPTX:    readPPTX,
	fmtMHT:     readMHT,
	fmtFlatXLS: readFlatXLS,
	fmtFlatDOC: readFlatDOC,
	fmtRTF:     readRTF,
	fmtCSV:     readCSV,
	fmtTXT:     readTXT,
	fmtHTML:    readHTML,
	fmtXML:     readXML,
	fmtOFD:     readOFD,
	fmtImage:   readImage,
	fmtZIP:     unpackWith(arc.Zip),
	fmtRAR:     unpackWith(arc.Rar),
	fmt7Z:      unpackWith(arc.SevenZip),
	fmtTAR:     unpackWith(arc.Tar),
	fmtGZ:      unpackWith(arc.Gzip),
	fmtEML:     readEML,
	fmtMSG:     readMSG,
}

// wholes see a Document once all its pages are there, read by however many workers: what only the whole can tell.
// They run in the parent and must not open the file.
var wholes = map[string]func(*dossier.Document){fmtPDF: wholePDF, fmtOFD: joinTables, fmtImage: wholeImage}

// errEnough ends a reading at a limit; the Problem has been noted already.
var errEnough = errors.New("limit reached")

// read runs the reader of the format. Pages go out as they are finished; what is wrong is noted, never returned.
func (r *reading) read(format string) {
	defer func() {
		if p := recover(); p != nil {
			r.note(problem(dossier.ErrCrashed, "读取时程序出错，已读出的内容保留", "请用原软件打开确认，另存后重新提供"))
		}
	}()
	f := formats[format]
	if f == nil {
		r.note(unsupported(format, "请另存为 PDF、DOCX 或 XLSX 后重新提供"))
		return
	}
	err := f(r)
	var de *dossier.Error
	switch {
	case err == nil, errors.Is(err, errEnough):
	case errors.As(err, &de):
		r.note(problem(de.Kind, de.Msg, remedy(de.Kind)))
	default:
		r.note(corrupt("文件"))
	}
}

// remedy is what to do about a fault of that kind when the place that found it says nothing better.
func remedy(kind dossier.ErrorKind) string {
	switch kind {
	case dossier.ErrEncrypted:
		return "请去除密码后另存，重新提供"
	case dossier.ErrEmpty:
		return "请核对后重新提供"
	case dossier.ErrTooLarge:
		return "请拆分或缩小后重新提供"
	case dossier.ErrDependency:
		return "请运行 xindiao doctor 检查运行环境"
	}
	return "请用原软件打开确认，另存后重新提供"
}

func (r *reading) note(p dossier.Problem) {
	for _, old := range r.doc.Problems {
		if old == p {
			return
		}
	}
	if len(r.doc.Problems) < 200 {
		r.doc.Problems = append(r.doc.Problems, p)
	}
}

// add finishes a page: text made of its lines, limits checked.
func (r *reading) add(p dossier.Page, pages int) error {
	if p.Text == "" && len(p.Lines) > 0 {
		var b strings.Builder
		for i, l := range p.Lines {
			if i > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(l.Text)
		}
		p.Text = b.String()
	}
	r.text += len(p.Text)
	if r.text > r.lim.TextBytes {
		r.note(partial(fmt.Sprintf("文字超过 %s，第%d页起没有读取", size(int64(r.lim.TextBytes)), p.Number)))
		return errEnough
	}
	r.page(p, pages)
	return r.ctx.Err()
}

// line appends a line of embedded text to a page, cleaned; blank ones are dropped.
func line(p *dossier.Page, text string) {
	text = strings.TrimRight(Clean(text), " \t")
	if strings.TrimSpace(text) == "" {
		return
	}
	p.Lines = append(p.Lines, dossier.Line{Text: text, Confidence: 1})
}

// rowText is how a table row stands in a page's text: cells by tabs, the empty ones at the end dropped.
func rowText(row []dossier.Cell) string {
	var b strings.Builder
	last := len(row) - 1
	for last >= 0 && row[last].Text == "" {
		last--
	}
	for i := 0; i <= last; i++ {
		if i > 0 {
			b.WriteByte('\t')
		}
		b.WriteString(oneLine(row[i].Text))
	}
	return b.String()
}
