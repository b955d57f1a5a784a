package biff

import (
	"encoding/binary"
	"math"
	"sort"
	"strconv"

	"github.com/xindiao/xindiao/documents/read/internal/sheet"
)

// spot is where a cell's value lies; twelve bytes, for a sheet may have millions, and not every writer keeps to the
// order of rows.
type spot struct {
	row, col, xf uint16
	kind         uint8
	at           uint32 // of the value, within the stream
}

// Kinds of values at a spot.
const (
	isSST uint8 = iota
	isLabel
	isNumber
	isRK
	isBool
	isError
	isString // of the STRING record behind a formula
)

// grid is a sheet's records, sorted out.
type grid struct {
	spots  []spot
	hidden map[uint16]bool
	tail   sheet.Tail
	sorted bool
}

// Each reads sheet i row by row.
func (b *Book) Each(i int, visit func(*sheet.Row) error) (sheet.Tail, error) {
	if !b.sheets[i].grid {
		return sheet.Tail{}, nil
	}
	g := &grid{hidden: map[uint16]bool{}, sorted: true}
	whole := b.collect(g, b.sheets[i].at)
	if !g.sorted {
		sort.SliceStable(g.spots, func(i, j int) bool {
			a, z := g.spots[i], g.spots[j]
			return a.row < z.row || a.row == z.row && a.col < z.col
		})
	}
	var row sheet.Row
	for k := 0; k < len(g.spots); {
		n := g.spots[k].row
		row = sheet.Row{Number: int(n) + 1, Hidden: g.hidden[n], Cells: row.Cells[:0]}
		for ; k < len(g.spots) && g.spots[k].row == n; k++ {
			row.Cells = append(row.Cells, b.cell(g.spots[k]))
		}
		if err := visit(&row); err != nil {
			return g.tail, err
		}
	}
	if !whole {
		return g.tail, ErrFormat
	}
	return g.tail, nil
}

// collect goes over the records of one sheet; false when they break off.
func (b *Book) collect(g *grid, at int) bool {
	r, ok := b.record(at)
	if !ok || r.kind != recBOF {
		return false
	}
	for depth := 1; depth > 0; {
		at = r.next
		if r, ok = b.record(at); !ok {
			return false
		}
		switch {
		case r.kind == recBOF: // a chart within the sheet
			depth++
		case r.kind == recEOF:
			depth--
		case depth > 1:
		case len(g.spots) > b.cells:
			return false
		default:
			b.take(g, r, at)
		}
	}
	return true
}

// take files one record of a sheet.
func (b *Book) take(g *grid, r record, at int) {
	body, value := r.body, at+4+6 // row, column and XF come before the value
	switch r.kind {
	case recRow:
		if len(body) >= 14 && body[12]&0x20 != 0 {
			g.hidden[uint16(u16(body, 0))] = true
		}
	case recColInfo:
		if len(body) >= 10 && body[8]&1 != 0 && len(g.tail.HiddenCols) < 256 {
			if from, to := u16(body, 0), u16(body, 2); from <= to && from < 256 {
				g.tail.HiddenCols = append(g.tail.HiddenCols, sheet.Span{From: from, To: min(to, 255)})
			}
		}
	case recMergedCells:
		for i := 2; i+8 <= len(body) && len(g.tail.Merges) < sheet.MaxMerges; i += 8 {
			m := sheet.Merge{Row0: u16(body, i) + 1, Row1: u16(body, i+2) + 1, Col0: u16(body, i+4), Col1: u16(body, i+6)}
			if m.Row0 <= m.Row1 && m.Col0 <= m.Col1 {
				g.tail.Merges = append(g.tail.Merges, m)
			}
		}
	case recLabelSST:
		g.add(body, isSST, value, 4)
	case recLabel, recRString:
		g.add(body, isLabel, value, 2)
	case recNumber:
		g.add(body, isNumber, value, 8)
	case recRK:
		g.add(body, isRK, value, 4)
	case recBoolErr:
		if len(body) >= 8 {
			kind := isBool
			if body[7] != 0 {
				kind = isError
			}
			g.add(body, kind, value, 2)
		}
	case recMulRK:
		row, col := u16(body, 0), u16(body, 2)
		for i := 4; i+6 <= len(body)-2; i += 6 {
			g.put(spot{uint16(row), uint16(col), uint16(u16(body, i)), isRK, uint32(at + 4 + i + 2)})
			col++
		}
	case recFormula:
		b.formula(g, r, value)
	}
}

