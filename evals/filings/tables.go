package filings

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
)

// Bounds on what one table may hold.
const (
	maxBytes = 1 << 30
	maxRows  = 2_000_000
	maxCols  = 500
)

// column is one column that is kept.
type column struct {
	name, id string
}

type table struct {
	*tableSpec
	columns []column
}

// record is one row of a table, cells in the order of its columns.
type record struct {
	line  int
	cells []string
}

// firm is one company with its rows, by year and table.
type firm struct {
	code, name string
	years      map[int][]record
}

type corpus struct {
	book     *book
	tables   []table
	firms    []*firm // in the order met
	byName   map[string]*firm
	byCode   map[string]*firm
	unmapped []string // columns that nobody knows
	carried  map[string]bool
	filings  int
	twice    int // rows for a company and year that was there
}

// load reads every table once, row by row.
func load(dir string) (*corpus, error) {
	b, err := loadBook()
	if err != nil {
		return nil, err
	}
	c := &corpus{book: b, byName: map[string]*firm{}, byCode: map[string]*firm{}, carried: map[string]bool{}}
	for i := range b.tables.Tables {
		if err := c.read(dir, &b.tables.Tables[i]); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *corpus) read(dir string, spec *tableSpec) error {
	fail := func(err error, msg string) error {
		return &dossier.Error{Kind: dossier.ErrInput, File: filepath.Join(dir, spec.File), Msg: msg, Cause: err}
	}
	f, err := os.Open(filepath.Join(dir, spec.File))
	if err != nil {
		return fail(err, "打不开数据表")
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fail(err, "不是 gzip 文件")
	}
	r := csv.NewReader(io.LimitReader(z, maxBytes))
	r.ReuseRecord = true
	head, err := r.Read()
	if err != nil || len(head) > maxCols {
		return fail(err, "读不出表头")
	}
	t, from, at, err := c.columns(spec, head)
	if err != nil {
		return fail(err, "表头缺少公司代码、简称或年份")
	}
	n := len(c.tables)
	c.tables = append(c.tables, t)
	for line := 2; ; line++ {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil || line > maxRows {
			return fail(err, fmt.Sprintf("第%d行读不出", line))
		}
		year, err := strconv.Atoi(row[at[2]])
		if err != nil || year < 1990 || year > 2100 {
			return fail(err, fmt.Sprintf("第%d行的年份读不出", line))
		}
		rec := record{line: line, cells: make([]string, len(from))}
		for i, k := range from {
			if v := row[k]; !slices.Contains(spec.Absent, v) {
				rec.cells[i] = v
			}
		}
		c.keep(row[at[0]], row[at[1]], year, n, rec)
	}
}

// columns sorts a table's columns: the indices of the kept ones, and of code, name and year.
func (c *corpus) columns(spec *tableSpec, head []string) (t table, from []int, at [3]int, err error) {
	t.tableSpec = spec
	keys := c.book.tables.Keys
	for i, k := range []string{keys.Code, keys.Name, keys.Year} {
		if at[i] = slices.Index(head, k); at[i] < 0 {
			return t, nil, at, fmt.Errorf("no column %s", k)
		}
	}
	for i, name := range head {
		if slices.Contains(at[:], i) || slices.Contains(c.book.tables.Ignored, name) {
			continue
		}
		id, known := spec.Columns[name]
		switch {
		case spec.Text:
			id = name
		case !known:
			if id, known = finance.Lookup(spec.Statement, name); !known {
				c.unmapped = append(c.unmapped, spec.Name+"："+name)
			}
		}
		if id == "" {
			continue
		}
		t.columns = append(t.columns, column{name, id})
		from = append(from, i)
		c.carried[id] = true
	}
	return t, from, at, nil
}

func (c *corpus) keep(code, name string, year, table int, rec record) {
	f := c.byCode[code]
	if f == nil {
		f = &firm{code: code, name: name, years: map[int][]record{}}
		c.byCode[code] = f
		c.firms = append(c.firms, f)
	}
	c.byName[name] = f
	y := f.years[year]
	if y == nil {
		y = make([]record, len(c.book.tables.Tables))
		f.years[year] = y
		c.filings++
	}
	if y[table].cells != nil {
		c.twice++
	}
	y[table] = rec
}
