package archive

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/xindiao/xindiao/documents/read/internal/archive/archivetest"
)

func fuzz(f *testing.F, walk func(Source, Visit) error) {
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			t.Skip()
		}
		path := filepath.Join(t.TempDir(), "1")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		n := 0
		_ = walk(Source{Name: "a.rar", Path: path}, func(_ string, body io.Reader) error {
			if n++; n > 100 {
				return io.EOF // as a caller with a limit does
			}
			_, err := io.Copy(io.Discard, io.LimitReader(body, 1<<20))
			_ = err // damage of one member does not end the walk
			return nil
		})
	})
}

func FuzzZip(f *testing.F) {
	f.Add([]byte("PK\x05\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	fuzz(f, Zip)
}

func FuzzRar(f *testing.F) {
	f.Add(archivetest.Rar4(file("a.txt", "first"), file("b.txt", "second")))
	f.Add(archivetest.Rar5(0, file("a.txt", "first")))
	f.Add(archivetest.Rar5(14, file("a.txt", "0123456789")))
	f.Add(archivetest.Rar4Volumes(file("a.txt", "first"), 2)[0])
	fuzz(f, Rar)
}

func FuzzSevenZip(f *testing.F) {
	f.Add(archivetest.Seven(file("a.txt", "first"), file("b.txt", "second")))
	fuzz(f, SevenZip)
}

func FuzzTar(f *testing.F) {
	f.Add([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x00"))
	fuzz(f, func(s Source, visit Visit) error {
		_ = Tar(s, visit)
		return Gzip(s, visit)
	})
}
