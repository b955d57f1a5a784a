package xlsx

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/layout"
)

// SheetSources lists every figure of a workbook with its place or its formula.
const SheetSources = "数字来源"

// WriteReport writes r as .xlsx to w: a sheet a section, figures as numbers that link to their row of SheetSources,
// charts as charts of the workbook. All words of a material are text, never formulas.
func WriteReport(w io.Writer, r *report.Report) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }() // nothing is on disk
	b, err := newBook(f, r)
	if err != nil {
		return err
	}
	for i, s := range r.Sections {
		if err := b.section(i, s); err != nil {
			return fmt.Errorf("sheet %s: %w", s.Title, err)
		}
	}
	if err := b.sources(); err != nil {
		return fmt.Errorf("sheet %s: %w", SheetSources, err)
	}
	if len(r.Sections) > 0 {
		if err := f.DeleteSheet("Sheet1"); err != nil {
			return err
		}
	}
	f.SetActiveSheet(0)
	return f.Write(w)
}

// book is a workbook being written.
type book struct {
	f      *excelize.File
	r      *report.Report
	figs   map[string]report.FigureJSON
	rowOf  map[string]int // row of a figure in SheetSources
	styles styles
	names  map[string]bool
	charts chartData
}

func newBook(f *excelize.File, r *report.Report) (*book, error) {
	b := &book{f: f, r: r, figs: layout.Figures(r), rowOf: map[string]int{}, names: map[string]bool{"sheet1": true, strings.ToLower(SheetSources): true, strings.ToLower(sheetChartData): true}}
	for i, fig := range r.Figures {
		b.rowOf[fig.ID] = i + 2
	}
	return b, b.styles.make(f)
}

// sheetName is a title as Excel allows it: 31 characters, without the signs that addresses use, each once.
func (b *book) sheetName(title string) string {
	title = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) || r < 0x20 {
			return -1
		}
		return r
	}, title)
	if title == "" {
		title = "表"
	}
	base := []rune(title)
	for n := 1; ; n++ {
		tail := ""
		if n > 1 {
			tail = fmt.Sprintf(" %d", n)
		}
		name := string(base[:min(len(base), 31-utf8.RuneCountInString(tail))]) + tail
		if !b.names[strings.ToLower(name)] {
			b.names[strings.ToLower(name)] = true
			return name
		}
	}
}

func (b *book) section(i int, s report.Section) error {
	name := b.sheetName(s.Title)
	if _, err := b.f.NewSheet(name); err != nil {
		return err
	}
	p := &pane{book: b, sheet: name, row: 1, width: map[int]float64{}}
	if err := p.blocks(s.Blocks); err != nil {
		return err
	}
	for _, sub := range s.Sections {
		if err := p.title(sub.Title); err != nil {
			return err
		}
		if err := p.blocks(sub.Blocks); err != nil {
			return err
		}
	}
	return p.finish()
}
