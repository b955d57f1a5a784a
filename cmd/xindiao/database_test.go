package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/internal/llm/llmtest"
	"github.com/xindiao/xindiao/internal/store/postgres/pgtest"
	"github.com/xindiao/xindiao/retrieval/answer"
	"github.com/xindiao/xindiao/samples"
)

// ask searches and reads the JSON.
func ask(t *testing.T, args ...string) answer.Answer {
	t.Helper()
	status, stdout, stderr := call(t, append(append([]string{"search"}, args...), "--format", "json")...)
	if status != 0 {
		t.Fatalf("search %v: status %d\n%s", args, status, stderr)
	}
	var a answer.Answer
	if err := json.Unmarshal([]byte(stdout), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

var reUSCC = regexp.MustCompile(`客户\s+([0-9A-Z]{18})`)

// A dossier goes into either database, comes back unchanged the second time, and is found as in memory.
func TestIngestAndSearch(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			work, dir := t.TempDir(), t.TempDir()
			db := "sqlite:" + filepath.Join(work, "x.db")
			if engine == "postgres" {
				db = pgtest.Database(t)
			}
			if err := samples.Unpack(samples.Manufacturing, dir); err != nil {
				t.Fatal(err)
			}
			files := "dir:" + filepath.Join(work, "files")
			cache := filepath.Join(work, "cache")
			args := []string{"ingest", dir, "--db", db, "--files", files, "--ocr", "none", "--cache", cache}
			status, stdout, stderr := call(t, args...)
			if status != 0 || !strings.Contains(stdout, "未变 0") {
				t.Fatalf("status %d\n%s%s", status, stdout, stderr)
			}
			m := reUSCC.FindStringSubmatch(stdout)
			if m == nil {
				t.Fatalf("no customer in %s", stdout)
			}
			if status, stdout, _ := call(t, args...); status != 0 || !strings.Contains(stdout, "新增 0") {
				t.Fatalf("again: status %d\n%s", status, stdout)
			}
			const question = "抵押物评估价值"
			kept := ask(t, question, "--customer", m[1], "--db", db, "-k", "5")
			read := ask(t, dir, question, "--ocr", "none", "--cache", cache, "-k", "5")
			if len(kept.Hits) != 5 || len(read.Hits) != 5 {
				t.Fatalf("%d hits in the database, %d in the folder", len(kept.Hits), len(read.Hits))
			}
			for i, h := range kept.Hits {
				if r := read.Hits[i]; h.File != r.File || h.Start != r.Start || h.Quote != r.Quote {
					t.Errorf("hit %d: %s %d in the database, %s %d in the folder", i+1, h.File, h.Start, r.File, r.Start)
				}
			}
			if status, stdout, _ := call(t, "doctor", "--db", db); status != 0 || !strings.Contains(stdout, "审计链完整 1 个") || strings.Contains(stdout, "postgres:postgres") {
				t.Errorf("doctor: status %d\n%s", status, stdout)
			}
			both := ask(t, question, "--customer", m[1], "--db", db, "--corpus", "law", "-k", "6")
			sources := map[string]int{}
			for _, h := range both.Hits {
				sources[h.Source]++
			}
			if sources["law"] == 0 || len(sources) != 2 {
				t.Errorf("customer and law: %v", sources)
			}
		})
	}
}

func TestSearchSaysWhatIsWrong(t *testing.T) {
	db := "sqlite:" + filepath.Join(t.TempDir(), "none.db")
	for _, c := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"search", "只有问题"}, exitUsage, "用法"},
		{[]string{"search", "甲", "乙", "--customer", "丙"}, exitUsage, "只能给一个"},
		{[]string{"search", " ", "--corpus", "law"}, exitUsage, "没有要查的内容"},
		{[]string{"search", "x", "--customer", "丙", "--db", db}, exitInput, "没有这个数据库文件"},
		{[]string{"search", "x", "--corpus", "policy", "--db", db}, exitInput, "随程序附带的有 law、industry"},
		{[]string{"search", "x", "--corpus", "law", "--db", "mysql://x"}, exitUsage, "sqlite:PATH"},
		{[]string{"search", "x", "--customer", "丙", "--db", "postgres://u:secret@127.0.0.1:1/x"}, exitDependency, "连不上数据库 127.0.0.1:1"},
		{[]string{"search", "x", "--corpus", "law", "--as-of", "昨天"}, exitUsage, "--as-of"},
		{[]string{"ingest", filepath.Join(t.TempDir(), "nowhere"), "--db", db}, exitInput, "没有这个文件夹"},
		{[]string{"corpus", "list", "--db", db}, exitInput, "没有这个数据库文件"},
		{[]string{"corpus", "add", "law", t.TempDir(), "--db", db}, exitUsage, "随程序附带"},
		{[]string{"corpus", "add", "policy", "--db", db}, exitUsage, "文件夹"},
	} {
		if status, _, stderr := call(t, c.args...); status != c.status || !strings.Contains(stderr, c.says) || strings.Contains(stderr, "secret") {
			t.Errorf("%v: status %d: %s", c.args, status, stderr)
		}
	}
}

