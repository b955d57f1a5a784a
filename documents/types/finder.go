package types

import (
	"fmt"
	"regexp"

	"github.com/xindiao/xindiao/dossier"
)

// Finder is one way to find a field; exactly one of Labels, Pattern, Section, Rows, Lines, Count, Sum, First, Last,
// Head, Func is set.
type Finder struct {
	Labels  []string `yaml:"labels"`  // 单位名称：VALUE on a line, or the next cell of a table
	Below   bool     `yaml:"below"`   // with Labels: the value stands under the label, in a table
	Pattern string   `yaml:"pattern"` // first group is the value; see In
	In      string   `yaml:"in"`      // flow (default): the whole text without blanks and line ends; lines: line by line, blanks kept as one; title: the first lines; file: the file name
	Pick    string   `yaml:"pick"`    // of several matches: first (default), last, max (by value)
	Section string   `yaml:"section"` // pattern of a heading; the value is the text up to the next heading
	End     string   `yaml:"end"`     // pattern that ends a section, list or table; default: the next heading
	Rows    *Rows    `yaml:"rows"`    // a table by its headers
	Lines   string   `yaml:"lines"`   // rows by a pattern with named groups, one match a row
	Split   string   `yaml:"split"`   // rows by splitting the value of Pattern or Labels; Column names the cell
	Column  string   `yaml:"column"`
	Count   string   `yaml:"count"` // rows field: number of rows
	Sum     string   `yaml:"sum"`   // rows field . column
	First   string   `yaml:"first"` // value of a column in the first row
	Last    string   `yaml:"last"`  // in the last row
	Min     string   `yaml:"min"`
	Max     string   `yaml:"max"`
	Where   string   `yaml:"where"` // with Sum, Count: COLUMN=VALUE
	Func    string   `yaml:"func"`  // a finder written in Go, see documents/extract
	Take    string   `yaml:"take"`  // pattern whose first group is cut out of what was found
	Map     []Choice `yaml:"map"`   // what was found -> value; no match: not found
	Min1    bool     `yaml:"some"`  // rows: an empty list does not count as found

	Kinds map[string]dossier.FieldKind `yaml:"kinds"` // of the columns of Lines and Split
	Unit  string                       `yaml:"unit"`  // of money found this way, over the field's
	Why   string                       `yaml:"why"`   // the layout that it is for, when no example shows it

	re, take, section, end, lines, split *regexp.Regexp
}

// Choice maps what matches to a value.
type Choice struct {
	Match string `yaml:"match"`
	Value string `yaml:"value"`

	re *regexp.Regexp
}

// Matches tells whether s is meant.
func (c Choice) Matches(s string) bool { return c.re != nil && c.re.MatchString(s) }

// Rows describes a table: the header cells that name its columns and where it ends.
type Rows struct {
	After   string   `yaml:"after"`   // pattern that stands in the table's name, page or text above it; "" any
	Columns []Column `yaml:"columns"` // a table qualifies when all required columns are found in one row
	Without []string `yaml:"without"` // header texts that speak of another table
	Stop    []string `yaml:"stop"`    // a row whose first filled cell begins so ends the table; default 合计 总计 小计
}

// Column of a table.
type Column struct {
	Key      string            `yaml:"key"`
	Heads    []string          `yaml:"heads"` // header texts, blanks dropped; matched whole first, then as a part
	Kind     dossier.FieldKind `yaml:"kind"`
	Unit     string            `yaml:"unit"`
	Required bool              `yaml:"required"` // the header must be there
	Filled   bool              `yaml:"filled"`   // rows without it are left out
}

// PatternRe returns the compiled Pattern, nil when unset.
func (f *Finder) PatternRe() *regexp.Regexp { return f.re }

// TakeRe returns the compiled Take, nil when unset.
func (f *Finder) TakeRe() *regexp.Regexp { return f.take }

// SectionRe returns the compiled Section, nil when unset.
func (f *Finder) SectionRe() *regexp.Regexp { return f.section }

// EndRe returns the compiled End, nil when unset.
func (f *Finder) EndRe() *regexp.Regexp { return f.end }

// LinesRe returns the compiled Lines, nil when unset.
func (f *Finder) LinesRe() *regexp.Regexp { return f.lines }

// SplitRe returns the compiled Split, nil when unset.
func (f *Finder) SplitRe() *regexp.Regexp { return f.split }

func (f *Finder) compile() error {
	for _, p := range []struct {
		src string
		dst **regexp.Regexp
	}{{f.Pattern, &f.re}, {f.Take, &f.take}, {f.Section, &f.section}, {f.End, &f.end}, {f.Lines, &f.lines}, {f.Split, &f.split}} {
		if p.src == "" {
			continue
		}
		re, err := compiled(p.src)
		if err != nil {
			return err
		}
		*p.dst = re
	}
	for i := range f.Map {
		re, err := compiled(f.Map[i].Match)
		if err != nil {
			return err
		}
		f.Map[i].re = re
	}
	if f.re != nil && f.re.NumSubexp() < 1 {
		return fmt.Errorf("pattern %q has no group", f.Pattern)
	}
	return nil
}
