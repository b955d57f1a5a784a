// Package chunk cuts documents by their structure, with exact offsets into page and file: what retrieval indexes and
// a claim may cite.
package chunk

import (
	"github.com/xindiao/xindiao/dossier"
)

// Kind says what a chunk consists of.
type Kind string

// Kinds of chunks.
const (
	Prose   Kind = "prose"
	Heading Kind = "heading" // headings that stand alone, at the end of a page
	Clause  Kind = "clause"  // 第X条, or a piece of it
	Row     Kind = "row"     // rows of a table
	Line    Kind = "line"    // line items of a financial statement
	Note    Kind = "note"    // prose of the notes to statements
	Seal    Kind = "seal"    // words of seals
)

// Chunk is a stretch of one page made of whole sentences and whole table rows.
type Chunk struct {
	Doc       *dossier.Document
	Page      int      // number of the page
	Line      int      // line of the page on which it starts, from 1
	Start     int      // byte offsets into the page's Text
	End       int      //
	FileStart int      // byte offsets into Doc.Text(), where a form feed stands between pages
	FileEnd   int      //
	Text      string   // page.Text[Start:End], the same as Doc.Text()[FileStart:FileEnd]
	Context   string   // what a reader needs beside it: sheet, headings, header rows, unit line; never part of Text
	Headings  []string // the headings that it stands under, outermost first; one that opens the chunk included
	Clause    string   // 第十二条, of a clause
	Cell      string   // "资产负债表!A5" when it starts on a row of a sheet
	Kind      Kind
	Period    string // the day YYYY-MM-DD or the span YYYY-MM-DD/YYYY-MM-DD that it speaks of, "" if nothing tells

	lead, tail int // bytes of a running head and foot in Text: cited as they stand, not indexed
}

// Cut cuts the documents' pages into chunks, in reading order. Every character that is not blank stands in exactly
// one chunk. A sentence or a row is cut only when it alone exceeds the hard limit.
func Cut(docs []*dossier.Document, o Options) []Chunk {
	o = o.filled()
	var out []Chunk
	for _, d := range docs {
		if d == nil {
			continue
		}
		c := newCutter(d, o)
		base := 0
		for i := range d.Pages {
			p := &d.Pages[i]
			us := c.page(p, i)
			for _, g := range c.pack(p, us) {
				out = append(out, c.chunk(p, i, us[g.from:g.to], base))
			}
			base += len(p.Text) + 1
		}
	}
	return out
}

// Passage is the chunk as a claim may cite it.
func (c Chunk) Passage(id string) dossier.Passage {
	return dossier.Passage{ID: id, Text: c.Text, Start: c.Start, End: c.End,
		Place: dossier.Place{File: c.Doc.File, Page: c.Page, Line: c.Line, Cell: c.Cell, Quote: head(c.Text, 60)}}
}

// Embedded is what is indexed for the chunk: the document's kind, the context and the text without running heads.
func (c Chunk) Embedded() string {
	text := c.Text
	if c.lead+c.tail < len(text) {
		text = text[c.lead : len(text)-c.tail]
	}
	return c.Doc.TypeName + "\n" + c.Context + "\n" + text
}

// head is the first n runes of s.
func head(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
