package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/internal/llm/llmtest"
	"github.com/xindiao/xindiao/report"
)

// The same command with a model behind a real HTTP server: its prose is kept where the facts bear it out, and marked.
func TestDraftWithModel(t *testing.T) {
	t.Setenv("OPENAI_API_KEY", "key")
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	put(t, dir, "营业执照.txt", []byte(licence))
	srv := llmtest.New(t).Answer(func(llmtest.Request) llmtest.Reply {
		return llmtest.Reply{Text: `{"sentences":[{"text":"借款人法定代表人为张三，这一点由营业执照载明。","figures":[],"passages":["t1"],"judged":false},` +
			`{"text":"借款人上年营业收入8,888.88万元。","figures":[],"passages":["t1"],"judged":false}]}`}
	})
	status, stdout, stderr := call(t, "draft", dir, "--out", out, "--as-of", "2026-09-30", "--llm", srv.Spec())
	if status != 0 || !strings.Contains(stdout, "openai:scripted@") {
		t.Fatalf("status %d\n%s\n%s", status, stdout, stderr)
	}
	data, err := os.ReadFile(filepath.Join(out, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	var r report.Report
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), "8,888.88") {
		t.Error("an invented amount is in the report")
	}
	if !strings.Contains(string(data), `"author": "model"`) || r.Generation.Prompts["section"] == "" {
		t.Errorf("nothing by the model was kept; generation %+v", r.Generation)
	}
	if strings.Contains(stderr+stdout+string(data), `"key"`) {
		t.Error("the key was printed")
	}
	if len(srv.Requests()) == 0 {
		t.Error("the model was never asked")
	}
}

// A model that was asked for and does not answer is a missing dependency, and no report is left behind.
func TestDraftWithoutTheModel(t *testing.T) {
	t.Setenv("OPENAI_API_KEY", "key")
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	put(t, dir, "营业执照.txt", []byte(licence))
	srv := llmtest.New(t).Script(llmtest.Reply{Fault: llmtest.Forbidden})
	status, _, stderr := call(t, "draft", dir, "--out", out, "--llm", srv.Spec())
	if status != exitDependency || !strings.Contains(stderr, "模型") {
		t.Errorf("status %d, %q", status, stderr)
	}
	if _, err := os.Stat(filepath.Join(out, "report.docx")); err == nil {
		t.Error("a report was written all the same")
	}
}
