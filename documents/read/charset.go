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
	if validUTF8(b) {
		return count(string(b))
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
	if err != nil {
		return count(strings.ToValidUTF8(string(b), "\ufffd"))
	}
	return count(string(out))
}

// validUTF8 forgives a character cut off at the end of a sample.
func validUTF8(b []byte) bool {
	for i := 0; i < utf8.UTFMax && len(b) > 0; i++ {
		if utf8.Valid(b) {
			return true
		}
		if i == 0 && len(b) < 512 {
			return false // a whole short text, not a sample
		}
		b = b[:len(b)-1]
	}
	return utf8.Valid(b)
}

func count(s string) (string, int) { return s, strings.Count(s, "\ufffd") }
