// Package sheet is what the readers of spreadsheets share: rows of typed cells, and how a cell's value is written.
package sheet

// Kind of a cell's stored value.
type Kind uint8

// Kinds.
const (
	Empty   Kind = iota // nothing stored; with Formula set, a formula whose result was not saved
	Number              // Raw is a number as stored, or a serial day
	Text                // Raw is the text
	Bool                // Raw is 1 or 0
	Error               // Raw is #DIV/0! and the like
	ISODate             // Raw is 2006-01-02T15:04:05
)

// Cell is one stored cell.
type Cell struct {
	Col     int // from 0
	Kind    Kind
	Raw     string
	Style   int // into the workbook's formats
	Formula bool
}

// Row is one stored row; it and its cells are reused for the next one.
type Row struct {
	Number int // from 1
	Hidden bool
	Cells  []Cell // by column
}

// Merge is a merged area; rows count from 1, columns from 0, both ends included.
type Merge struct{ Row0, Col0, Row1, Col1 int }

// Tail is what is known of a sheet once its rows are read.
type Tail struct {
	Merges     []Merge
	HiddenCols []Span
}

// Span is a run of columns, from 0, both ends included.
type Span struct{ From, To int }

// Info names a sheet.
type Info struct {
	Name   string
	Hidden bool
}

// Book is a workbook that gives its rows in order.
type Book interface {
	Sheets() []Info
	// Each calls visit for every stored row of sheet i, from the top; an error from visit ends it.
	Each(i int, visit func(*Row) error) (Tail, error)
	Date1904() bool
	// Format tells how a style shows its numbers.
	Format(style int) Format
}

// MaxCols is how many columns a sheet can have.
const MaxCols = 16384

// MaxRows is how many rows a sheet can have.
const MaxRows = 1 << 20

// MaxMerges bounds the merged areas that are kept of one sheet.
const MaxMerges = 100_000

// Column spells a column's letters: 0 is A, 27 is AB.
func Column(c int) string {
	if c < 26 {
		return alphabet[c : c+1]
	}
	var b [4]byte
	i := len(b)
	for c++; c > 0 && i > 0; c = (c - 1) / 26 {
		i--
		b[i] = alphabet[(c-1)%26]
	}
	return string(b[i:])
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// Place reads an address such as AB12; ok is false for what is none or lies outside a sheet.
func Place(ref []byte) (col, row int, ok bool) {
	i := 0
	for ; i < len(ref) && i < 4; i++ {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		col = col*26 + int(c-'A') + 1
	}
	letters := i
	for ; i < len(ref) && row <= MaxRows; i++ {
		if ref[i] < '0' || ref[i] > '9' {
			return 0, 0, false
		}
		row = row*10 + int(ref[i]-'0')
	}
	if letters == 0 || i == letters || row == 0 || row > MaxRows || col > MaxCols {
		return 0, 0, false
	}
	return col - 1, row, true
}
