package wordml

import (
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/flow"
)

func (r *Reader) push(k kind) { r.frames = append(r.frames, frame{kind: k, depth: r.s.Depth()}) }

// pop closes the innermost container and gives what it gathered to the one around it.
func (r *Reader) pop() {
	f := r.top()
	r.frames = r.frames[:len(r.frames)-1]
	switch f.kind {
	case paragraph:
		text := string(f.text)
		if strings.TrimSpace(text) != "" && r.Numbering != nil {
			text = r.Numbering.label(f.num, f.level, f.style) + text
		}
		r.say(text)
		for _, b := range f.boxes {
			r.say(b)
		}
	case cell:
		f.cell.Text = strings.TrimSpace(string(f.text))
		r.Cells -= f.cell.Cols
		if up := r.top(); up.kind == row {
			up.cells = append(up.cells, f.cell)
		} else {
			r.say(f.cell.Text)
		}
	case row:
		if up := r.top(); up.kind == table && !f.gone {
			up.rows = append(up.rows, f.cells)
		}
	case table:
		flow.Merge(f.rows)
		r.table(f.rows)
	case box:
		up := r.top()
		if text := string(f.text); up.kind == paragraph {
			up.boxes = append(up.boxes, text)
		} else {
			r.say(text)
		}
	}
}

// say gives a paragraph to the innermost container.
func (r *Reader) say(text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	up := r.top()
	if up.kind == body {
		r.blocks = append(r.blocks, flow.Block{Text: text})
		return
	}
	if len(up.text) > 0 {
		up.write("\n")
	}
	up.write(strings.TrimSpace(text))
}

// table gives a table to the page; one within a cell or a box becomes text there, its cells by tabs.
func (r *Reader) table(rows [][]flow.Cell) {
	if len(rows) == 0 {
		return
	}
	if r.top().kind == body {
		r.blocks = append(r.blocks, flow.Block{Rows: rows})
		return
	}
	for _, row := range rows {
		var parts []string
		for _, c := range row {
			parts = append(parts, strings.Join(strings.Fields(c.Text), " "))
		}
		r.say(strings.Join(parts, "\t"))
	}
}

func (f *frame) write(s string) { f.text = append(f.text, s...) }
