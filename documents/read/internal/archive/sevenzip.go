package archive

import (
	"errors"
	"strings"

	"github.com/bodgit/sevenzip"
)

// SevenZip walks a 7z file. Members of one solid block are read in their order, so that it is unpacked once.
func SevenZip(s Source, visit Visit) (err error) {
	defer caught(&err)
	src, err := openSlices(s)
	if err != nil {
		return err
	}
	defer src.Close()
	z, err := sevenzip.NewReader(src, src.size)
	if err != nil {
		return sevenFault(err)
	}
	if len(z.File) > maxEntries {
		return ErrTooMany
	}
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") || !f.Mode().IsRegular() {
			continue
		}
		if err := sevenFile(f, visit); err != nil {
			return err
		}
	}
	return nil
}

func sevenFile(f *sevenzip.File, visit Visit) error {
	body, err := f.Open()
	if err != nil {
		return visit(f.Name, failing{sevenFault(err)})
	}
	err = visit(f.Name, translated{body, sevenFault})
	_ = body.Close() // puts the solid block's reader back for the next member; a failed one has been told
	return err
}

func sevenFault(err error) error {
	var read *sevenzip.ReadError
	switch {
	case errors.As(err, &read) && read.Encrypted:
		return ErrEncrypted
	case strings.Contains(err.Error(), "unsupported compression algorithm"):
		return ErrMethod
	}
	return err
}
