package read

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// decode turns bytes of an unnamed charset into UTF-8: by byte order mark, UTF-16 by its looks, UTF-8 when it is valid,
// else GB18030, of which GBK and GB2312 are parts, unless Big5 makes more sense of it. bad counts characters that none
// of them could read.
func decode(b []byte) (s string, bad int) {
	switch {
	case bytes.HasPrefix(b, []byte{0xef, 0xbb, 0xbf}):
		b = b[3:]
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}), bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		if out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(b); err == nil {
			return count(string(out))
		}
	}
	if order, ok := wide(b); ok {
		if out, err := unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder().Bytes(b); err == nil {
			return count(string(out))
		}
	}
	// A few strays in UTF-8, or a sample cut within a character, do not make it GBK.
	if good, strays := sequences(b); strays*10 <= good {
		return count(strings.ToValidUTF8(string(b), "\ufffd"))
	}
	var enc encoding.Encoding = simplifiedchinese.GB18030
	if traditional(b) {
		enc = traditionalchinese.Big5
	}
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return count(strings.ToValidUTF8(string(b), "\ufffd"))
	}
	return count(string(out))
}

// looked is how much of a file is enough to tell its charset.
const looked = 64 << 10

// wide tells UTF-16 without a byte order mark: every other byte is that of ASCII, of Han or of their punctuation, and
// some are zero, which no other text has.
func wide(b []byte) (unicode.Endianness, bool) {
	b = b[:min(len(b), looked)&^1]
	if len(b) < 8 || bytes.IndexByte(b, 0) < 0 {
		return unicode.LittleEndian, false
	}
	var fit, other [2]int // by place of the high byte
	for i := 0; i < len(b); i += 2 {
		for k := range 2 {
			switch h, l := b[i+k], b[i+1-k]; {
			case h == 0 && (l >= 0x20 && l < 0x7f || l == '\n' || l == '\r' || l == '\t'), h >= 0x4e && h <= 0x9f, h == 0x30 && l < 0x20, h == 0xff && l < 0x60:
				fit[k]++
			default:
				other[k]++
			}
		}
	}
	switch {
	case other[1]*20 <= fit[1] && fit[1] > fit[0]:
		return unicode.LittleEndian, true
	case other[0]*20 <= fit[0] && fit[0] > fit[1]:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

// common are characters that make up a good part of any business paper, simplified or traditional.
const common = "的一是在不了有和人年月日元公司行金額额號号名稱称合同計计單单位數数價价銀银業业資资產产用付收款帳账戶户國国際际貸贷證证書书表期間间本上下及或與与之為为地址電电話话有限股份日總总備备註注摘要餘余借方編编"

// traditional tells Big5 from GB18030, both of which read the other's bytes as something: by which of the two yields
// more of the common characters.
func traditional(b []byte) bool {
	b = b[:min(len(b), looked)]
	gb, _ := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
	big, _ := traditionalchinese.Big5.NewDecoder().Bytes(b)
	g, t := familiar(string(gb)), familiar(string(big))
	return t > 2*g && t >= 3
}

func familiar(s string) (n int) {
	for _, r := range s {
		if r >= 0x4e00 && strings.ContainsRune(common, r) {
			n++
		}
	}
	return n
}

// sequences counts the characters beyond ASCII that are valid UTF-8, and the bytes that belong to none.
func sequences(b []byte) (good, strays int) {
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && size == 1:
			strays++
		case size > 1:
			good++
		}
		b = b[size:]
	}
	return good, strays
}

func count(s string) (string, int) { return s, strings.Count(s, "\ufffd") }
