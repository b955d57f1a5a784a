// Package docx writes a report as a Word document: cover, contents, numbered headings, tables, charts, endnotes, annexes.
package docx

import (
	"archive/zip"
	"io"
	"time"

	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/layout"
)

// Options of a document; the zero value is complete.
type Options struct {
	BodyFont string    // East Asian font of the body, 宋体 when empty
	Created  time.Time // written to the document's properties; zero leaves it out, so that equal reports give equal bytes
}

// Write writes r as a .docx to w. Charts that cannot be drawn are said in words; nothing else of the report is left
// out. The error is w's, or the zip writer's.
func Write(w io.Writer, r *report.Report, opt Options) error {
	if opt.BodyFont == "" {
		opt.BodyFont = "宋体"
	}
	d := &doc{r: r, opt: opt, src: layout.Number(r), heads: layout.Outline(r), pageOf: map[string]int{}, noted: map[int]bool{}}
	d.build()
	z := zip.NewWriter(w)
	for _, p := range d.parts() {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: opt.Created})
		if err != nil {
			return err
		}
		if _, err := f.Write(p.data); err != nil {
			return err
		}
	}
	return z.Close()
}

// doc is a document being written.
type doc struct {
	r     *report.Report
	opt   Options
	src   *layout.Sources
	heads []layout.Heading

	body   xmlw // what follows the contents
	front  xmlw // cover and contents
	pages  pager
	pageOf map[string]int // first page of a heading, by anchor

	images [][]byte
	noted  map[int]bool // sources whose endnote mark has been set
	ids    int          // bookmarks and drawings
	tables int
	head   int // headings used so far
}

func (d *doc) id() int { d.ids++; return d.ids }

func (d *doc) build() {
	d.pages.page = 2 + contentsPages(len(d.heads)) // after the cover and the contents
	for _, s := range d.r.Sections {
		d.section(s, 1)
	}
	d.annexes()
	d.cover()
	d.contents()
}
