// Package chunk cuts documents by their structure, with exact offsets into page and file: what retrieval indexes and
// a claim may cite.
package chunk

import (
	"strings"
	"unicode/utf8"

	"github.com/xindiao/xindiao/dossier"
)

// Kind says what a chunk consists of.
type Kind string

// Kinds of chunks.
const (
	Prose   Kind = "prose"
	Heading Kind = "heading" // a heading that stands alone
	Clause  Kind = "clause"  // 第X条, or a piece of it
	Row     Kind = "row"     // rows of a table
	Line    Kind = "line"    // line items of a financial statement
	Note    Kind = "note"    // of the notes to statements
	Seal    Kind = "seal"    // words of seals
)

// Chunk is a stretch of one page made of whole sentences or whole table rows.
type Chunk struct {
	Doc       *dossier.Document
	Page      int      // number of the page
	Line      int      // line of the page on which it starts, from 1
	Start     int      // byte offsets into the page's Text
	End       int      //
	FileStart int      // byte offsets into Doc.Text()
	FileEnd   int      //
	Text      string   // page.Text[Start:End], the same as Doc.Text()[FileStart:FileEnd]
	Context   string   // what a reader needs beside it: headings, sheet name, header rows, unit line; not part of Text
	Headings  []string // path of the headings above it, outermost first
	Clause    string   // 第十二条, of a clause
	Cell      string   // "资产负债表!A5" when it starts on a row of a sheet
	Kind      Kind
	Period    string // YYYY-MM-DD or YYYY-MM-DD/YYYY-MM-DD that it speaks of, "" if that cannot be told
}

// Options of cutting; the zero value takes the configured sizes.
type Options struct {
	Runes  int // aimed at
	Tokens int // aimed at; both limits hold
	Count  func(string) int
}

// DefaultRunes is the chunk size that is aimed at, in runes.
const DefaultRunes = 300

// hardFactor bounds a unit: a "sentence" of this many chunks' size is cut at a line or comma after all.
const hardFactor = 4

// Cut cuts the documents' pages into chunks. A sentence or a table row is never cut, unless it is several chunks
// long. Blank text at the edges belongs to no chunk.
func Cut(docs []*dossier.Document, o Options) []Chunk {
	if o.Runes <= 0 {
		o.Runes = DefaultRunes
	}
	var out []Chunk
	for _, d := range docs {
		base := 0
		for i := range d.Pages {
			out = append(out, pageChunks(d, &d.Pages[i], o.Runes, base)...)
			base += len(d.Pages[i].Text) + 1
		}
	}
	return out
}

func pageChunks(d *dossier.Document, p *dossier.Page, size, base int) []Chunk {
	var out []Chunk
	var cur []unit
	runes := 0
	flush := func() {
		if len(cur) > 0 {
			out = append(out, makeChunk(d, p, cur, base))
		}
		cur, runes = nil, 0
	}
	for _, u := range units(p, size*hardFactor) {
		n := utf8.RuneCountInString(p.Text[u.start:u.end])
		if len(cur) > 0 && (runes+n > size || u.row != cur[len(cur)-1].row && runes > size/2) {
			flush()
		}
		cur = append(cur, u)
		runes += n
	}
	flush()
	return out
}

func makeChunk(d *dossier.Document, p *dossier.Page, us []unit, base int) Chunk {
	c := Chunk{Doc: d, Page: p.Number, Start: us[0].start, End: us[len(us)-1].end, Cell: us[0].cell, Kind: Prose}
	if us[0].row {
		c.Kind = Row
	}
	c.FileStart, c.FileEnd = base+c.Start, base+c.End
	c.Text = p.Text[c.Start:c.End]
	c.Line = 1 + strings.Count(p.Text[:c.Start], "\n")
	var ctx []string
	if p.Name != "" {
		ctx = append(ctx, p.Name)
	}
	ctx = append(ctx, us[0].heads...)
	c.Context = strings.Join(ctx, "\n")
	return c
}

// Passage is the chunk as a claim may cite it.
func (c Chunk) Passage(id string) dossier.Passage {
	return dossier.Passage{ID: id, Text: c.Text, Start: c.Start, End: c.End,
		Place: dossier.Place{File: c.Doc.File, Page: c.Page, Line: c.Line, Cell: c.Cell, Quote: head(c.Text, 60)}}
}

// Embedded is what is indexed for the chunk: the document's type, the context and the text.
func (c Chunk) Embedded() string { return c.Doc.TypeName + "\n" + c.Context + "\n" + c.Text }

func head(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
