package layout

import (
	"sort"
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/report"
)

// Source is one numbered place, a page or a sheet of a file, with every spot on it that the report rests on.
type Source struct {
	N     int
	File  string
	Page  int    // 0 when the format has none
	Sheet string // "" outside workbooks
	Spots []Spot
}

// Spot is one cell or line of a source with its words, personal numbers masked.
type Spot struct {
	Cell  string
	Line  int
	Quote string
}

// Where prints 第4页 or 资产负债表 sheet, "" for a file without pages.
func (s Source) Where() string {
	switch {
	case s.Sheet != "":
		return "工作表“" + s.Sheet + "”"
	case s.Page > 0:
		return "第" + strconv.Itoa(s.Page) + "页"
	}
	return ""
}

// Sources numbers a report's sources in order of first citation; a page cited twice keeps its number.
type Sources struct {
	list    []Source
	byPlace map[place]int
	spots   map[place]map[Spot]bool
	figures map[string]report.FigureJSON
}

type place struct {
	file  string
	page  int
	sheet string
}

// Number numbers the sources in the order in which a printed report shows their marks: sentences, a table's cells,
// then the line under the table; the findings last. The first marks therefore rise by one, as Word's endnotes do.
func Number(r *report.Report) *Sources {
	first := newSources(r) // tells which cells of a table share their sources
	EachClaim(r, func(c *report.Claim) { first.addAll(first.Citations(c)) })
	s := newSources(r)
	s.sections(r.Sections, first)
	for _, f := range Findings(r.Findings) {
		s.addAll(f.Evidence)
	}
	return s
}

func newSources(r *report.Report) *Sources {
	return &Sources{byPlace: map[place]int{}, spots: map[place]map[Spot]bool{}, figures: Figures(r)}
}

func (s *Sources) sections(ss []report.Section, first *Sources) {
	for i := range ss {
		for j := range ss[i].Blocks {
			b := &ss[i].Blocks[j]
			for k := range b.Claims {
				s.addAll(s.Citations(&b.Claims[k]))
			}
			if b.Type == report.TableB {
				s.table(b, first.Marks(b))
			}
			s.addAll(s.ChartCitations(b.Chart))
		}
		s.sections(ss[i].Sections, first)
	}
}

func (s *Sources) table(b *report.Block, m TableMarks) {
	for i, row := range b.Rows {
		for j := range row {
			if len(m.Cells[i][j]) > 0 {
				s.addAll(s.Citations(&row[j]))
			}
		}
	}
	for j := range m.Columns {
		for _, row := range b.Rows {
			if j < len(row) {
				s.addAll(s.Citations(&row[j]))
			}
		}
	}
}

// ChartCitations are the places that a chart's figures were read from.
func (s *Sources) ChartCitations(c *report.Chart) []report.Citation {
	if c == nil {
		return nil
	}
	var out []report.Citation
	for _, series := range c.Series {
		out = append(out, s.cite(series.Figures)...)
	}
	return out
}

func (s *Sources) cite(figures []string) []report.Citation {
	var out []report.Citation
	for _, leaf := range Leaves(s.figures, figures) {
		if leaf.Source != nil {
			out = append(out, *leaf.Source)
		}
	}
	return out
}

func (s *Sources) addAll(cs []report.Citation) {
	for _, c := range cs {
		s.add(c)
	}
}

// Citations of a claim: its own, or the places that its figures were read from.
func (s *Sources) Citations(c *report.Claim) []report.Citation {
	if len(c.Citations) > 0 {
		return c.Citations
	}
	return s.cite(c.Figures)
}

func at(c report.Citation) (place, Spot) {
	sheet, cell, ok := strings.Cut(c.Cell, "!")
	if !ok {
		sheet, cell = "", c.Cell
	}
	p := place{c.File, c.Page, sheet}
	if sheet != "" {
		p.page = 0 // a sheet is named, not counted
	}
	return p, Spot{Cell: cell, Line: c.Line, Quote: report.Mask(strings.TrimSpace(c.Quote))}
}

func (s *Sources) add(c report.Citation) {
	if c.File == "" {
		return
	}
	p, spot := at(c)
	n, ok := s.byPlace[p]
	if !ok {
		n = len(s.list) + 1
		s.byPlace[p], s.spots[p] = n, map[Spot]bool{}
		s.list = append(s.list, Source{N: n, File: p.file, Page: p.page, Sheet: p.sheet})
	}
	if spot != (Spot{}) && !s.spots[p][spot] {
		s.spots[p][spot] = true
		s.list[n-1].Spots = append(s.list[n-1].Spots, spot)
	}
}

// N returns the number of a citation's source, 0 when it has no file or was not in the report.
func (s *Sources) N(c report.Citation) int {
	p, _ := at(c)
	return s.byPlace[p]
}

// Numbers returns a claim's source numbers, each once, in rising order.
func (s *Sources) Numbers(c *report.Claim) []int {
	return s.NumbersOf(s.Citations(c))
}

// NumbersOf returns the numbers of citations, each once, in rising order.
func (s *Sources) NumbersOf(cs []report.Citation) []int {
	seen := map[int]bool{}
	var out []int
	for _, c := range cs {
		if n := s.N(c); n > 0 && !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	sort.Ints(out)
	return out
}

// List returns all sources by number.
func (s *Sources) List() []Source { return s.list }

// FileSources are a file's sources by number.
type FileSources struct {
	File    string
	Sources []Source
}

// ByFile groups the sources by file, in order of first citation.
func (s *Sources) ByFile() []FileSources {
	var out []FileSources
	at := map[string]int{}
	for _, src := range s.list {
		i, ok := at[src.File]
		if !ok {
			i = len(out)
			at[src.File] = i
			out = append(out, FileSources{File: src.File})
		}
		out[i].Sources = append(out[i].Sources, src)
	}
	return out
}

// Text prints a spot: C7 “货币资金 1,234.00”.
func (s Spot) Text() string {
	var parts []string
	if s.Cell != "" {
		parts = append(parts, s.Cell)
	} else if s.Line > 0 {
		parts = append(parts, "第"+strconv.Itoa(s.Line)+"行")
	}
	if s.Quote != "" {
		parts = append(parts, "“"+s.Quote+"”")
	}
	return strings.Join(parts, " ")
}

// Text prints a whole source: file，第4页：C7 “…”；C8 “…”.
func (s Source) Text() string {
	out := s.File
	if w := s.Where(); w != "" {
		out += "，" + w
	}
	for i, sp := range s.Spots {
		sep := "；"
		if i == 0 {
			sep = "："
		}
		out += sep + sp.Text()
	}
	return out + "。"
}
