package read

import (
	"errors"
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xuri/excelize/v2"
)

// readXLSX reads every sheet as a page with one table. Numbers are the stored ones, never the displayed ones, so no
// decimal is lost; dates are 2006-01-02. A merged area has its text in its top left cell.
func readXLSX(r *reading) error {
	f, err := excelize.OpenFile(r.path, excelize.Options{
		RawCellValue:      true,
		UnzipSizeLimit:    r.lim.ArchiveBytes,
		UnzipXMLSizeLimit: 16 << 20, // larger sheets are spooled to the temporary folder
	})
	switch {
	case errors.Is(err, excelize.ErrWorkbookPassword), errors.Is(err, excelize.ErrWorkbookFileFormat):
		return &dossier.Error{Kind: dossier.ErrEncrypted, Msg: "工作簿设有打开密码或格式不对，无法读取"}
	case err != nil && strings.Contains(err.Error(), "unzip size exceeds"):
		return &dossier.Error{Kind: dossier.ErrTooLarge, Msg: "工作簿展开后过大，没有读取"}
	case err != nil:
		return &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "XLSX 已损坏或不完整，无法打开"}
	}
	defer f.Close()
	names := f.GetSheetList()
	s := &sheets{r: r, f: f, dates: map[int]dateKind{}, left: r.lim.FormulaResults}
	for i, name := range names {
		if i >= r.lim.Pages {
			r.note(partial("工作表过多，其余没有读取"))
			return errEnough
		}
		if err := s.sheet(name, i+1, len(names)); err != nil {
			return err
		}
	}
	return nil
}

type sheets struct {
	r     *reading
	f     *excelize.File
	dates map[int]dateKind // by style
	left  int              // formulas that may still be computed
}

func (s *sheets) sheet(name string, number, total int) error {
	p := dossier.Page{Number: number, Name: Clean(name)}
	if ok, err := s.f.GetSheetVisible(name); err == nil && !ok {
		p.Doubts = append(p.Doubts, "隐藏的工作表："+p.Name)
	}
	t := dossier.Table{Name: p.Name, Sheet: true}
	rows, err := s.f.Rows(name)
	if err != nil { // chart sheets have no cells
		return s.r.add(p, total)
	}
	defer rows.Close()
	for n := 1; rows.Next(); n++ {
		if n > s.r.lim.Rows {
			s.r.note(partial(fmt.Sprintf("工作表“%s”超过 %d 行，其余没有读取", p.Name, s.r.lim.Rows)))
			break
		}
		values, err := rows.Columns()
		if err != nil {
			s.r.note(problem(dossier.ErrPartial, fmt.Sprintf("工作表“%s”第%d行起无法读取", p.Name, n), "请用 Excel 打开确认，另存后重新提供"))
			break
		}
		if s.r.cells += len(values); s.r.cells > s.r.lim.Cells {
			s.r.note(partial(fmt.Sprintf("单元格超过 %d 个，工作表“%s”第%d行起没有读取", s.r.lim.Cells, p.Name, n)))
			break
		}
		row := make([]dossier.Cell, len(values))
		for c, v := range values {
			ref, err := excelize.CoordinatesToCellName(c+1, n)
			if err != nil {
				row = row[:c]
				break
			}
			row[c] = dossier.Cell{Text: s.value(name, ref, v), Ref: ref}
		}
		for len(row) > 0 && row[len(row)-1].Text == "" {
			row = row[:len(row)-1]
		}
		t.Rows = append(t.Rows, row)
		line(&p, rowText(row))
		if n%5000 == 0 {
			if s.r.count(number, total); s.r.ctx.Err() != nil {
				return s.r.ctx.Err()
			}
		}
	}
	for len(t.Rows) > 0 && len(t.Rows[len(t.Rows)-1]) == 0 {
		t.Rows = t.Rows[:len(t.Rows)-1]
	}
	p.Tables = []dossier.Table{t}
	return s.r.add(p, total)
}

// value gives a cell's text: dates spelled out, a formula without a stored value computed.
func (s *sheets) value(sheet, ref, raw string) string {
	if raw == "" {
		return s.formula(sheet, ref)
	}
	if c := raw[0]; c >= '0' && c <= '9' {
		if kind := s.dateKind(sheet, ref); kind != notDate {
			if t, ok := excelDate(raw, kind, s.date1904()); ok {
				return t
			}
		}
		return plainNumber(raw)
	}
	if raw[0] == '-' || raw[0] == '.' {
		return plainNumber(raw)
	}
	return strings.TrimSpace(Clean(raw))
}

func (s *sheets) formula(sheet, ref string) string {
	formula, err := s.f.GetCellFormula(sheet, ref)
	if err != nil || formula == "" {
		return ""
	}
	if s.left--; s.left < 0 {
		s.r.note(problem(dossier.ErrDoubtful, "公式没有保存计算结果，数量过多，部分没有计算", "请用 Excel 打开，重新计算并保存后提供"))
		return ""
	}
	v, err := s.f.CalcCellValue(sheet, ref, excelize.Options{RawCellValue: true})
	if err != nil {
		s.r.note(problem(dossier.ErrDoubtful, fmt.Sprintf("公式没有保存计算结果，也无法计算：%s!%s", Clean(sheet), ref), "请用 Excel 打开，重新计算并保存后提供"))
		return ""
	}
	return s.value2(sheet, ref, v)
}

// value2 is value for a computed result, which may be empty in earnest.
func (s *sheets) value2(sheet, ref, v string) string {
	if v == "" {
		return ""
	}
	return s.value(sheet, ref, v)
}

func (s *sheets) date1904() bool {
	props, err := s.f.GetWorkbookProps()
	return err == nil && props.Date1904 != nil && *props.Date1904
}
