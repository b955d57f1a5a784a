package read

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// decode turns bytes of an unnamed charset into UTF-8: by byte order mark, then UTF-8 when it is valid, else GB18030,
// of which GBK and GB2312 are parts. bad counts characters that none of them could read.
func decode(b []byte) (s string, bad int) {
	switch {
	case bytes.HasPrefix(b, []byte{0xef, 0xbb, 0xbf}):
		b = b[3:]
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}), bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(b)
		if err == nil {
			return count(string(out))
		}
	}
	// A few strays in UTF-8, or a sample cut within a character, do not make it GBK.
	if good, strays := sequences(b); strays*10 <= good {
		return count(strings.ToValidUTF8(string(b), "\ufffd"))
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
	if err != nil {
		return count(strings.ToValidUTF8(string(b), "\ufffd"))
	}
	return count(string(out))
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
