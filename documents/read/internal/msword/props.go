package msword

import "sort"

// props are the properties of a stretch of the file that bear on its text.
type props struct {
	from, to int // bytes of the WordDocument stream

	inTable  bool
	rowEnd   bool // the mark that ends a table row
	depth    int  // of table nesting
	innerEnd byte // in a nested table: 'c' ends a cell, 'r' a row
	row      []byte
	style    int
	list     int // from 1; 0 for none
	level    int
	listed   bool // list is said here, not by the style

	deleted  bool
	inserted bool
	hidden   bool
	special  bool // the characters stand for objects
	symbol   rune // what a special 0x28 shows, in its font's own code
}

// Single property modifiers (2.6).
const (
	sprmDeleted    = 0x0800
	sprmInserted   = 0x0801
	sprmVanish     = 0x083C
	sprmSpecial    = 0x0855
	sprmSymbol     = 0x6A09
	sprmInTable    = 0x2416
	sprmRowEnd     = 0x2417
	sprmDepth      = 0x6649
	sprmInnerCell  = 0x244B
	sprmInnerRow   = 0x244C
	sprmList       = 0x460B
	sprmLevel      = 0x260A
	sprmTableRow   = 0xD608
	sprmChangeTabs = 0xC615
	sprmHuge       = 0x6646 // the list is in the Data stream, for tables with many columns
	sprmHugeOld    = 0x6645
)

const page = 512 // of a formatted disk page, FKP

// runs reads the pages that a PlcBteChpx or PlcBtePapx names (2.8.5, 2.9.33, 2.9.175).
func (f *fib) runs(plc int, paragraphs bool) []props {
	b := f.block(plc)
	n := (len(b) - 4) / 8
	var out []props
	seen := map[int]bool{}
	for i := range max(n, 0) {
		at := int(u32(b, 4*(n+1)+4*i)&0x3FFFFF) * page
		if seen[at] || at+page > len(f.word) {
			continue
		}
		seen[at] = true
		out = append(out, onePage(f.word[at:at+page], paragraphs, f.data)...)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].from < out[j].from })
	return out
}

func onePage(fkp []byte, paragraphs bool, data []byte) (out []props) {
	n := int(fkp[page-1])
	step := 1
	if paragraphs {
		step = 13
	}
	if 4*(n+1)+step*n >= page {
		return nil
	}
	for i := range n {
		p := props{from: int(u32(fkp, 4*i)), to: int(u32(fkp, 4*i+4))}
		if at := 2 * int(fkp[4*(n+1)+step*i]); at > 0 && p.from < p.to {
			var list []byte
			if size := int(fkp[at]); !paragraphs {
				list = slice(fkp, at+1, size)
			} else if size > 0 {
				p.style = u16(fkp, at+1)
				list = slice(fkp, at+3, 2*size-3)
			} else if at+1 < page {
				p.style = u16(fkp, at+2)
				list = slice(fkp, at+4, 2*int(fkp[at+1])-2)
			}
			p.apply(list, data)
		}
		out = append(out, p)
	}
	return out
}

func slice(b []byte, at, n int) []byte {
	if n <= 0 || at >= len(b) {
		return nil
	}
	return b[at:min(at+n, len(b))]
}

// apply goes over a list of modifiers; how long an operand is, its first three bits say (2.2.5.1).
func (p *props) apply(list, data []byte) {
	for len(list) >= 3 {
		sprm, arg := u16(list, 0), list[2:]
		n := 1
		switch sprm >> 13 {
		case 2, 4, 5:
			n = 2
		case 3:
			n = 4
		case 7:
			n = 3
		case 6:
			switch n = 1 + int(arg[0]); {
			case sprm == sprmTableRow:
				n = 1 + u16(arg, 0)
			case sprm == sprmChangeTabs && arg[0] == 255:
				return
			}
		}
		if n > len(arg) {
			return
		}
		on := arg[0]&1 != 0
		switch sprm {
		case sprmInTable:
			p.inTable = on
		case sprmRowEnd:
			p.rowEnd = on
		case sprmDepth:
			p.depth = int(min(u32(arg, 0), 64))
		case sprmInnerCell:
			p.innerEnd = 'c'
		case sprmInnerRow:
			p.innerEnd = 'r'
		case sprmTableRow:
			p.row = arg[2:n]
		case sprmList:
			p.list, p.listed = u16(arg, 0), true
		case sprmLevel:
			p.level = int(arg[0])
		case sprmDeleted:
			p.deleted = on
		case sprmInserted:
			p.inserted = on
		case sprmVanish:
			p.hidden = on
		case sprmSpecial:
			p.special = on
		case sprmHuge, sprmHugeOld:
			if at := int(u32(arg, 0)); at+2 <= len(data) {
				p.apply(slice(data, at+2, u16(data, at)), nil)
			}
		case sprmSymbol:
			p.symbol = rune(u16(arg, 2))
		}
		list = arg[n:]
	}
}

// lookup finds the run around a byte, remembering where it was last.
type lookup struct {
	runs []props
	last int
}

var none props

func (l *lookup) at(fc int) *props {
	if l.last < len(l.runs) && l.runs[l.last].from <= fc && fc < l.runs[l.last].to {
		return &l.runs[l.last]
	}
	i := sort.Search(len(l.runs), func(i int) bool { return l.runs[i].from > fc }) - 1
	if i < 0 || fc >= l.runs[i].to {
		return &none
	}
	l.last = i
	return &l.runs[i]
}
