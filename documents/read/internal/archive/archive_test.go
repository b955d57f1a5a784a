package archive

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/read/internal/archive/archivetest"
	"golang.org/x/text/encoding/simplifiedchinese"
)

func file(name, body string) archivetest.File { return archivetest.File{Name: name, Body: body} }

// walked is name=body of every member, or name!error.
func walked(t *testing.T, walk func(Source, Visit) error, name string, data []byte) (string, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "1")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return list(walk, Source{Name: name, Path: path})
}

func list(walk func(Source, Visit) error, s Source) (string, error) {
	var out []string
	err := walk(s, func(name string, body io.Reader) error {
		b, err := io.ReadAll(body)
		if err != nil {
			out = append(out, name+"!"+err.Error())
		} else {
			out = append(out, name+"="+string(b))
		}
		return nil
	})
	return strings.Join(out, " "), err
}

func gbk(t *testing.T, s string) string {
	t.Helper()
	b, err := simplifiedchinese.GBK.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestStored(t *testing.T) {
	files := []archivetest.File{file("资料/合同.txt", "甲方"), file("b.txt", "second")}
	const want = "资料/合同.txt=甲方 b.txt=second"
	tarOf := func(files []archivetest.File) []byte {
		var b bytes.Buffer
		w := tar.NewWriter(&b)
		for _, f := range files {
			_ = w.WriteHeader(&tar.Header{Name: f.Name, Size: int64(len(f.Body)), Mode: 0o644, Format: tar.FormatGNU})
			_, _ = io.WriteString(w, f.Body)
		}
		w.Close()
		return b.Bytes()
	}
	packed := func(name string, data []byte) []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		w.Name = name
		_, _ = w.Write(data)
		w.Close()
		return b.Bytes()
	}
	coded := append([]archivetest.File(nil), files...)
	coded[0].Name = gbk(t, files[0].Name)
	for _, c := range []struct {
		name string
		walk func(Source, Visit) error
		data []byte
		want string
	}{
		{"a.rar", Rar, archivetest.Rar4(files...), want},
		{"gbk.rar", Rar, archivetest.Rar4(coded...), want},
		{"five.rar", Rar, archivetest.Rar5(0, files...), want},
		{"a.7z", SevenZip, archivetest.Seven(files...), want},
		{"a.tar", Tar, tarOf(files), want},
		{"gbk.tar", Tar, tarOf(coded), want},
		{"a.tgz", Gzip, packed("", tarOf(files)), want},
		{"流水.csv.gz", Gzip, packed("", []byte("1,2")), "流水.csv=1,2"},
		{"x.gz", Gzip, packed("dir/stated.csv", []byte("1,2")), "stated.csv=1,2"},
	} {
		got, err := walked(t, c.walk, c.name, c.data)
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
	}
}

func TestEncryptedAndUnknown(t *testing.T) {
	got, err := walked(t, Rar, "a.rar", archivetest.Rar4Secret("a.txt", false))
	if err != nil || got != "a.txt!"+ErrEncrypted.Error() {
		t.Errorf("encrypted member: %q %v", got, err)
	}
	if _, err = walked(t, Rar, "a.rar", archivetest.Rar4Secret("", true)); !errors.Is(err, ErrEncrypted) {
		t.Errorf("encrypted headers: %v", err)
	}
	if got, err = walked(t, Rar, "a.rar", archivetest.Rar5(14, file("a.txt", "0123"))); !errors.Is(err, ErrWindow) {
		t.Errorf("a window of 2 GB: %q %v", got, err)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, _ := z.CreateRaw(&zip.FileHeader{Name: "a.txt", Method: 9, CompressedSize64: 2, UncompressedSize64: 2})
	_, _ = w.Write([]byte("xx"))
	z.Close()
	if got, err = walked(t, Zip, "a.zip", b.Bytes()); err != nil || got != "a.txt!"+MethodError(9).Error() {
		t.Errorf("deflate64: %q %v", got, err)
	}
}

func TestVolumes(t *testing.T) {
	dir := t.TempDir()
	body := strings.Repeat("0123456789", 100)
	s := Source{Name: "a.part1.rar", Named: map[string]string{}}
	for i, v := range archivetest.Rar4Volumes(file("账本.txt", body), 3) {
		path := filepath.Join(dir, string(rune('x'+i)))
		if err := os.WriteFile(path, v, 0o600); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			s.Path = path
		} else {
			s.Named["a.part"+string(rune('1'+i))+".rar"] = path
		}
	}
	if got, err := list(Rar, s); err != nil || got != "账本.txt="+body {
		t.Errorf("%q %v", got, err)
	}
	delete(s.Named, "a.part2.rar")
	got, err := list(Rar, s)
	if want := "a.part2.rar"; !strings.Contains(got, want) {
		t.Errorf("without the second volume: %q %v", got, err)
	}

	data := archivetest.Seven(file("a.txt", body))
	s = Source{Name: "a.7z.001", Path: filepath.Join(dir, "s0")}
	for i, cut := range []int{0, len(data) / 3, len(data) / 2} {
		end := append([]int{len(data) / 3, len(data) / 2}, len(data))[i]
		path := filepath.Join(dir, "s"+string(rune('0'+i)))
		if err := os.WriteFile(path, data[cut:end], 0o600); err != nil {
			t.Fatal(err)
		}
		s.Parts = append(s.Parts, path)
	}
	if got, err := list(SevenZip, s); err != nil || got != "a.txt="+body {
		t.Errorf("slices: %q %v", got, err)
	}
	s.Parts = s.Parts[:2]
	if got, err := list(SevenZip, s); err == nil {
		t.Errorf("without the last slice: %q", got)
	}
}

// Every archive cut at every length gives an error or what came before, never a crash.
func TestCutOff(t *testing.T) {
	files := []archivetest.File{file("a.txt", "first"), file("b.txt", "second")}
	for _, c := range []struct {
		walk func(Source, Visit) error
		data []byte
	}{{Rar, archivetest.Rar4(files...)}, {Rar, archivetest.Rar5(0, files...)}, {SevenZip, archivetest.Seven(files...)}} {
		path := filepath.Join(t.TempDir(), "1")
		for n := range c.data {
			if err := os.WriteFile(path, c.data[:n], 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := list(c.walk, Source{Name: "a.rar", Path: path})
			if err == nil && strings.Contains(got, "=second") && n < len(c.data)-20 {
				t.Errorf("%d of %d bytes: %q", n, len(c.data), got)
			}
		}
	}
}
