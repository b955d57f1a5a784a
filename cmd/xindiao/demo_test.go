package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestDemo runs the whole main job on the bundled sample, scans too, and opens the Word file in LibreOffice.
func TestDemo(t *testing.T) {
	if testing.Short() {
		t.Skip("the demo reads scans: about half a minute")
	}
	out := filepath.Join(t.TempDir(), "demo")
	status, stdout, stderr := call(t, "demo", "--out", out)
	if status != 0 {
		t.Fatalf("status %d\n%s", status, stderr)
	}
	for _, f := range []string{"report.docx", "report.html", "report.json", "review.html", "review.json", "review.xlsx", "finance.html", "finance.xlsx"} {
		if st, err := os.Stat(filepath.Join(out, f)); err != nil || st.Size() < 4096 {
			t.Errorf("%s: %v", f, err)
		}
		if !strings.Contains(stdout, f) {
			t.Errorf("the screen does not name %s", f)
		}
	}
	if lines := strings.Count(stdout, "\n"); lines > 40 {
		t.Errorf("%d lines are more than a screenful", lines)
	}
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed: the Word file was not opened")
	}
	cmd := exec.Command(soffice, "--headless", "-env:UserInstallation=file://"+t.TempDir(), "--convert-to", "pdf", "--outdir", out, filepath.Join(out, "report.docx"))
	if msg, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, msg)
	}
	status, text, stderr := call(t, "review", filepath.Join(out, "report.pdf"), "--ocr", "none", "--format", "json")
	if status != 0 || strings.Count(text, `"pages"`) != 1 {
		t.Fatalf("our own reader cannot read what LibreOffice printed: %d %s", status, stderr)
	}
}
