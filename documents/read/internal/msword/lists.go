package msword

import (
	"strings"
	"unicode/utf16"

	"github.com/xindiao/xindiao/documents/read/internal/flow"
)

// More places in fibRgFcLcb97.
const (
	stsh   = 1
	plfLst = 73
	plfLfo = 74
)

// lists are the lists of a document by the number that paragraphs name (LFO, 2.9.131), from 1.
func (f *fib) lists() []*flow.List {
	byID := f.definitions()
	b := f.block(plfLfo)
	n := min(int(u32(b, 0)), max((len(b)-4)/16, 0))
	out := make([]*flow.List, 0, max(n, 0))
	for i := range max(n, 0) {
		out = append(out, byID[u32(b, 4+16*i)])
	}
	return out
}

// definitions reads the lists (LSTF, 2.9.147) and, behind them, their levels (LVL, 2.9.150).
func (f *fib) definitions() map[uint32]*flow.List {
	b := f.block(plfLst)
	n := min(u16(b, 0), max((len(b)-2)/28, 0))
	out := map[uint32]*flow.List{}
	if n == 0 {
		return out
	}
	rest := f.table[int(u32(f.word, 154+8*plfLst))+len(b):]
	for i := range n {
		at := 2 + 28*i
		l := &flow.List{}
		out[u32(b, at)] = l
		levels := 9
		if b[at+26]&1 != 0 {
			levels = 1
		}
		for k := range levels {
			var ok bool
			if l.Levels[k], rest, ok = listLevel(rest); !ok {
				return out
			}
		}
	}
	return out
}

// listLevel reads one level: 28 bytes, two lists of properties, and the text with the levels' numbers in it.
func listLevel(b []byte) (lv flow.Level, rest []byte, ok bool) {
	if len(b) < 28 {
		return lv, nil, false
	}
	lv.Start = int(int32(u32(b, 0)))
	lv.Format = formats[b[4]]
	lv.Tight = b[15] == 2
	at := 28 + int(b[24]) + int(b[25])
	cch := u16(b, at)
	if at += 2; at+2*cch > len(b) {
		return lv, nil, false
	}
	units := make([]uint16, cch)
	for i := range units {
		units[i] = uint16(u16(b, at+2*i))
	}
	var text strings.Builder
	for _, c := range utf16.Decode(units) {
		switch {
		case c < 9:
			text.WriteByte('%')
			text.WriteByte(byte('1' + c))
		case c >= 0x20 && (c < 0xF000 || c > 0xF0FF): // not a sign of Symbol or Wingdings
			text.WriteRune(c)
		}
	}
	lv.Text = text.String()
	return lv, b[at+2*cch:], true
}

// formats are number formats by MSONFC (MS-OSHARED 2.2.1.3).
var formats = map[byte]string{0x00: "decimal", 0x01: "upperRoman", 0x02: "lowerRoman", 0x03: "upperLetter", 0x04: "lowerLetter", 0x0A: "ideographDigital",
	0x0B: "japaneseCounting", 0x12: "decimalEnclosedCircle", 0x16: "decimalZero", 0x17: "bullet", 0x1A: "decimalEnclosedFullstop", 0x1B: "decimalEnclosedParen",
	0x1C: "decimalEnclosedCircle", 0x1D: "decimalEnclosedCircle", 0x1E: "ideographTraditional", 0x1F: "ideographZodiac", 0x21: "taiwaneseCounting",
	0x22: "ideographLegalTraditional", 0x23: "taiwaneseCountingThousand", 0x24: "taiwaneseDigital", 0x25: "chineseCounting", 0x26: "chineseLegalSimplified",
	0x27: "chineseCountingThousand", 0xFF: "none"}

// styles reads which list and level a paragraph style puts its paragraphs in (STSH, 2.9.271; STD, 2.9.260).
func (f *fib) styles() []props {
	b := f.block(stsh)
	head := 2 + u16(b, 0)
	count, base := min(u16(b, 2), 4096), u16(b, 4)
	var out []props
	parents := make([]int, 0, count)
	for at := head; len(out) < count && at+2 <= len(b); {
		n := u16(b, at)
		std := slice(b, at+2, n)
		at += 2 + n
		p, parent := styleProps(std, base)
		out, parents = append(out, p), append(parents, parent)
	}
	for i := range out { // a style without a list of its own has its parent's
		for up, tries := parents[i], 0; out[i].list == 0 && up < len(out) && tries < 10; up, tries = parents[up], tries+1 {
			if out[up].list != 0 {
				out[i].list, out[i].level = out[up].list, out[up].level
			}
		}
	}
	return out
}

func styleProps(std []byte, base int) (p props, parent int) {
	parent = u16(std, 2) >> 4
	if u16(std, 2)&15 != 1 { // of characters, tables or lists
		return p, parent
	}
	at := base + 2 + 2*u16(std, base) + 2 // past the name and its zero
	at += at & 1
	if n := u16(std, at); n > 2 {
		p.apply(slice(std, at+4, n-2), nil)
	}
	return p, parent
}
