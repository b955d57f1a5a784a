package invoice

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/xindiao/xindiao/dossier"
)

// ReadOptions say what a ledger does not say itself.
type ReadOptions struct {
	File  string                 // for messages
	Owner func(name []byte) bool // tells the owner's own name among sellers and buyers
	Side  Side                   // of rows that name both sides and whose owner is unknown
}

// Reader reads a ledger in CSV: UTF-8, GB18030 or UTF-16, separated by comma, tab, semicolon or bar, with a header
// within the first 30 records. What stands above the header and what is no invoice (totals) is skipped.
type Reader struct {
	s       *splitter
	l       *layout
	w       who
	file    string
	rows    int
	skipped int
}

const headerWithin = 30

// NewReader finds encoding, separator and header. The error says in Chinese why the file is no ledger.
func NewReader(r io.Reader, o ReadOptions) (*Reader, error) {
	br := bufio.NewReaderSize(r, 64<<10)
	start, _ := br.Peek(64 << 10)
	var src io.Reader = br
	switch {
	case bytes.HasPrefix(start, []byte{0xFF, 0xFE}) || bytes.HasPrefix(start, []byte{0xFE, 0xFF}):
		src = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(br)
	case bytes.HasPrefix(start, []byte("\xEF\xBB\xBF")):
		br.Discard(3) //nolint:errcheck // they have been peeked
	case !utf8Start(start):
		src = simplifiedchinese.GB18030.NewDecoder().Reader(br)
	}
	text := bufio.NewReaderSize(src, 64<<10)
	start, _ = text.Peek(64 << 10)
	for _, comma := range []byte{',', '\t', ';', '|'} {
		s := newSplitter(bytes.NewReader(start), comma)
		for range headerWithin {
			rec, err := s.record()
			if err != nil {
				break
			}
			if l, ok := head(rec); ok {
				in := &Reader{s: newSplitter(text, comma), l: l, w: who{o.Owner, o.Side}, file: o.File}
				for in.s.line < s.line {
					if _, err := in.s.record(); err != nil {
						return nil, in.fail(err)
					}
				}
				return in, nil
			}
		}
	}
	return nil, &dossier.Error{Kind: dossier.ErrUnsupported, File: o.File, Msg: "前30行没有发票清单的表头（发票号码、开票日期、购方或销方、金额）"}
}

// utf8Start tells whether the beginning of a file is UTF-8; its last rune may be cut.
func utf8Start(b []byte) bool {
	if len(b) == 64<<10 {
		for i := 1; i <= 3; i++ {
			if utf8.RuneStart(b[len(b)-i]) {
				b = b[:len(b)-i]
				break
			}
		}
	}
	return utf8.Valid(b)
}

func (r *Reader) fail(err error) error {
	return &dossier.Error{Kind: dossier.ErrPartial, File: r.file, Msg: fmt.Sprintf("第%d行之后没有读完：%v；之前的%d张发票已计入", r.s.next, err, r.rows), Cause: err}
}

// Next reads the next invoice into row, io.EOF at the end. Another error says in Chinese what kept the rest from
// being read; the rows before it stand.
func (r *Reader) Next(row *Row) error {
	for {
		rec, err := r.s.record()
		if err == io.EOF {
			return err
		}
		if err != nil {
			return r.fail(err)
		}
		row.Line = r.s.line
		if r.l.fill(rec, r.w, row) {
			r.rows++
			return nil
		}
		r.skipped++
	}
}

// Skipped counts records that are no invoices.
func (r *Reader) Skipped() int { return r.skipped }

// Table reads a ledger from the rows of a table that somebody else has read: a sheet, a table of a PDF.
type Table struct {
	l      *layout
	w      who
	fields [][]byte
}

// NewTable makes a reader of table rows.
func NewTable(o ReadOptions) *Table { return &Table{w: who{o.Owner, o.Side}} }

// Header tells whether a header has been found.
func (t *Table) Header() bool { return t.l != nil }

// Row reads the cells of one row; false when it is a header or no invoice. A later header takes over, as the sheets
// of a workbook repeat it.
func (t *Table) Row(cells []string, line int, row *Row) bool {
	if len(cells) > maxColumns {
		cells = cells[:maxColumns]
	}
	t.fields = t.fields[:0]
	for _, c := range cells {
		t.fields = append(t.fields, []byte(c))
	}
	if l, ok := head(t.fields); ok {
		t.l = l
		return false
	}
	row.Line = line
	return t.l != nil && t.l.fill(t.fields, t.w, row)
}
