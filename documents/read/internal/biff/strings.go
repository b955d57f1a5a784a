package biff

import (
	"encoding/binary"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// chain reads over a record and the CONTINUE records behind it.
type chain struct {
	b    *Book
	left []byte
	next int // place of the record behind
}

func (c *chain) more() bool {
	r, ok := c.b.record(c.next)
	if !ok || r.kind != recContinue {
		return false
	}
	c.left, c.next = r.body, r.next
	return true
}

// bytes returns n bytes of plain data, which may lie in several records; nil when they end before.
func (c *chain) bytes(n int) []byte {
	if n <= len(c.left) {
		out := c.left[:n]
		c.left = c.left[n:]
		return out
	}
	var out []byte
	for n > 0 {
		if len(c.left) == 0 && !c.more() {
			return nil
		}
		k := min(n, len(c.left))
		out, c.left, n = append(out, c.left[:k]...), c.left[k:], n-k
	}
	return out
}

func (c *chain) skip(n int) {
	for n > 0 {
		if len(c.left) == 0 && !c.more() {
			return
		}
		k := min(n, len(c.left))
		c.left, n = c.left[k:], n-k
	}
}

// runes reads cch characters, wide or one byte each; where they go on in another record, that begins with a flag
// byte of its own (MS-XLS 2.5.293).
func (c *chain) runes(cch int, wide bool) string {
	units := make([]uint16, 0, min(cch, 4096))
	for cch > 0 {
		if len(c.left) == 0 {
			if !c.more() || len(c.left) == 0 {
				break
			}
			wide = c.left[0]&1 != 0
			c.left = c.left[1:]
			continue
		}
		if !wide {
			k := min(cch, len(c.left))
			for _, x := range c.left[:k] {
				units = append(units, uint16(x))
			}
			c.left, cch = c.left[k:], cch-k
			continue
		}
		k := min(cch, len(c.left)/2)
		if k == 0 { // half a character at the end of a record
			c.left = nil
			continue
		}
		for i := range k {
			units = append(units, binary.LittleEndian.Uint16(c.left[2*i:]))
		}
		c.left, cch = c.left[2*k:], cch-k
	}
	return string(utf16.Decode(units))
}

// rich reads an XLUnicodeRichExtendedString.
func (c *chain) rich() (string, bool) {
	head := c.bytes(3)
	if head == nil {
		return "", false
	}
	cch, flags := u16(head, 0), head[2]
	runs, ext := 0, 0
	if flags&8 != 0 {
		runs = u16(c.bytes(2), 0)
	}
	if flags&4 != 0 {
		if x := c.bytes(4); x != nil {
			ext = int(binary.LittleEndian.Uint32(x))
		}
	}
	s := c.runes(cch, flags&1 != 0)
	c.skip(4 * runs)
	c.skip(ext)
	return s, true
}

// shared reads the shared strings and returns the place behind them.
func (b *Book) shared(r record, text int64) int {
	c := &chain{b: b, left: r.body, next: r.next}
	head := c.bytes(8)
	if head == nil {
		return r.next
	}
	want := binary.LittleEndian.Uint32(head[4:])
	for i := uint32(0); i < want && i < maxStrings && text > 0; i++ {
		if len(c.left) == 0 && !c.more() {
			break
		}
		s, ok := c.rich()
		if !ok {
			break
		}
		b.strings = append(b.strings, s)
		text -= int64(len(s)) + 16
	}
	return c.next
}

// name reads a short string: its length in one byte (two when long), then in BIFF8 a flag byte and characters, in
// BIFF5 bytes of the code page.
func (b *Book) name(body []byte, long bool) string {
	if len(body) < 3 {
		return ""
	}
	n, body := int(body[0]), body[1:]
	if long {
		n, body = n|int(body[0])<<8, body[1:]
	}
	if !b.wide {
		return b.decode(body[:min(n, len(body))])
	}
	c := &chain{b: b, left: body[1:], next: len(b.data)}
	return c.runes(n, body[0]&1 != 0)
}

// decode reads bytes of the workbook's code page. Chinese programs write 1252 or nothing and mean 936.
func (b *Book) decode(s []byte) string {
	var enc encoding.Encoding
	switch b.page {
	case 950:
		enc = traditionalchinese.Big5
	case 932:
		enc = japanese.ShiftJIS
	case 949:
		enc = korean.EUCKR
	case 1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258:
		enc = charmap.Windows1252
	default:
		enc = simplifiedchinese.GBK
	}
	out, err := enc.NewDecoder().Bytes(s)
	if err != nil {
		out, _ = charmap.Windows1252.NewDecoder().Bytes(s)
	}
	return string(out)
}
