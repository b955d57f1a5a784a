package pptx

import (
	"io"
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/flow"
	"github.com/xindiao/xindiao/documents/read/internal/xmlscan"
)

// reader reads one slide or page of notes.
type reader struct {
	show   *Show
	slide  *Slide
	blocks []flow.Block

	para  strings.Builder
	shape []string // paragraphs of the open shape
	drop  bool     // the open shape is a page number, date or footer of the layout
	rows  [][]flow.Cell
	cells []flow.Cell
	cell  *flow.Cell
	table int // depth of the open table, 0 when there is none
}

func (r *reader) part(name string) error {
	src, err := r.show.open(name)
	if err != nil {
		return err
	}
	defer src.Close()
	err = r.walk(xmlscan.New(io.LimitReader(src, maxPart)))
	r.endShape()
	r.endTable()
	if err == io.EOF {
		return nil
	}
	return err
}

func (r *reader) walk(s *xmlscan.Scanner) error {
	inText := false
	for {
		tok, err := s.Next()
		if err != nil {
			return err
		}
		switch tok {
		case xmlscan.Start:
			if s.Depth() > maxDepth {
				return ErrDeep
			}
			switch string(s.Name()) {
			case "t":
				inText = true
			case "Fallback", "nvPicPr":
				if err := s.Skip(); err != nil {
					return err
				}
			default:
				r.open(s)
			}
		case xmlscan.Text:
			if inText {
				if r.show.Text -= len(s.Text()); r.show.Text < 0 {
					return ErrLarge
				}
				r.para.Write(s.Text())
			}
		case xmlscan.End:
			inText = false
			if r.close(s); r.show.Cells < 0 {
				return ErrLarge
			}
		}
	}
}

func (r *reader) open(s *xmlscan.Scanner) {
	switch string(s.Name()) {
	case "sld":
		r.slide.Hidden = string(s.Attr("show")) == "0"
	case "sp":
		r.endShape()
	case "cNvPr":
		if v := string(s.Attr("hidden")); v == "1" || v == "true" {
			r.drop, r.slide.Unseen = true, true
		}
	case "ph":
		switch string(s.Attr("type")) {
		case "sldNum", "dt", "ftr", "hdr", "sldImg":
			r.drop = true
		}
	case "br":
		r.para.WriteByte('\n')
	case "tab":
		r.para.WriteByte('\t')
	case "tbl":
		hidden := r.drop
		r.endShape()
		r.drop = hidden
		if r.table == 0 {
			r.table = s.Depth()
		}
	case "tr":
		r.cells = nil
	case "tc":
		c := flow.Cell{Cols: number(s.Attr("gridSpan"), maxCols), Rows: number(s.Attr("rowSpan"), 1<<16)}
		c.Covered = string(s.Attr("vMerge")) == "1"
		if string(s.Attr("hMerge")) == "1" { // covered from the left: its place is counted there
			c.Cols = 0
		}
		r.cell = &c
	}
}

func (r *reader) close(s *xmlscan.Scanner) {
	switch string(s.Name()) {
	case "p":
		text := r.para.String()
		r.para.Reset()
		switch {
		case strings.TrimSpace(text) == "":
		case r.cell != nil && r.cell.Text != "":
			r.cell.Text += "\n" + text
		case r.cell != nil:
			r.cell.Text = text
		default:
			r.shape = append(r.shape, text)
		}
	case "tc":
		if r.cell != nil && r.cell.Cols > 0 {
			r.show.Cells -= r.cell.Cols
			r.cells = append(r.cells, *r.cell)
		}
		r.cell = nil
	case "tr":
		if r.table > 0 {
			r.rows = append(r.rows, r.cells)
		}
		r.cells = nil
	case "sp":
		r.endShape()
	case "tbl", "graphicFrame":
		if s.Depth() < r.table {
			r.endTable()
		}
	}
}

func (r *reader) endShape() {
	if !r.drop {
		for _, p := range r.shape {
			r.blocks = append(r.blocks, flow.Block{Text: p})
		}
	}
	r.shape, r.drop = nil, false
}

func (r *reader) endTable() {
	if len(r.rows) > 0 && !r.drop {
		r.blocks = append(r.blocks, flow.Block{Rows: r.rows})
	}
	r.rows, r.cells, r.cell, r.table, r.drop = nil, nil, nil, 0, false
}

// number reads a count of 1 and more, at most limit.
func number(b []byte, limit int) int {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' || n > limit {
			break
		}
		n = n*10 + int(c-'0')
	}
	return min(max(n, 1), limit)
}
