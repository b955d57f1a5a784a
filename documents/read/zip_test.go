package read

import (
	"archive/zip"
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/dossier"
	"golang.org/x/text/encoding/simplifiedchinese"
)

func unzip(t *testing.T, data []byte, lim Limits) []*dossier.Document {
	t.Helper()
	docs, err := Bytes(context.Background(), "a.zip", data, Options{InProcess: true, OCR: ocr.None, Limits: lim})
	if err != nil {
		t.Fatal(err)
	}
	if docs[0].File != "a.zip" || docs[0].Format != fmtZIP || docs[0].Type != dossier.TypeArchive {
		t.Errorf("archive: %+v", docs[0])
	}
	return docs
}

func TestZipMembersAndNesting(t *testing.T) {
	inner := archive(t, "合同.txt", "内层")
	docs := unzip(t, archive(t, "资料/b.txt", "外层", "资料/inner.zip", string(inner), "__MACOSX/._b.txt", "x"), Limits{})
	var got []string
	for _, d := range docs {
		got = append(got, d.File+"="+d.Text())
	}
	want := "a.zip= a.zip/资料/b.txt=外层 a.zip/资料/inner.zip= a.zip/资料/inner.zip/合同.txt=内层"
	if strings.Join(got, " ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, " "), want)
	}
}

func TestZipNamesThatLeadOut(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	docs := unzip(t, archive(t, "../../evil.txt", "one", "/etc/evil.txt", "two", `C:\evil.txt`, "three", `..\evil2.txt`, "four"), Limits{})
	if len(docs) != 5 || !hasKind(docs[0], dossier.ErrUnsafe) || len(docs[0].Problems) != 4 {
		t.Fatalf("%d documents, %v", len(docs), docs[0].Problems)
	}
	for _, d := range docs[1:] {
		if strings.Contains(d.File, "..") || !strings.HasPrefix(d.File, "a.zip/") || d.Text() == "" {
			t.Errorf("%q %q", d.File, d.Text())
		}
	}
	for _, p := range []string{filepath.Join(here, "..", "..", "evil.txt"), filepath.Join(here, "..", "evil2.txt"), "/etc/evil.txt"} {
		if _, err := os.Stat(p); err == nil {
			t.Errorf("%s was written", p)
		}
	}
}

func TestZipBomb(t *testing.T) {
	docs := unzip(t, archive(t, "bomb.txt", strings.Repeat("0", 40<<20), "after.txt", "x"), Limits{})
	if len(docs) < 2 || !hasKind(docs[0], dossier.ErrUnsafe) {
		t.Fatalf("%v", docs[0].Problems)
	}
	if d := docs[1]; !hasKind(d, dossier.ErrUnsafe) && !hasKind(docs[len(docs)-1], dossier.ErrUnsafe) {
		t.Errorf("%v", d.Problems)
	}
	for _, d := range docs {
		if len(d.Text()) > 1<<20 {
			t.Errorf("%s was read", d.File)
		}
	}
}

func TestZipTooManyAndTooDeep(t *testing.T) {
	var pairs []string
	for i := range 30 {
		pairs = append(pairs, strings.Repeat("x", i+1)+".txt", "x")
	}
	docs := unzip(t, archive(t, pairs...), Limits{ArchiveFiles: 10})
	if len(docs) != 11 || !hasKind(docs[0], dossier.ErrTooLarge) {
		t.Errorf("%d documents, %v", len(docs), docs[0].Problems)
	}
	data := archive(t, "a.txt", "deep")
	for range 6 {
		data = archive(t, "n.zip", string(data))
	}
	docs = unzip(t, data, Limits{})
	if last := docs[len(docs)-1]; !hasKind(last, dossier.ErrTooLarge) {
		t.Errorf("%s: %v", last.File, last.Problems)
	}
}

func TestZipGBKNames(t *testing.T) {
	name, err := simplifiedchinese.GBK.NewEncoder().String("财务报表/银行流水.txt")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, NonUTF8: true})
	if err != nil {
		t.Fatal(err)
	}
	w.Write([]byte("x"))
	z.Close()
	if docs := unzip(t, b.Bytes(), Limits{}); docs[1].File != "a.zip/财务报表/银行流水.txt" {
		t.Errorf("%q", docs[1].File)
	}
}

func TestZipWithPassword(t *testing.T) {
	data := archive(t, "a.txt", "secret")
	// Set the encryption bit in the local and the central header.
	for _, sig := range []string{"PK\x03\x04", "PK\x01\x02"} {
		i := bytes.Index(data, []byte(sig))
		data[i+6+2*strings.Count(sig, "\x01")] |= 1
	}
	if docs := unzip(t, data, Limits{}); !hasKind(docs[1], dossier.ErrEncrypted) {
		t.Errorf("%v", docs[1].Problems)
	}
}
