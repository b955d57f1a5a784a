package read

import (
	"archive/zip"
	"bytes"
	"context"
	"image"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/dossier"
)

// counting is an OCR engine that counts its calls; with fail it cannot read.
type counting struct {
	calls atomic.Int32
	fail  bool
}

func (*counting) Name() string { return "counting" }
func (c *counting) Read(context.Context, image.Image) (ocr.Result, error) {
	c.calls.Add(1)
	if c.fail {
		return ocr.Result{}, context.DeadlineExceeded
	}
	return ocr.Result{Words: []ocr.Word{{Text: "扫描", Confidence: 0.9, Box: dossier.Box{X0: 10, Y0: 10, X1: 50, Y1: 30}}}}, nil
}

func TestSecondRunReadsNothingAgain(t *testing.T) {
	slip := string(slipBytes(t))
	inner := archive(t, "b.txt", "内层", "坏/../../出.txt", "x")
	dir := folder(t, map[string]string{"a.txt": "text", "s.jpg": slip, "c.csv": "甲,乙\n1,2\n", "包.zip": string(archive(t, "x.zip", string(inner), "s.jpg", slip, "空.txt", ""))})
	eye := &counting{}
	opt := Options{OCR: eye, Cache: filepath.Join(t.TempDir(), "cache")}
	first, _, err := Folder(t.Context(), dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	if n := eye.calls.Load(); n != 1 {
		t.Errorf("one picture in two places was read %d times", n)
	}
	var last Event
	opt.Progress = func(e Event) { last = e }
	second, _, err := Folder(t.Context(), dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	if n := eye.calls.Load(); n != 1 {
		t.Errorf("the second run read pictures: %d", n)
	}
	if !same(first, second) {
		t.Errorf("first  %s\nsecond %s", brief(first), brief(second))
	}
	if last.Done != last.Total || last.Done != len(second) {
		t.Errorf("%+v of %d", last, len(second))
	}
	// Another file's name beside the same bytes, and one changed byte.
	if err := os.Rename(filepath.Join(dir, "a.txt"), filepath.Join(dir, "b.txt")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "c.csv"), []byte("甲,乙\n1,3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	third, _, err := Folder(t.Context(), dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	if got := brief(third); !strings.Contains(got, "b.txt=text") || !strings.Contains(got, "1\t3") {
		t.Errorf("after changes: %s", got)
	}
}

func same(a, b []*dossier.Document) bool { return reflect.DeepEqual(a, b) }

func brief(docs []*dossier.Document) string {
	var out []string
	for _, d := range docs {
		out = append(out, d.File+"="+d.Text())
		for _, p := range d.Problems {
			out = append(out, "!"+p.Msg)
		}
	}
	return strings.Join(out, " ")
}

func TestWhatIsNotKept(t *testing.T) {
	dir := folder(t, map[string]string{"s.jpg": string(slipBytes(t))})
	opt := Options{OCR: &counting{fail: true}, Cache: t.TempDir()}
	if _, _, err := Folder(t.Context(), dir, opt); err != nil {
		t.Fatal(err)
	}
	eye := &counting{}
	opt.OCR = eye
	docs, _, err := Folder(t.Context(), dir, opt)
	if err != nil || !strings.HasPrefix(docs[0].Text(), "扫描") || eye.calls.Load() != 1 {
		t.Errorf("a failed reading was kept: %q %v", brief(docs), err)
	}
	opt.Limits.ImagePixels = 10
	if docs, _, err = Folder(t.Context(), dir, opt); err != nil || !hasKind(docs[0], dossier.ErrTooLarge) {
		t.Errorf("other limits: %q %v", brief(docs), err)
	}
}

func TestCrashedReadingIsNotKept(t *testing.T) {
	dir := t.TempDir()
	rs := newReaders(Options{OCR: ocr.None, Cache: dir}.filled(), t.TempDir())
	defer rs.close()
	path := filepath.Join(folder(t, map[string]string{"a": "x"}), "a")
	if d := readAs(t, rs, "test-crash", path); !hasKind(d, dossier.ErrCrashed) {
		t.Fatalf("%v", d.Problems)
	}
	if d := readAs(t, rs, fmtTXT, path); d.Text() != "x" {
		t.Errorf("%q %v", d.Text(), d.Problems)
	}
}

func TestDamagedCache(t *testing.T) {
	dir := folder(t, map[string]string{"a.txt": "text"})
	opt := Options{OCR: ocr.None, Cache: t.TempDir()}
	for range 3 {
		docs, _, err := Folder(t.Context(), dir, opt)
		if err != nil || docs[0].Text() != "text" {
			t.Fatalf("%v %v", docs, err)
		}
		entries, _ := filepath.Glob(filepath.Join(opt.Cache, "*", "*.xdc"))
		if len(entries) != 1 {
			t.Fatalf("%d entries", len(entries))
		}
		if err := os.WriteFile(entries[0], []byte("XDC1 nothing of the kind"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	opt.Cache = filepath.Join(dir, "a.txt", "no folder")
	if docs, _, err := Folder(t.Context(), dir, opt); err != nil || docs[0].Text() != "text" {
		t.Errorf("a cache that cannot be: %v", err)
	}
}

// Two files of the same bytes do not share memory: what is changed in one does not show in the other.
func TestTwinsAreApart(t *testing.T) {
	dir := folder(t, map[string]string{"a.csv": "甲,乙\n1,2\n", "b.csv": "甲,乙\n1,2\n"})
	docs, _, err := Folder(t.Context(), dir, Options{OCR: ocr.None})
	if err != nil || len(docs) != 2 || docs[0].Text() != docs[1].Text() {
		t.Fatalf("%s %v", brief(docs), err)
	}
	docs[0].Pages[0].Lines[0].Text = "changed"
	docs[0].Pages[0].Tables[0].Rows[0][0].Text = "changed"
	if p := docs[1].Pages[0]; p.Lines[0].Text == "changed" || p.Tables[0].Rows[0][0].Text == "changed" {
		t.Error("shared")
	}
}

// An archive that holds a copy of its neighbour, which holds a copy of the first: depth ends it.
func TestArchivesWithinEachOther(t *testing.T) {
	a := archive(t, "a.txt", "x")
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"1.zip", "2.zip"} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(a); err != nil {
			t.Fatal(err)
		}
	}
	z.Close()
	docs, _, err := Folder(t.Context(), folder(t, map[string]string{"a.zip": string(a), "b.zip": b.String()}), Options{OCR: ocr.None, Cache: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := brief(docs), "a.zip= a.zip/a.txt=x b.zip= b.zip/1.zip= b.zip/1.zip/a.txt=x b.zip/2.zip= b.zip/2.zip/a.txt=x"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// Beyond so many scanned pages no more are given to OCR, and that is said.
func TestScannedPagesAreBounded(t *testing.T) {
	const show = "q 600 0 0 800 0 0 cm /I Do Q"
	page := "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 3 0 R /Resources << /XObject << /I 4 0 R >> >> >>"
	data := pdfOf("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [5 0 R 6 0 R 7 0 R 8 0 R] /Count 4 >>", stream("", show),
		stream("/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8", "\xff\xff\xff\xff"), page, page, page, page)
	eye := &counting{}
	docs, err := Bytes(t.Context(), "a.pdf", data, Options{OCR: eye, Workers: 1, Limits: Limits{OCRPages: 2}})
	if err != nil || eye.calls.Load() != 2 || !hasKind(docs[0], dossier.ErrPartial) || len(docs[0].Pages) != 4 {
		t.Errorf("%d pages read, %v %v", eye.calls.Load(), docs[0].Problems, err)
	}
}
