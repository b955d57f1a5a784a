package xlsx

import (
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/sheet"
	"github.com/xindiao/xindiao/documents/read/internal/xmlscan"
)

// shared reads the shared strings. Runs of rich text join; the phonetic guide (rPh) is no part of the text.
func (b *Book) shared(name string) error {
	var size int64
	err := b.open(name, func(s *xmlscan.Scanner) error {
		for {
			kind, err := s.Next()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return err
			}
			if kind != xmlscan.Start || string(s.Name()) != "si" {
				continue
			}
			text, err := richText(s)
			if err != nil {
				return err
			}
			if size += int64(len(text)) + 16; size > b.lim.Strings {
				b.Cut = true
				return nil
			}
			b.strings = append(b.strings, text)
		}
	})
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, xmlscan.ErrTag) {
		b.Cut = true // what was read is kept
		return nil
	}
	return err
}

// richText joins the text of the element just started (si, is).
func richText(s *xmlscan.Scanner) (string, error) {
	var one string
	var more []byte
	inText := false
	for floor := s.Depth() - 1; ; {
		kind, err := s.Next()
		if err != nil {
			return "", err
		}
		switch kind {
		case xmlscan.Start:
			switch string(s.Name()) {
			case "rPh":
				if err := s.Skip(); err != nil {
					return "", err
				}
			case "t":
				inText = true
			}
		case xmlscan.Text:
			if !inText || len(more) > maxCellText {
				continue
			}
			if one == "" && more == nil {
				one = string(s.Text())
			} else {
				if more == nil {
					more = append(more, one...)
				}
				more = append(more, s.Text()...)
			}
		case xmlscan.End:
			inText = false
			if s.Depth() <= floor {
				if more != nil {
					one = string(more)
				}
				return unescape(one), nil
			}
		}
	}
}

// maxCellText is above the 32,767 characters that a cell can hold, in bytes.
const maxCellText = 256 << 10

var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescape resolves _x000D_ (ECMA-376 part 1, 22.4.2.4, ST_Xstring).
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(m string) string {
		n, err := strconv.ParseUint(m[2:6], 16, 32)
		if err != nil {
			return m
		}
		return string(rune(n))
	})
}

// styles reads which cell formats show dates.
func (b *Book) styles(name string) error {
	codes := map[int]sheet.Format{}
	inCells := false
	err := b.scan(name, func(s *xmlscan.Scanner, tag string) error {
		switch tag {
		case "numFmt":
			if id, err := strconv.Atoi(string(s.Attr("numFmtId"))); err == nil && len(codes) < maxStyles {
				codes[id] = sheet.Code(string(s.Attr("formatCode")))
			}
		case "cellXfs":
			inCells = true
		case "cellStyles", "cellStyleXfs", "dxfs":
			inCells = false
		case "xf":
			if !inCells || len(b.formats) >= maxStyles {
				break
			}
			id, _ := strconv.Atoi(string(s.Attr("numFmtId")))
			f, ok := codes[id]
			if !ok {
				f = sheet.Builtin(id)
			}
			b.formats = append(b.formats, f)
		}
		return nil
	})
	if errors.Is(err, ErrLarge) {
		return err
	}
	return nil // broken styles cost the dates their look, not the workbook
}

const maxStyles = 70_000
