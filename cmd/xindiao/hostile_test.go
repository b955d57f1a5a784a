package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/report"
)

const licence = "营业执照\n统一社会信用代码 91350100M000100Y43\n名称 某某机械有限公司\n类型 有限责任公司\n法定代表人 张三\n注册资本 壹佰万元整\n成立日期 2015年3月2日\n住所 某省某市某路1号\n登记机关 某市市场监督管理局\n"

// call runs the command line and returns status, standard output and standard error.
func call(t *testing.T, args ...string) (int, string, string) {
	t.Helper()
	out, err := os.CreateTemp(t.TempDir(), "out")
	if err != nil {
		t.Fatal(err)
	}
	errw, _ := os.CreateTemp(t.TempDir(), "err")
	oldOut, oldErr := os.Stdout, os.Stderr
	os.Stdout, os.Stderr = out, errw
	status := run(context.Background(), args)
	os.Stdout, os.Stderr = oldOut, oldErr
	read := func(f *os.File) string {
		_, _ = f.Seek(0, io.SeekStart)
		b, _ := io.ReadAll(f)
		f.Close()
		return string(b)
	}
	return status, read(out), read(errw)
}

func put(t *testing.T, dir, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func zipped(t *testing.T, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, data := range files {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// noise is bytes of no format.
func noise(n int) []byte {
	b := make([]byte, n)
	r := rand.NewChaCha8([32]byte{7})
	_, _ = r.Read(b)
	return b
}

// encrypted is a PDF whose trailer asks for a password with a handler that no reader has.
const encrypted = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n" +
	"4 0 obj<</Filter/Standard/V 2/R 3/Length 128/P -44/O<0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef>" +
	"/U<fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210>>>endobj\n" +
	"trailer<</Root 1 0 R/Size 5/Encrypt 4 0 R/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]>>\n%%EOF\n"

// Folders that are not there or empty end with status 1 and a message that names them.
func TestNothingToRead(t *testing.T) {
	empty := t.TempDir()
	for _, dir := range []string{filepath.Join(empty, "没有"), empty} {
		for _, cmd := range []string{"review", "draft"} {
			status, _, stderr := call(t, cmd, dir, "--out", filepath.Join(t.TempDir(), "o"))
			if status != exitInput || !strings.Contains(stderr, filepath.Base(dir)) {
				t.Errorf("%s %s: status %d, %q", cmd, dir, status, stderr)
			}
		}
	}
	if status, _, _ := call(t, "draft"); status != exitUsage {
		t.Errorf("no dossier: status %d", status)
	}
	if status, _, stderr := call(t, "draft", empty, "--format", "exe"); status != exitUsage || !strings.Contains(stderr, "exe") {
		t.Errorf("bad format: status %d %q", status, stderr)
	}
	if status, _, stderr := call(t, "draft", empty, "--llm", "openai:m@http://127.0.0.1:9"); status != exitDependency && status != exitInput {
		t.Errorf("a model without a key: status %d %q", status, stderr)
	}
}

func TestFaultyApplication(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "files"), "营业执照.txt", []byte(licence))
	put(t, dir, "application.yaml", []byte("applicant: 某某机械有限公司\nas_of: 30/09/2026\n"))
	status, _, stderr := call(t, "review", dir)
	if status != exitInput || !strings.Contains(stderr, "application.yaml") || !strings.Contains(stderr, "30/09/2026") {
		t.Errorf("status %d, %q", status, stderr)
	}
}

// Where nothing at all can be read the run ends with status 1 and names each file and its cause.
func TestNothingReadable(t *testing.T) {
	dir := t.TempDir()
	big, err := os.Create(filepath.Join(dir, "巨大.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	if err := big.Truncate(300 << 20); err != nil {
		t.Fatal(err)
	}
	big.Close()
	put(t, dir, "噪声.dat", noise(4096))
	for _, arg := range []string{dir, filepath.Join(dir, "巨大.pdf")} {
		status, _, stderr := call(t, "draft", arg, "--out", filepath.Join(t.TempDir(), "o"))
		if status != exitInput || !strings.Contains(stderr, "巨大.pdf：") {
			t.Errorf("%s: status %d, %q", arg, status, stderr)
		}
	}
}

// A folder of hostile files: each gives a finding with its name and cause, the good file is still read, and nothing is
// written outside --out.
func TestHostileFolder(t *testing.T) {
	root := t.TempDir()
	dir, out := filepath.Join(root, "dossier"), filepath.Join(root, "out")
	put(t, dir, "营业执照.txt", []byte(licence))
	put(t, dir, "垃圾.bin", noise(16384))
	put(t, dir, "垃圾.pdf", bytes.Repeat([]byte("not a pdf "), 500))
	put(t, dir, "空.docx", nil)
	put(t, dir, "加密.pdf", []byte(encrypted))
	put(t, dir, "截断.xlsx", zipped(t, map[string][]byte{"xl/workbook.xml": []byte("<workbook")})[:60])
	put(t, dir, "越界.zip", zipped(t, map[string][]byte{"../../越界.txt": []byte("x"), "好.txt": []byte("电费缴费通知")}))
	put(t, dir, "炸弹.zip", zipped(t, map[string][]byte{"大.txt": make([]byte, 400<<20)}))
	big, err := os.Create(filepath.Join(dir, "巨大.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	if err := big.Truncate(300 << 20); err != nil {
		t.Fatal(err)
	}
	big.Close()
	before := tree(t, root)
	status, _, stderr := call(t, "draft", dir, "--out", out, "--as-of", "2026-09-30")
	if status != 0 {
		t.Fatalf("status %d, %s", status, stderr)
	}
	var r report.Report
	data, err := os.ReadFile(filepath.Join(out, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	told := map[string]string{}
	for _, f := range r.Findings {
		for _, d := range f.Documents {
			if strings.HasPrefix(f.Rule, "COM006") || strings.HasPrefix(f.Rule, "SEC002") {
				told[d] = f.Message
			}
		}
	}
	for _, name := range []string{"垃圾.bin", "垃圾.pdf", "空.docx", "加密.pdf", "截断.xlsx", "越界.zip", "炸弹.zip", "巨大.pdf"} {
		if !strings.Contains(told[name], name) {
			t.Errorf("no finding names %s: %q", name, told[name])
		}
	}
	state := map[string]string{}
	for _, m := range r.Materials {
		state[m.File] = m.Type
	}
	if state["营业执照.txt"] != "business_license" {
		t.Errorf("the good file was not read: %v", state)
	}
	if _, ok := state["越界.zip/好.txt"]; !ok {
		t.Errorf("the harmless member was lost: %v", state)
	}
	for p := range tree(t, root) {
		if !before[p] && !strings.HasPrefix(p, "out") {
			t.Errorf("written outside --out: %s", p)
		}
	}
}

func tree(t *testing.T, root string) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	_ = filepath.WalkDir(root, func(p string, _ os.DirEntry, _ error) error {
		rel, _ := filepath.Rel(root, p)
		out[rel] = true
		return nil
	})
	return out
}

// A key that xindiao does not know is told, not swallowed and not an error: banks add their own.
func TestUnknownKeyIsTold(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "files"), "营业执照.txt", []byte(licence))
	put(t, dir, "application.yaml", []byte("applicant: 某某机械有限公司\nbranch_code: 0012\nas_of: 2026-09-30\n"))
	status, stdout, stderr := call(t, "review", dir, "--format", "json")
	if status != 0 || !strings.Contains(stdout, "COM008") || !strings.Contains(stdout, "application.yaml:2") {
		t.Errorf("status %d, %s", status, stderr)
	}
}
