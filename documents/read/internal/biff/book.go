// Package biff reads the workbooks of Excel 5 to 2003 and of WPS (XLS, ET): records of MS-XLS in an OLE container.
//
// The libraries there are for it each miss some of what statements and ledgers need (strings over CONTINUE records,
// results of formulas, merged areas, hidden rows, Excel 5 in code page 936), and none bounds what a hostile file costs.
package biff

import (
	"encoding/binary"
	"errors"

	"github.com/xindiao/xindiao/documents/read/internal/sheet"
)

// Errors of a workbook that cannot be read.
var (
	ErrFormat    = errors.New("biff: not a workbook")
	ErrEncrypted = errors.New("biff: encrypted")
	ErrOld       = errors.New("biff: older than Excel 5")
)

// Record types, MS-XLS 2.3.
const (
	recFormula     = 0x0006
	recEOF         = 0x000A
	recDate1904    = 0x0022
	recFilePass    = 0x002F
	recContinue    = 0x003C
	recCodePage    = 0x0042
	recColInfo     = 0x007D
	recBoundSheet  = 0x0085
	recMulRK       = 0x00BD
	recRString     = 0x00D6
	recXF          = 0x00E0
	recMergedCells = 0x00E5
	recSST         = 0x00FC
	recLabelSST    = 0x00FD
	recNumber      = 0x0203
	recLabel       = 0x0204
	recBoolErr     = 0x0205
	recString      = 0x0207
	recRow         = 0x0208
	recRK          = 0x027E
	recFormat      = 0x041E
	recBOF         = 0x0809
)

// Book is an open workbook; it satisfies sheet.Book.
type Book struct {
	data    []byte // the Workbook stream
	wide    bool   // BIFF8: strings in Unicode
	page    int    // code page of BIFF5 strings
	sheets  []boundSheet
	strings []string
	styles  []int // numFmtId by XF
	codes   map[int]sheet.Format
	d1904   bool
	cells   int // that one sheet may have

	unlocked bool
}

type boundSheet struct {
	sheet.Info
	at   int
	grid bool // a worksheet; not a chart or macro module
}

const (
	maxSheets  = 10_000
	maxStyles  = 70_000
	maxStrings = 4 << 20
)

// Open reads the globals of a Workbook (or Book) stream. No sheet gives more than cells cells; text bounds the bytes of
// all shared strings.
func Open(data []byte, cells int, text int64) (*Book, error) {
	b := &Book{data: data, codes: map[int]sheet.Format{}, cells: cells}
	first, ok := b.record(0)
	if !ok {
		return nil, ErrFormat
	}
	if first.kind != recBOF || len(first.body) < 4 {
		if first.kind == 0x0009 || first.kind == 0x0209 || first.kind == 0x0409 {
			return nil, ErrOld
		}
		return nil, ErrFormat
	}
	switch binary.LittleEndian.Uint16(first.body) {
	case 0x0600:
		b.wide = true
	case 0x0500:
	default:
		return nil, ErrOld
	}
	if err := b.globals(first.next, text); err != nil {
		return nil, err
	}
	if len(b.sheets) == 0 {
		return nil, ErrFormat
	}
	return b, nil
}

// record is one record of the stream; body is within it, next the place of the one that follows.
type record struct {
	kind int
	body []byte
	next int
}

// record reads the record at a place. One that reaches over the end is cut, as is what an interrupted copy leaves.
func (b *Book) record(at int) (record, bool) {
	if at < 0 || at+4 > len(b.data) {
		return record{}, false
	}
	n := int(binary.LittleEndian.Uint16(b.data[at+2:]))
	end := min(at+4+n, len(b.data))
	return record{int(binary.LittleEndian.Uint16(b.data[at:])), b.data[at+4 : end], at + 4 + n}, true
}

func (b *Book) globals(at int, text int64) error {
	seen := map[int]bool{}
	for {
		r, ok := b.record(at)
		if !ok || r.kind == recEOF {
			return nil
		}
		at = r.next
		switch r.kind {
		case recFilePass:
			if b.unlocked || !b.unlock(r.body) {
				return ErrEncrypted
			}
			b.unlocked = true
		case recCodePage:
			b.page = u16(r.body, 0)
		case recDate1904:
			b.d1904 = u16(r.body, 0) == 1
		case recFormat:
			if len(r.body) > 2 && len(b.codes) < maxStyles {
				b.codes[u16(r.body, 0)] = sheet.Code(b.name(r.body[2:], b.wide))
			}
		case recXF:
			if len(b.styles) < maxStyles {
				b.styles = append(b.styles, u16(r.body, 2))
			}
		case recBoundSheet:
			if len(r.body) > 6 && len(b.sheets) < maxSheets {
				s := boundSheet{Info: sheet.Info{Name: b.name(r.body[6:], false), Hidden: r.body[4]&3 != 0},
					at: int(binary.LittleEndian.Uint32(r.body)), grid: r.body[5] == 0}
				s.grid = s.grid && !seen[s.at] // a thousand names for one sheet are a bomb
				seen[s.at] = true
				b.sheets = append(b.sheets, s)
			}
		case recSST:
			at = b.shared(r, text)
		}
	}
}

// Sheets lists the sheets in their order.
func (b *Book) Sheets() []sheet.Info {
	out := make([]sheet.Info, len(b.sheets))
	for i, s := range b.sheets {
		out[i] = s.Info
	}
	return out
}

// Date1904 tells that days count from 1904.
func (b *Book) Date1904() bool { return b.d1904 }

// Format tells how a style shows its numbers.
func (b *Book) Format(style int) sheet.Format {
	if style < 0 || style >= len(b.styles) {
		return sheet.Plain
	}
	if f, ok := b.codes[b.styles[style]]; ok {
		return f
	}
	return sheet.Builtin(b.styles[style])
}

// u16 reads a little-endian number, 0 behind the end.
func u16(b []byte, at int) int {
	if at+2 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(b[at:]))
}
