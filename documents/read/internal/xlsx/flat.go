package xlsx

import (
	"errors"
	"io"

	"github.com/xindiao/xindiao/documents/read/internal/sheet"
	"github.com/xindiao/xindiao/documents/read/internal/xmlscan"
)

// Flat is a workbook in the one XML file of Excel 2003 (SpreadsheetML 2003), which many ledgers still export, mostly
// named .xls; it satisfies sheet.Book. Its dates are spelled out and its formulas have their results.
type Flat struct {
	open   func() (io.ReadCloser, error)
	lim    Limits
	sheets []sheet.Info
}

// OpenFlat lists the sheets; open is called again for each sheet that is read.
func OpenFlat(open func() (io.ReadCloser, error), lim Limits) (*Flat, error) {
	f := &Flat{open: open, lim: lim}
	err := f.scan(func(s *xmlscan.Scanner, kind xmlscan.Kind) error {
		if kind == xmlscan.Start && len(f.sheets) < maxSheets {
			switch string(s.Name()) {
			case "Worksheet":
				f.sheets = append(f.sheets, sheet.Info{Name: string(s.Attr("Name"))})
			case "Table":
				return s.Skip()
			}
		}
		return nil
	})
	if len(f.sheets) == 0 {
		if err == nil {
			err = ErrFormat
		}
		return nil, err
	}
	return f, nil
}

// Sheets lists the sheets in their order.
func (f *Flat) Sheets() []sheet.Info { return f.sheets }

// Date1904 is false: dates are spelled out.
func (*Flat) Date1904() bool { return false }

// Format tells nothing of styles: a date is a cell of its own type.
func (*Flat) Format(int) sheet.Format { return sheet.Plain }

// maxFlat is how many sheets are read; each is looked for from the file's beginning.
const maxFlat = 200

// Each reads sheet i row by row.
func (f *Flat) Each(i int, visit func(*sheet.Row) error) (sheet.Tail, error) {
	r := &flatRows{visit: visit, want: i, at: -1}
	if i >= maxFlat {
		return r.tail, ErrLarge
	}
	err := f.scan(r.take)
	if err == errDone {
		err = nil
	}
	if err == io.ErrUnexpectedEOF && r.open && len(r.row.Cells) > 0 {
		_ = visit(&r.row) // cut off: what there is of the row
	}
	return r.tail, err
}

func (f *Flat) scan(visit func(*xmlscan.Scanner, xmlscan.Kind) error) error {
	src, err := f.open()
	if err != nil {
		return err
	}
	defer src.Close()
	lr := &io.LimitedReader{R: src, N: f.lim.Part}
	for s := xmlscan.New(lr); ; {
		kind, err := s.Next()
		switch {
		case err == io.EOF:
			return nil
		case err != nil && lr.N <= 0:
			return ErrLarge
		case err != nil:
			return err
		}
		if err := visit(s, kind); err != nil {
			return err
		}
	}
}

// errDone ends the reading of a sheet that is complete.
var errDone = errors.New("xlsx: sheet complete")

type flatRows struct {
	visit    func(*sheet.Row) error
	want, at int
	row      sheet.Row
	cell     sheet.Cell
	col      int
	inData   bool
	open     bool // the row
	tail     sheet.Tail
	column   int
}

func (r *flatRows) take(s *xmlscan.Scanner, kind xmlscan.Kind) error {
	name := string(s.Name())
	switch {
	case kind == xmlscan.Start && name == "Worksheet":
		if r.at++; r.at > r.want {
			return errDone
		}
	case r.at != r.want:
		if kind == xmlscan.Start && name == "Table" {
			return s.Skip()
		}
	case kind == xmlscan.Start:
		r.start(s, name)
	case kind == xmlscan.Text:
		if r.inData && len(r.cell.Raw) < maxCellText {
			r.cell.Raw += string(s.Text())
		}
	case name == "Data":
		r.inData = false
	case name == "Cell":
		if r.cell.Raw == "" {
			r.cell.Kind = sheet.Empty
		}
		if r.cell.Col < sheet.MaxCols {
			r.row.Cells = append(r.row.Cells, r.cell)
		}
	case name == "Row":
		r.open = false
		return r.visit(&r.row)
	}
	return nil
}

func (r *flatRows) start(s *xmlscan.Scanner, name string) {
	switch name {
	case "Column":
		if at := number(s.Attr("Index")); at > 0 {
			r.column = at - 1
		}
		n := number(s.Attr("Span")) + 1
		if truth(s.Attr("Hidden")) && r.column < sheet.MaxCols && len(r.tail.HiddenCols) < 1000 {
			r.tail.HiddenCols = append(r.tail.HiddenCols, sheet.Span{From: r.column, To: min(r.column+n, sheet.MaxCols) - 1})
		}
		r.column += n
	case "Row":
		n := r.row.Number + 1
		if at := number(s.Attr("Index")); at >= n {
			n = at
		}
		r.row = sheet.Row{Number: min(n, sheet.MaxRows), Hidden: truth(s.Attr("Hidden")), Cells: r.row.Cells[:0]}
		r.col, r.open = 0, true
	case "Cell":
		if at := number(s.Attr("Index")); at > r.col {
			r.col = at - 1
		}
		r.cell = sheet.Cell{Col: r.col}
		across, down := number(s.Attr("MergeAcross")), number(s.Attr("MergeDown"))
		if across+down > 0 && len(r.tail.Merges) < sheet.MaxMerges && r.col+across < sheet.MaxCols {
			r.tail.Merges = append(r.tail.Merges, sheet.Merge{Row0: r.row.Number, Col0: r.col, Row1: r.row.Number + down, Col1: r.col + across})
		}
		r.col += 1 + across
	case "Data":
		r.inData = true
		switch string(s.Attr("Type")) {
		case "Number":
			r.cell.Kind = sheet.Number
		case "DateTime":
			r.cell.Kind = sheet.ISODate
		case "Boolean":
			r.cell.Kind = sheet.Bool
		case "Error":
			r.cell.Kind = sheet.Error
		default:
			r.cell.Kind = sheet.Text
		}
	}
}
