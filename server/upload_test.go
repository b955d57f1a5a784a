package server_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/xindiao/xindiao/server"
)

func zipped(t *testing.T, pairs ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: pairs[i], Method: zip.Deflate, NonUTF8: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, pairs[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestUploadOfZip(t *testing.T) {
	e := &engine{}
	c := serve(t, e, nil)
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String("卷宗/营业执照.pdf")
	if err != nil {
		t.Fatal(err)
	}
	m := c.uploaded("乙公司.zip", zipped(t, gbk, "x", "../../../outside.txt", "x", `C:\evil\a.txt`, "x"))
	if m.Name != "乙公司" {
		t.Errorf("name %q", m.Name)
	}
	c.start(m.ID, "review", "")
	if want := []string{"C_/evil/a.txt", "outside.txt", "卷宗/营业执照.pdf"}; !slices.Equal(e.files, want) {
		t.Errorf("unpacked %v", e.files)
	}
	if _, err := os.Stat(filepath.Join(c.dir, "..", "outside.txt")); err == nil {
		t.Error("a member was written outside")
	}
}

func TestUploadLimits(t *testing.T) {
	c := serve(t, &engine{}, func(cfg *server.Config) { cfg.MaxUpload, cfg.MaxFiles = 100_000, 3 })
	bomb := zipped(t, "a.txt", strings.Repeat("0", 1_000_000))
	many := []string{"a", "1", "b", "2", "c", "3", "d", "4"}
	for name, up := range map[string]struct {
		pairs []string
		code  int
	}{
		"nothing": {nil, 422}, "only litter": {[]string{".DS_Store", "x"}, 422}, "too many": {many, 413}, "too large": {[]string{"a.pdf", strings.Repeat("x", 2_000_000)}, 413},
		"bomb": {[]string{"a.zip", bomb}, 413}, "no zip": {[]string{"a.zip", "not a zip"}, 422}, "twice": {[]string{"a.pdf", "1", "a.pdf", "2"}, 422},
		"file as folder": {[]string{"a", "1", "a/b", "2"}, 422}, "climbing only": {[]string{"../..", "x"}, 422},
	} {
		code, b := c.upload(up.pairs...)
		if code != up.code || !strings.Contains(string(b), `"detail"`) {
			t.Errorf("%s: %d %s", name, code, b)
		}
	}
	if left, err := os.ReadDir(filepath.Join(c.dir, "dossiers")); err != nil || len(left) != 0 {
		t.Errorf("refused uploads left %v (%v)", left, err)
	}
	if code, b, _ := c.do("POST", "/api/v1/dossiers", strings.NewReader("{}"), nil); code != 422 {
		t.Errorf("no multipart: %d %s", code, b)
	}
}
