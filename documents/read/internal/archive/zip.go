package archive

import (
	"archive/zip"
	"compress/bzip2"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"
)

// MethodError is ErrMethod with the number of the method, as APPNOTE.TXT 4.4.5 counts them.
type MethodError uint16

func (e MethodError) Error() string { return fmt.Sprintf("%v: %d", ErrMethod, uint16(e)) }
func (e MethodError) Unwrap() error { return ErrMethod }

const (
	methodBzip2 = 12
	methodAES   = 99 // WinZip's encryption
)

// Zip walks a ZIP file: stored, deflated and bzip2 members.
func Zip(s Source, visit Visit) error {
	src, err := openSlices(s)
	if err != nil {
		return err
	}
	defer src.Close()
	z, err := zip.NewReader(src, src.size)
	if err != nil {
		return err
	}
	z.RegisterDecompressor(methodBzip2, func(r io.Reader) io.ReadCloser { return io.NopCloser(bzip2.NewReader(r)) })
	for _, f := range z.File {
		name := zipName(f)
		if strings.HasSuffix(name, "/") || strings.HasSuffix(name, `\`) || f.Mode()&os.ModeSymlink != 0 {
			continue
		}
		if err := zipFile(f, name, visit); err != nil {
			return err
		}
	}
	return nil
}

func zipFile(f *zip.File, name string, visit Visit) error {
	if f.Flags&1 != 0 || f.Method == methodAES {
		return visit(name, failing{ErrEncrypted})
	}
	if f.Method != zip.Store && f.Method != zip.Deflate && f.Method != methodBzip2 {
		return visit(name, failing{MethodError(f.Method)})
	}
	body, err := f.Open()
	if err != nil {
		return visit(name, failing{err})
	}
	defer body.Close()
	return visit(name, body)
}

// zipName decodes a name: the Unicode extra field, UTF-8 when it says or shows so, else GB18030.
func zipName(f *zip.File) string {
	if name := unicodeName(f.Extra); name != "" {
		return name
	}
	if !f.NonUTF8 {
		return f.Name
	}
	return Name(f.Name)
}

// unicodeName reads the Info-ZIP Unicode path field 0x7075: version, CRC of the plain name, UTF-8 name.
func unicodeName(extra []byte) string {
	for len(extra) >= 4 {
		id, n := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if n > len(extra)-4 {
			return ""
		}
		if id == 0x7075 && n > 5 && utf8.Valid(extra[9:4+n]) {
			return string(extra[9 : 4+n])
		}
		extra = extra[4+n:]
	}
	return ""
}
