package read

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// table reads one w:tbl. Spanned columns and continued vertical merges become empty cells, so that a column keeps its
// number in every row. A table inside a cell gives its text to that cell.
func (w *docx) table(d *xml.Decoder, outer *strings.Builder, depth int) error {
	t := dossier.Table{Name: w.heading()}
	err := w.rows(d, &t, depth)
	for _, row := range t.Rows {
		if outer != nil {
			w.put(outer, rowText(row))
		} else {
			line(&w.page, rowText(row))
		}
	}
	if outer == nil && len(t.Rows) > 0 {
		w.page.Tables = append(w.page.Tables, t)
	}
	return err
}

// heading is the line above the table when it is short enough to be its name.
func (w *docx) heading() string {
	if n := len(w.page.Lines); n > 0 {
		if s := w.page.Lines[n-1].Text; len([]rune(s)) <= 40 && !strings.Contains(s, "\t") {
			return s
		}
	}
	return ""
}

func (w *docx) rows(d *xml.Decoder, t *dossier.Table, depth int) error {
	var row []dossier.Cell
	for level := 0; ; {
		tok, err := d.Token()
		if err != nil {
			return err
		}
		switch el := tok.(type) {
		case xml.StartElement:
			switch el.Name.Local {
			case "tr":
				row = []dossier.Cell{}
				level++
			case "tc":
				if err := w.cell(d, t, &row, depth+1); err != nil {
					return err
				}
			case "tblPr", "tblGrid", "trPr", "del":
				if err := d.Skip(); err != nil {
					return err
				}
			default:
				level++
			}
		case xml.EndElement:
			if el.Name.Local == "tr" {
				if w.r.cells += len(row); w.r.cells > w.r.lim.Cells {
					return fmt.Errorf("too many cells")
				}
				t.Rows = append(t.Rows, row)
			}
			if level--; level < 0 {
				return nil
			}
		}
	}
}

func (w *docx) cell(d *xml.Decoder, t *dossier.Table, row *[]dossier.Cell, depth int) error {
	var text strings.Builder
	cols, merged := 1, false
	if depth > maxDepth {
		return fmt.Errorf("nested too deep")
	}
	for level := 0; ; {
		tok, err := d.Token()
		if err != nil {
			return err
		}
		switch el := tok.(type) {
		case xml.StartElement:
			switch el.Name.Local {
			case "gridSpan":
				if n, err := strconv.Atoi(attr(el, "val")); err == nil {
					cols = min(max(n, 1), 64)
				}
				level++
			case "vMerge":
				merged = attr(el, "val") != "restart"
				level++
			case "p":
				var para, boxes strings.Builder
				if err := w.paragraph(d, &para, &boxes, depth+1); err != nil {
					return err
				}
				w.put(&text, para.String())
				w.put(&text, boxes.String())
			case "tbl":
				if err := w.table(d, &text, depth+1); err != nil {
					return err
				}
			case "Fallback", "del", "moveFrom":
				if err := d.Skip(); err != nil {
					return err
				}
			default:
				level++
			}
		case xml.EndElement:
			if level--; level < 0 {
				c := dossier.Cell{Ref: ref(len(t.Rows), len(*row))}
				if !merged {
					c.Text = strings.TrimSpace(Clean(text.String()))
				}
				*row = append(*row, c)
				for range cols - 1 {
					*row = append(*row, dossier.Cell{Ref: ref(len(t.Rows), len(*row))})
				}
				return nil
			}
		}
	}
}
