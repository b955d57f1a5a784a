package main

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// said runs a command line and returns what it printed on standard output, and its status.
func said(t *testing.T, args ...string) (string, int) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	out := make(chan string)
	go func() {
		b, _ := io.ReadAll(r)
		out <- string(b)
	}()
	old := os.Stdout
	os.Stdout = w
	status := run(context.Background(), args)
	os.Stdout = old
	w.Close()
	return <-out, status
}

func TestTypesList(t *testing.T) {
	out, status := said(t, "types", "list", "--format", "json")
	var kinds []kindJSON
	if err := json.Unmarshal([]byte(out), &kinds); err != nil || status != 0 {
		t.Fatal(status, err)
	}
	listed := 0
	for _, k := range kinds {
		if k.Listed {
			listed++
		}
		if k.ID == "tax_registration_legacy" && !k.Abolished {
			t.Error("the tax registration is abolished")
		}
	}
	if listed != 265 {
		t.Errorf("%d kinds of the bank's list", listed)
	}
	if out, status := said(t, "types", "list", "--category", "司法"); status != 0 || !strings.Contains(out, "litigation_docs") || strings.Contains(out, "business_license") {
		t.Errorf("one category: %d %s", status, out)
	}
	if _, status := said(t, "types", "list", "--category", "没有"); status != exitInput {
		t.Errorf("an unknown category: %d", status)
	}
}

func TestTypesShow(t *testing.T) {
	out, status := said(t, "types", "show", "税务登记证（旧证）")
	for _, want := range []string{"tax_registration_legacy", "不必再提供", "营业执照（business_license）", "纳税人识别号", "第二十一条"} {
		if status != 0 || !strings.Contains(out, want) {
			t.Errorf("%d, no %s in\n%s", status, want, out)
		}
	}
}

func TestTypesNewPassesItsTest(t *testing.T) {
	out, status := said(t, "types", "new", "parking_permit")
	if status != 0 {
		t.Fatal(out)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "parking_permit.yaml")
	try := func(text string) (string, int) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return said(t, "types", "test", file)
	}
	if got, status := try(out); status != 0 || !strings.Contains(got, "全部通过") {
		t.Errorf("the skeleton: %d\n%s", status, got)
	}
	if got, status := try(strings.Replace(out, `fee: "1200"`, `fee: "1300"`, 1)); status != exitInput || !strings.Contains(got, "fee 应为“1300”，读到“1200”") {
		t.Errorf("a wrong field: %d\n%s", status, got)
	}
	if got, status := try(strings.Replace(out, "weight: 1,", "weight: 0.3,", 1)); status != exitInput || !strings.Contains(got, "而不是本种类") {
		t.Errorf("too few signs: %d\n%s", status, got)
	}
	greedy := strings.Replace(out, "cues:   ", "cues: \n  - {text: 贷款结清证明, weight: 5}\n#", 1)
	if got, status := try(greedy); status != exitInput || !strings.Contains(got, "“贷款结清证明”的样例") {
		t.Errorf("a kind that takes another's papers: %d\n%s", status, got)
	}
	if got, status := said(t, "types", "list", "--types", dir); status != 0 || !strings.Contains(got, "parking_permit") {
		t.Errorf("--types: %d\n%s", status, got)
	}
	if _, status := said(t, "types", "list", "--types", filepath.Join(dir, "none")); status != exitInput {
		t.Errorf("a folder that is not there: %d", status)
	}
	if _, status := said(t, "types", "new", "停车"); status != exitUsage {
		t.Errorf("an id in Chinese: %d", status)
	}
}