func (g *grid) add(body []byte, kind uint8, at, size int) {
	if len(body) >= 6+size {
		g.put(spot{uint16(u16(body, 0)), uint16(u16(body, 2)), uint16(u16(body, 4)), kind, uint32(at)})
	}
}

func (g *grid) put(s spot) {
	if n := len(g.spots); n > 0 && (s.row < g.spots[n-1].row || s.row == g.spots[n-1].row && s.col < g.spots[n-1].col) {
		g.sorted = false
	}
	g.spots = append(g.spots, s)
}

// formula files the saved result of a formula (MS-XLS 2.5.133): a number, or what 0xFFFF in its place announces.
func (b *Book) formula(g *grid, r record, at int) {
	body := r.body
	if len(body) < 14 {
		return
	}
	if u16(body, 12) != 0xFFFF {
		g.add(body, isNumber, at, 8)
		return
	}
	switch body[6] {
	case 0: // the text is in a STRING record; one of a shared formula or array may stand between
		next := r.next
		for range 4 {
			s, ok := b.record(next)
			if !ok || s.kind == recFormula {
				return
			}
			if s.kind == recString {
				g.add(body, isString, next, 0)
				return
			}
			next = s.next
		}
	case 1:
		g.add(body, isBool, at+2, 2)
	case 2:
		g.add(body, isError, at+2, 2)
	}
}

// cell reads the value at a spot.
func (b *Book) cell(s spot) sheet.Cell {
	c := sheet.Cell{Col: int(s.col), Style: int(s.xf), Kind: sheet.Text}
	v := b.data[s.at:]
	switch s.kind {
	case isSST:
		if n := binary.LittleEndian.Uint32(v); int64(n) < int64(len(b.strings)) {
			c.Raw = b.strings[n]
		}
	case isLabel:
		if r, ok := b.record(int(s.at) - 10); ok {
			c.Raw = b.long(r, 6)
		}
	case isString:
		if r, ok := b.record(int(s.at)); ok {
			c.Raw = b.long(r, 0)
		}
	case isNumber:
		number(&c, math.Float64frombits(binary.LittleEndian.Uint64(v)))
	case isRK:
		number(&c, rk(binary.LittleEndian.Uint32(v)))
	case isBool:
		c.Kind, c.Raw = sheet.Bool, strconv.Itoa(int(v[0]))
	case isError:
		c.Kind, c.Raw = sheet.Error, errorText[v[0]]
	}
	return c
}

// long reads a string with a length of two bytes at an offset into a record, over CONTINUE records if need be.
func (b *Book) long(r record, at int) string {
	if len(r.body) < at+2 {
		return ""
	}
	n, body := u16(r.body, at), r.body[at+2:]
	if !b.wide {
		return b.decode(body[:min(n, len(body))])
	}
	if len(body) == 0 {
		return ""
	}
	return (&chain{b: b, left: body[1:], next: r.next}).runes(n, body[0]&1 != 0)
}

func number(c *sheet.Cell, v float64) {
	c.Kind = sheet.Number
	switch abs := math.Abs(v); {
	case math.IsNaN(v), math.IsInf(v, 0):
		c.Kind, c.Raw = sheet.Error, "#NUM!"
	case abs < 1e16 && abs >= 1e-9 || v == 0:
		c.Raw = strconv.FormatFloat(v, 'f', -1, 64)
	default:
		c.Raw = strconv.FormatFloat(v, 'g', -1, 64)
	}
}

// rk unpacks an RkNumber (MS-XLS 2.5.217): 30 bits of an integer or of a double, perhaps in hundredths.
func rk(n uint32) float64 {
	var v float64
	if n&2 != 0 {
		v = float64(int32(n) >> 2)
	} else {
		v = math.Float64frombits(uint64(n&^3) << 32)
	}
	if n&1 != 0 {
		v /= 100
	}
	return v
}

// errorText spells error codes (MS-XLS 2.5.10).
var errorText = map[byte]string{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
