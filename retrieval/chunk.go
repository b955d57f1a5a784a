// Package retrieval finds passages in one dossier: chunks with offsets, BM25 over CJK bigrams, vectors, and their
// fusion. Everything lives in memory and gives the same answer every time.
package retrieval

import (
	"strings"
	"unicode/utf8"

	"github.com/xindiao/xindiao/dossier"
)

// Chunk is a stretch of one page made of whole sentences and whole table rows.
type Chunk struct {
	Doc     *dossier.Document
	Page    int    // number of the page
	Line    int    // line of the page on which it starts, from 1
	Start   int    // byte offsets into the page's Text
	End     int    //
	Text    string // page.Text[Start:End]
	Context string // what a reader needs beside it: sheet name, table header, unit line; not part of Text
	Cell    string // "资产负债表!A5" when it starts on a row of a sheet
}

// DefaultRunes is the chunk size that is aimed at, in runes.
const DefaultRunes = 300

// hardFactor bounds a unit: a "sentence" of this many chunks' size is cut at a line or comma after all.
const hardFactor = 4

// Chunks cuts the documents' pages into chunks of about size runes (DefaultRunes when 0). A sentence or a table
// row is never cut, unless it is several chunks long. Blank text at the edges belongs to no chunk.
func Chunks(docs []*dossier.Document, size int) []Chunk {
	if size <= 0 {
		size = DefaultRunes
	}
	var out []Chunk
	for _, d := range docs {
		for i := range d.Pages {
			out = append(out, pageChunks(d, &d.Pages[i], size)...)
		}
	}
	return out
}

func pageChunks(d *dossier.Document, p *dossier.Page, size int) []Chunk {
	var out []Chunk
	var cur []unit
	runes := 0
	flush := func() {
		if len(cur) > 0 {
			out = append(out, makeChunk(d, p, cur))
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

func makeChunk(d *dossier.Document, p *dossier.Page, us []unit) Chunk {
	c := Chunk{Doc: d, Page: p.Number, Start: us[0].start, End: us[len(us)-1].end, Cell: us[0].cell}
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

func head(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
