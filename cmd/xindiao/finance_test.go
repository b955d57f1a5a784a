package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/samples"
)

func TestFinance(t *testing.T) {
	dir := t.TempDir()
	if err := samples.Unpack(samples.Manufacturing, dir); err != nil {
		t.Fatal(err)
	}
	cache := filepath.Join(t.TempDir(), "cache")
	status, stdout, stderr := call(t, "finance", dir, "--ocr", "none", "--cache", cache, "--format", "json")
	if status != 0 {
		t.Fatalf("status %d\n%s", status, stderr)
	}
	var r report.Report
	if err := json.Unmarshal([]byte(stdout), &r); err != nil {
		t.Fatal(err)
	}
	if r.Schema != "xindiao.finance/v1" || len(r.Sections) < 4 || len(r.Figures) < 100 {
		t.Errorf("%s with %d sections and %d figures", r.Schema, len(r.Sections), len(r.Figures))
	}
	for _, c := range []struct{ format, begins string }{{"table", "财务分析"}, {"html", "<!doctype html>"}, {"xlsx", "PK"}} {
		out := filepath.Join(t.TempDir(), "finance."+c.format)
		if status, _, stderr := call(t, "finance", dir, "--ocr", "none", "--cache", cache, "--format", c.format, "--section", "statements,need", "--unit", "wan", "--out", out); status != 0 {
			t.Fatalf("%s: status %d\n%s", c.format, status, stderr)
		}
		b, err := os.ReadFile(out)
		if err != nil || !strings.HasPrefix(string(b), c.begins) {
			t.Errorf("%s begins %.20q: %v", c.format, b, err)
		}
	}
}

func TestFinanceSaysWhatIsWrong(t *testing.T) {
	if status, _, stderr := call(t, "finance", t.TempDir(), "--section", "weather"); status != exitUsage || !strings.Contains(stderr, "statements") {
		t.Errorf("status %d: %s", status, stderr)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "说明.txt"), []byte("没有数字的一页纸\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, _, stderr := call(t, "finance", dir, "--no-cache"); status != exitInput || !strings.Contains(stderr, "没有读到") {
		t.Errorf("status %d: %s", status, stderr)
	}
}

// A bank's own thresholds stand in the analysis with their owner; a file that is none of them is named.
func TestBankPolicy(t *testing.T) {
	dir, policy := t.TempDir(), t.TempDir()
	if err := samples.Unpack(samples.Manufacturing, dir); err != nil {
		t.Fatal(err)
	}
	own, err := os.ReadFile("../../finance/policy/thresholds.yaml")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(own), "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, "owner:") {
			lines[i] = "owner: 某某银行风险部"
		}
	}
	if err := os.WriteFile(filepath.Join(policy, "thresholds.yaml"), []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"finance", dir, "--ocr", "none", "--no-cache", "--section", "ratios", "--policy", policy}
	if status, stdout, stderr := call(t, args...); status != 0 || !strings.Contains(stdout, "某某银行风险部") {
		t.Errorf("status %d: %s", status, stderr)
	}
	if err := os.WriteFile(filepath.Join(policy, "treshold.yaml"), []byte("owner: 甲\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, _, stderr := call(t, args...); status != exitInput || !strings.Contains(stderr, "treshold.yaml") {
		t.Errorf("status %d: %s", status, stderr)
	}
}
