package archive

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path"
	"strings"
)

// Tar walks a TAR file.
func Tar(s Source, visit Visit) error {
	f, err := os.Open(s.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	return tarred(f, visit)
}

func tarred(r io.Reader, visit Visit) error {
	t := tar.NewReader(r)
	for range maxEntries {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		if err := visit(Name(h.Name), t); err != nil {
			return err
		}
	}
	return ErrTooMany
}

// Gzip walks a .gz or .bz2 file: the members of the TAR that it holds, else the one file.
func Gzip(s Source, visit Visit) error {
	f, err := os.Open(s.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	src := bufio.NewReader(f)
	name := strings.TrimSuffix(s.Name, path.Ext(s.Name))
	var plain io.Reader
	if head, _ := src.Peek(3); bytes.HasPrefix(head, []byte("BZh")) {
		plain = bzip2.NewReader(src)
	} else {
		z, err := gzip.NewReader(src)
		if err != nil {
			return err
		}
		if z.Name != "" {
			name = path.Base(latin(z.Name))
		}
		plain = z
	}
	body := bufio.NewReaderSize(plain, 1024)
	if head, _ := body.Peek(512); IsTar(head) {
		return tarred(body, visit)
	}
	return visit(name, body)
}

// latin takes back gzip's reading of a header name as Latin-1: the bytes may be UTF-8 or GBK.
func latin(s string) string {
	raw := make([]byte, 0, len(s))
	for _, r := range s {
		if r > 0xff {
			return s
		}
		raw = append(raw, byte(r))
	}
	return Name(string(raw))
}

// IsTar tells a TAR header from other bytes: the mark at 257 in all tars since 1988.
func IsTar(head []byte) bool {
	return len(head) >= 262 && string(head[257:262]) == "ustar"
}
