// Package samples holds fictional dossiers that ship with xindiao, with the truth beside them.
package samples

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Manufacturing is a mould maker's dossier for a working-capital loan with mortgage. It is a zip because go:embed
// refuses some of the characters that customers put into file names.
//
//go:embed manufacturing_mortgage.zip
var Manufacturing []byte

// Unpack writes a sample below dir: application.yaml, files/, truth.yaml.
func Unpack(sample []byte, dir string) error {
	z, err := zip.NewReader(bytes.NewReader(sample), int64(len(sample)))
	if err != nil {
		return err
	}
	for _, f := range z.File {
		if !filepath.IsLocal(f.Name) {
			return fmt.Errorf("sample: unsafe name %q", f.Name)
		}
		if err := unpack(f, filepath.Join(dir, f.Name)); err != nil {
			return err
		}
	}
	return nil
}

func unpack(f *zip.File, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	w, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	if cerr := w.Close(); err == nil {
		err = cerr
	}
	return err
}
