package read

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// rowObject is one line of a text in which a program wrote down a report row by row: its page, what it is, and the
// words. A table row is a list literal: ['货币资金', '1,234.00'].
type rowObject struct {
	Page   *int    `json:"page"`
	Type   string  `json:"type"`
	Inside *string `json:"inside"`
}

func parseRowObject(l string) (o rowObject, ok bool) {
	l = strings.TrimSpace(l)
	if !strings.HasPrefix(l, "{") || json.Unmarshal([]byte(l), &o) != nil {
		return o, false
	}
	return o, o.Page != nil && o.Inside != nil && *o.Page > 0
}

// isRowObjects tells whether the text's first lines are row objects.
func isRowObjects(text string) bool {
	n := 0
	for l := range strings.SplitSeq(text, "\n") {
		if strings.TrimSpace(l) == "" {
			continue
		}
		if _, ok := parseRowObject(l); !ok {
			return false
		}
		if n++; n == 3 {
			return true
		}
	}
	return n > 0
}

// readRowObjects gives pages and tables back to such a text. What a line that is no row object says is kept as it
// stands. A table that is the last of a page and goes on at the top of the next, between running heads and feet,
// continues.
func (r *reading) readRowObjects(text string) error {
	var p *dossier.Page
	var open, before bool // the last thing on this page, on the page before, is a table
	width, cells := 0, 0
	flush := func() error {
		if p == nil {
			return nil
		}
		return r.add(*p, 0)
	}
	pages := 0
	for l := range strings.SplitSeq(text, "\n") {
		o, ok := parseRowObject(l)
		if !ok {
			if p != nil && strings.TrimSpace(l) != "" {
				line(p, l)
				open, before = false, false
			}
			continue
		}
		if p == nil || *o.Page != p.Number {
			if err := flush(); err != nil {
				return err
			}
			if pages++; pages > r.lim.Pages {
				r.note(partial("页数过多，其余没有读取"))
				return errEnough
			}
			p, before, open = &dossier.Page{Number: *o.Page}, open, false
		}
		row, isRow := listLiteral(*o.Inside)
		if o.Type != "excel" || !isRow {
			for part := range strings.SplitSeq(*o.Inside, "\n") {
				line(p, part)
			}
			if o.Type != "页眉" && o.Type != "页脚" && strings.TrimSpace(*o.Inside) != "" {
				open, before = false, false
			}
			continue
		}
		if cells += len(row); cells > r.lim.Cells {
			r.note(partial("表格的单元格过多，其余没有读取"))
			break
		}
		if !open || len(row) != width {
			t := dossier.Table{Name: heading(p), Continues: before && len(row) == width && !open}
			p.Tables = append(p.Tables, t)
		}
		t := &p.Tables[len(p.Tables)-1]
		out := make([]dossier.Cell, len(row))
		for k, s := range row {
			out[k] = dossier.Cell{Text: Clean(oneLine(s)), Ref: fmt.Sprintf("r%dc%d", len(t.Rows)+1, k+1)}
		}
		t.Rows = append(t.Rows, out)
		line(p, rowText(out))
		open, before, width = true, false, len(row)
	}
	return flush()
}

// maxListCells bounds the cells of one row.
const maxListCells = 500

// listLiteral reads a list of quoted strings: ['a', "it's", 'b\n'].
func listLiteral(s string) (out []string, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) < 2 || s[0] != '[' || s[len(s)-1] != ']' {
		return nil, false
	}
	s = s[1 : len(s)-1]
	for {
		s = strings.TrimLeft(s, " ,")
		if s == "" {
			return out, len(out) > 0
		}
		if len(out) >= maxListCells {
			return nil, false
		}
		if q := s[0]; q == '\'' || q == '"' {
			var b strings.Builder
			i := 1
			for ; i < len(s) && s[i] != q; i++ {
				if s[i] == '\\' && i+1 < len(s) {
					i++
					switch s[i] {
					case 'n', 't', 'r':
						b.WriteByte(' ')
						continue
					}
				}
				b.WriteByte(s[i])
			}
			if i >= len(s) {
				return nil, false
			}
			out, s = append(out, b.String()), s[i+1:]
			continue
		}
		word, rest, _ := strings.Cut(s, ",") // None, a bare number
		if strings.ContainsAny(word, "'\"[]") {
			return nil, false
		}
		if word = strings.TrimSpace(word); word == "None" || word == "nan" {
			word = ""
		}
		out, s = append(out, word), rest
	}
}
