package read

import (
	"errors"
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/sheet"
	"github.com/xindiao/xindiao/dossier"
)

// sheets sends the rows of a workbook on, whatever its format.
type sheets struct {
	r    *reading
	book sheet.Book
	what string // the format's name in Problems
	// compute gives the value of a formula that was stored without one; nil where that cannot be done.
	compute func(sheet int, ref string, style int) (string, bool)
}

func (s *sheets) read() error {
	list := s.book.Sheets()
	for i, info := range list {
		if i >= s.r.lim.Pages {
			s.r.note(partial("工作表过多，其余没有读取"))
			return errEnough
		}
		if err := s.one(i, info, len(list)); err != nil {
			return err
		}
	}
	return nil
}

// batch is how many rows travel together.
const batch = 1000

// one reads a sheet as a page with one table. The page goes out first, its rows after it.
func (s *sheets) one(i int, info sheet.Info, total int) error {
	p := dossier.Page{Number: i + 1, Name: Clean(info.Name)}
	if info.Hidden {
		p.Doubts = append(p.Doubts, "隐藏的工作表："+p.Name)
	}
	p.Tables = []dossier.Table{{Name: p.Name, Sheet: true}}
	if err := s.r.add(p, total); err != nil {
		return err
	}
	out := sheetRows{First: 1}
	var hidden ranges
	flush := func() error {
		if len(out.Rows) > 0 {
			s.r.rows(&sheetRows{Page: i + 1, First: out.First, Rows: out.Rows})
			s.r.count(i+1, total)
		}
		out.First, out.Rows = out.First+len(out.Rows), out.Rows[:0:0]
		return s.r.ctx.Err()
	}
	tail, err := s.book.Each(i, func(row *sheet.Row) error {
		joined := s.row(i, row)
		if row.Hidden && joined != "" {
			hidden.add(row.Number)
		}
		if joined == "" {
			return nil // blank, or formatted only: the next row's number tells of the gap
		}
		if err := s.within(p.Name, row, joined); err != nil {
			return err
		}
		next := out.First + len(out.Rows)
		if gap := row.Number - next; gap < 0 {
			return nil // rows out of order: not what any program writes
		} else if gap > maxGap || gap > 0 && len(out.Rows) == 0 {
			if err := flush(); err != nil {
				return err
			}
			out.First = row.Number
		} else {
			out.Rows = append(out.Rows, make([]string, gap)...)
		}
		if out.Rows = append(out.Rows, joined); len(out.Rows) >= batch {
			return flush()
		}
		return nil
	})
	if ferr := flush(); ferr != nil {
		return ferr
	}
	last := &sheetRows{Page: i + 1, Merges: tail.Merges, Doubts: hiddenParts(hidden, tail.HiddenCols)}
	if len(last.Merges)+len(last.Doubts) > 0 {
		s.r.rows(last)
	}
	switch {
	case errors.Is(err, errSheet):
		return nil // the other sheets may be smaller
	case errors.Is(err, errEnough), err != nil && s.r.ctx.Err() != nil:
		return err
	case err != nil:
		s.r.note(problem(dossier.ErrPartial, fmt.Sprintf("%s 的工作表“%s”只读出一部分，第%d行之后已损坏或过大", s.what, p.Name, out.First-1),
			"请用 Excel 或 WPS 打开确认，另存后重新提供"))
	}
	return nil
}

// errSheet ends a sheet at its own limit; the Problem has been noted already.
var errSheet = errors.New("sheet limit reached")

func (s *sheets) within(name string, row *sheet.Row, joined string) error {
	lim := s.r.lim
	if row.Number > lim.Rows {
		s.r.note(partial(fmt.Sprintf("工作表“%s”超过 %d 行，其余没有读取", name, lim.Rows)))
		return errSheet
	}
	if s.r.cells += strings.Count(joined, cellMark) + 1; s.r.cells > lim.Cells {
		s.r.note(partial(fmt.Sprintf("单元格超过 %d 个，工作表“%s”第%d行起没有读取", lim.Cells, name, row.Number)))
		return errEnough
	}
	if s.r.text += len(joined); s.r.text > lim.TextBytes {
		s.r.note(partial(fmt.Sprintf("文字超过 %s，工作表“%s”第%d行起没有读取", size(int64(lim.TextBytes)), name, row.Number)))
		return errEnough
	}
	return nil
}

// row joins the texts of a row's cells from column A to the last that has any.
func (s *sheets) row(i int, row *sheet.Row) string {
	var b strings.Builder
	col := 0
	for _, c := range row.Cells {
		if c.Col < col && (c.Col != 0 || b.Len() > 0) {
			continue // out of order or twice
		}
		text := s.text(i, row.Number, c)
		if text == "" {
			continue
		}
		for ; col < c.Col; col++ {
			b.WriteString(cellMark)
		}
		b.WriteString(text)
	}
	return b.String()
}

func (s *sheets) text(i, number int, c sheet.Cell) string {
	if c.Kind == sheet.Empty {
		if c.Formula && s.compute != nil {
			if v, ok := s.compute(i, fmt.Sprintf("%s%d", sheet.Column(c.Col), number), c.Style); ok {
				return strings.TrimSpace(Clean(v))
			}
		}
		return ""
	}
	text := c.Spell(s.book.Format(c.Style), s.book.Date1904())
	if c.Kind == sheet.Number {
		return text
	}
	return strings.TrimSpace(Clean(text))
}