// What was in force then is found, what came later is not.
func TestSearchTheLawAsOfADay(t *testing.T) {
	const question = "流动资金贷款不得用于股权投资"
	laws := func(day string) string {
		var b strings.Builder
		for _, h := range ask(t, question, "--corpus", "law", "--as-of", day, "-k", "8").Hits {
			b.WriteString(h.Title + "\n")
		}
		return b.String()
	}
	if s := laws("2026-06-30"); !strings.Contains(s, "流动资金贷款管理办法") {
		t.Errorf("2026: %s", s)
	}
	if s := laws("2023-06-30"); strings.Contains(s, "流动资金贷款管理办法") { // the measures of 2024
		t.Errorf("2023: %s", s)
	}
}

// A bank's own folder is searched under its name, with a bad file named and the rest kept.
func TestCorpusCommands(t *testing.T) {
	dir, db := t.TempDir(), "sqlite:"+filepath.Join(t.TempDir(), "x.db")
	for name, text := range map[string]string{
		"授信管理办法.txt": "第一条 为规范授信业务，制定本办法。\n第二条 单户流动资金贷款超过一千万元的，应当双人实地核查存货。\n第三条 本办法自2026年1月1日起施行。\n",
		"损坏.pdf":     "%PDF-1.4 broken",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	status, stdout, stderr := call(t, "corpus", "add", "policy", dir, "--db", db, "--no-cache", "--ocr", "none")
	if status != 0 || !strings.Contains(stdout, "policy") || !strings.Contains(stderr, "损坏.pdf") {
		t.Fatalf("status %d\n%s%s", status, stdout, stderr)
	}
	a := ask(t, "存货要几个人去看", "--corpus", "policy", "--db", db)
	if len(a.Hits) == 0 || !strings.Contains(a.Hits[0].Quote, "双人实地核查存货") || !strings.Contains(a.Hits[0].File, "授信管理办法.txt") {
		t.Errorf("%+v", a.Hits)
	}
	if status, stdout, _ := call(t, "corpus", "list", "--db", db); status != 0 || !strings.Contains(stdout, "policy") {
		t.Errorf("list: %s", stdout)
	}
	if status, _, stderr := call(t, "corpus", "remove", "policy", "--db", db); status != 0 {
		t.Errorf("remove: %s", stderr)
	}
	if status, _, _ := call(t, "search", "存货", "--corpus", "policy", "--db", db); status != exitInput {
		t.Errorf("a corpus that was removed answers with status %d", status)
	}
}

// A model comes after the dossiers: nothing mixes, and reembed moves them.
func TestReembed(t *testing.T) {
	work, dir := t.TempDir(), t.TempDir()
	db := "sqlite:" + filepath.Join(work, "x.db")
	if err := os.WriteFile(filepath.Join(dir, "说明.txt"), []byte("借款人：某某制造有限公司\n统一社会信用代码：91330213MA29YUW42L\n贷款用途：购买钢材。\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, _, stderr := call(t, "ingest", dir, "--db", db, "--id", "K1", "--no-cache", "--ocr", "none", "--files", "dir:"+filepath.Join(work, "f")); status != 0 {
		t.Fatal(stderr)
	}
	s := llmtest.New(t)
	t.Setenv("OPENAI_API_KEY", "test")
	spec := "openai:embedder@" + s.URL + "/v1"
	ingest := func(name string) string {
		status, stdout, stderr := call(t, "ingest", dir, "--db", db, "--id", "K1", "--name", name, "--embed", spec, "--no-cache", "--ocr", "none", "--files", "dir:"+filepath.Join(work, "f"))
		if status != 0 {
			t.Fatal(stderr)
		}
		return stdout
	}
	find := func() answer.Answer {
		return ask(t, "购买钢材", "--customer", "K1", "--db", db, "--embed", spec, "--explain", "--all")
	}
	if before := find(); len(before.Hits) == 0 || strings.Contains(before.Space, "embedder") {
		t.Errorf("before: space %q, %d hits", before.Space, len(before.Hits))
	}
	if s := ingest("第二份"); !strings.Contains(s, "xindiao reembed") || !strings.Contains(s, "其中有向量 0") {
		t.Errorf("another model's vectors came in: %s", s)
	}
	if status, stdout, stderr := call(t, "reembed", "--db", db, "--embed", spec); status != 0 || !strings.Contains(stdout, "本次切换 1") {
		t.Fatalf("status %d\n%s%s", status, stdout, stderr)
	}
	if after := find(); len(after.Hits) == 0 || !strings.Contains(after.Space, "embedder") {
		t.Errorf("after: space %q, %d hits, notes %v", after.Space, len(after.Hits), after.Notes)
	}
}
