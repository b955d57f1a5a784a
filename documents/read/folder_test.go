package read

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/dossier"
)

func TestFolderOrderAndWhatIsLeftOut(t *testing.T) {
	dir := folder(t, map[string]string{
		"乙.txt": "second", "甲.txt": "first", ".hidden": "x", "~$甲.docx": "x", "Thumbs.db": "x", "sub/.DS_Store": "x",
		"sub/丙.txt": "third", "空.txt": "",
	})
	outside := filepath.Join(t.TempDir(), "secret.txt")
	if err := os.WriteFile(outside, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "link.txt")); err != nil {
		t.Skip("no symlinks here")
	}
	var last Event
	docs, problems, err := Folder(context.Background(), dir, Options{OCR: ocr.None, Progress: func(e Event) { last = e }})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, d := range docs {
		names = append(names, d.File)
		if strings.Contains(d.Text(), "secret") {
			t.Error("a link led out of the folder")
		}
	}
	if got := strings.Join(names, " "); got != "sub/丙.txt 乙.txt 甲.txt 空.txt" {
		t.Errorf("order: %s", got)
	}
	if len(problems) != 1 || problems[0].Kind != dossier.ErrUnsafe {
		t.Errorf("problems: %v", problems)
	}
	if !hasKind(docs[3], dossier.ErrEmpty) {
		t.Errorf("empty file: %v", kinds(docs[3]))
	}
	if docs[2].SHA256 != "a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e" || docs[2].Size != 5 {
		t.Errorf("hash of 甲.txt: %s", docs[2].SHA256)
	}
	if last.Done != 4 || last.Total != 4 {
		t.Errorf("progress ended at %+v", last)
	}
}

func TestFolderThatIsNotThereOrEmpty(t *testing.T) {
	_, _, err := Folder(context.Background(), filepath.Join(t.TempDir(), "nowhere"), Options{})
	if dossier.KindOf(err) != dossier.ErrNotFound {
		t.Errorf("missing: %v", err)
	}
	_, _, err = Folder(context.Background(), t.TempDir(), Options{})
	if dossier.KindOf(err) != dossier.ErrEmpty {
		t.Errorf("empty: %v", err)
	}
}

func TestTooLargeIsNotOpened(t *testing.T) {
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, "big.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(300 << 20); err != nil {
		t.Fatal(err)
	}
	f.Close()
	docs, _, err := Folder(context.Background(), dir, Options{OCR: ocr.None})
	if err != nil {
		t.Fatal(err)
	}
	if d := docs[0]; !hasKind(d, dossier.ErrTooLarge) || d.SHA256 != "" || !strings.Contains(d.Problems[0].Msg, "300 MB") {
		t.Errorf("%+v", d.Problems)
	}
}

// What happens to a worker costs the file that it reads, and the next file is read.
func TestWorkersAreReplaced(t *testing.T) {
	lim := Limits{FileTime: 2 * time.Second}.filled()
	dir := folder(t, map[string]string{"a.txt": "text"})
	rs := newReaders(Options{Limits: lim, OCR: ocr.None}.filled(), t.TempDir())
	defer rs.close()
	read := func(format string) *dossier.Document {
		return readAs(t, rs, format, filepath.Join(dir, "a.txt"))
	}
	for _, c := range []struct {
		format string
		want   dossier.ErrorKind
		pages  int
	}{{"test-crash", dossier.ErrCrashed, 1}, {"test-hang", dossier.ErrTimeout, 1}, {"test-panic", dossier.ErrCrashed, 0}} {
		if d := read(c.format); !hasKind(d, c.want) || len(d.Pages) != c.pages {
			t.Errorf("%s: %v, %d pages", c.format, d.Problems, len(d.Pages))
		}
		if d := read(fmtTXT); d.Text() != "text" || len(d.Problems) != 0 {
			t.Errorf("after %s: %q %v", c.format, d.Text(), d.Problems)
		}
	}
}

// readAs reads one file through the workers in a format that no file has by itself.
func readAs(t *testing.T, rs *readers, format, path string) *dossier.Document {
	t.Helper()
	return readIn(t.Context(), t, rs, format, path)
}

func readIn(ctx context.Context, t *testing.T, rs *readers, format, path string) *dossier.Document {
	t.Helper()
	r := &runner{ctx: ctx, opt: rs.opt, tmp: rs.tmp, readers: rs, cache: openResults(rs.opt), seen: map[string]*node{}}
	r.more = sync.NewCond(&r.mu)
	n := newNode(item{name: "a", path: path, size: 1}, &budget{lim: rs.opt.Limits})
	n.doc.Format = format
	r.push([]*node{n})
	r.work()
	return n.doc
}

func TestWorkersSeeNoSecrets(t *testing.T) {
	t.Setenv("OPENAI_API_KEY", "sk-secret")
	rs := newReaders(Options{OCR: ocr.None}.filled(), t.TempDir())
	defer rs.close()
	doc := readAs(t, rs, "test-env", filepath.Join(folder(t, map[string]string{"a": "x"}), "a"))
	if !strings.Contains(doc.Text(), workerEnv+"=read") || strings.Contains(doc.Text(), "sk-secret") {
		t.Errorf("environment of a worker: %q %v", doc.Text(), doc.Problems)
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, _, err := Folder(ctx, folder(t, map[string]string{"a.txt": "x"}), Options{OCR: ocr.None})
	if dossier.KindOf(err) != dossier.ErrTimeout {
		t.Errorf("%v", err)
	}
}
