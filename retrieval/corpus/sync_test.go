package corpus_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/documents/read"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store/sqlite"
	"github.com/xindiao/xindiao/retrieval"
	"github.com/xindiao/xindiao/retrieval/corpus"
	"github.com/xindiao/xindiao/retrieval/embed"
)

var plain = read.Options{InProcess: true, OCR: ocr.None, Workers: 1}

// counted counts the texts that it is asked for.
type counted struct {
	embed.Hash
	n int
}

func (c *counted) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	c.n += len(texts)
	return c.Hash.Embed(ctx, texts)
}

func put(t *testing.T, dir, name, body string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o644); err != nil {
		t.Fatal(err)
	}
}

func load(t *testing.T, dir string) *corpus.Corpus {
	t.Helper()
	c, err := corpus.Load(t.Context(), "policy", dir, plain)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSync(t *testing.T) {
	st, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "x.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = st.Close() }()
	dir, e := t.TempDir(), &counted{}
	put(t, dir, "授信.txt", "第一条 单户授信超过五千万元的，由总行审批。\n第二条 集团客户合并计算。\n")
	put(t, dir, "贷后.txt", "第一条 每季度至少现场检查一次。\n")
	sync := func() (asked int) {
		t.Helper()
		e.n = 0
		if _, _, err := load(t, dir).Sync(t.Context(), st, e, "test", nil); err != nil {
			t.Fatal(err)
		}
		return e.n
	}
	ask := func(text string) string {
		t.Helper()
		col, err := st.Corpus(t.Context(), "policy")
		if err != nil {
			t.Fatal(err)
		}
		s, err := retrieval.Open(col, retrieval.Options{Embedder: e})
		if err != nil {
			t.Fatal(err)
		}
		hits := search(t, s, text, retrieval.Query{AsOf: today, K: 1})
		if len(hits) == 0 {
			return ""
		}
		return hits[0].Passage.Place.File
	}
	if sync() == 0 {
		t.Error("nothing was embedded")
	}
	if got := ask("多久现场检查一次"); got != "贷后.txt" {
		t.Errorf("found %s", got)
	}
	if n := sync(); n != 0 {
		t.Errorf("the same corpus again: %d texts embedded", n)
	}
	put(t, dir, "贷后.txt", "第一条 每月至少现场检查一次。\n")
	if n := sync(); n == 0 {
		t.Error("a changed file was not embedded")
	}
	if err := os.Remove(filepath.Join(dir, "授信.txt")); err != nil {
		t.Fatal(err)
	}
	if n := sync(); n != 0 {
		t.Errorf("a removal: %d texts embedded", n)
	}
	if got := ask("单户授信总行审批"); got == "授信.txt" {
		t.Error("a removed file is found")
	}
	all, err := st.Corpora(t.Context())
	if err != nil || len(all) != 1 || all[0].Items != 1 || all[0].Kind != "policy" {
		t.Errorf("%v %+v", err, all)
	}
}

// The same hits in memory and out of the store, and only those of the day and the industry.
func TestDaysAndIndustries(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "corpus.yaml", "files:\n  - {match: 旧.txt, effective_to: 2024-12-31}\n  - {match: 新.txt, effective_from: 2025-01-01}\n  - {match: 制造.txt, industry: C}\n  - {match: 批发.txt, industry: '5135'}\n")
	for _, f := range []string{"旧", "新", "制造", "批发"} {
		put(t, dir, f+".txt", "第一条 "+f+"：存货质押率不超过五成。\n")
	}
	c := load(t, dir)
	st, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "x.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = st.Close() }()
	if _, _, err := c.Sync(t.Context(), st, nil, "test", nil); err != nil {
		t.Fatal(err)
	}
	col, err := st.Corpus(t.Context(), "policy")
	if err != nil {
		t.Fatal(err)
	}
	stored, err := retrieval.Open(col, retrieval.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []*retrieval.Searcher{open(t, c, nil), stored} {
		for _, q := range []struct {
			day      dossier.Date
			industry string
			want     string
		}{
			{dossier.NewDate(2024, 12, 31), "C3525", "制造 旧"},
			{dossier.NewDate(2025, 1, 1), "C3525", "制造 新"},
			{today, "F5135", "批发 新"},
			{today, "F51", "新"}, // a note on one class says nothing of its whole group
			{today, "", "制造 批发 新"},
			{dossier.Date{}, "", "制造 批发 新"},
		} {
			got := map[string]bool{}
			for _, h := range search(t, s, "存货质押率", retrieval.Query{AsOf: q.day, Industry: q.industry, K: 10}) {
				got[strings.TrimSuffix(h.Passage.Place.File, ".txt")] = true
			}
			want := strings.Fields(q.want)
			for _, w := range want {
				if !got[w] {
					t.Errorf("%s %s: %v, want %v", q.day, q.industry, got, want)
				}
			}
			if len(got) != len(want) {
				t.Errorf("%s %s: %v, want %v", q.day, q.industry, got, want)
			}
		}
	}
}

// A law is served from its first day on.
func TestLawOfTheDay(t *testing.T) {
	c, err := corpus.Law()
	s := open(t, c, err)
	for day, want := range map[dossier.Date]bool{dossier.NewDate(2024, 6, 30): false, dossier.NewDate(2024, 7, 1): true} {
		found := false
		for _, h := range search(t, s, "流动资金贷款期限原则上不超过三年", retrieval.Query{AsOf: day, K: 20}) {
			found = found || strings.HasPrefix(article(h), "wcl2024:")
		}
		if found != want {
			t.Errorf("on %s the measures of July 2024 are found: %v", day, found)
		}
	}
}

func TestHostileFolder(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	put(t, outside, "秘密.txt", "第一条 外面的文件。\n")
	put(t, dir, "好.txt", "第一条 单户授信超过五千万元的，由总行审批。\n")
	put(t, dir, "假\n名.txt", "第一条 名字里有换行。\n")
	put(t, dir, "长行.txt", strings.Repeat("甲", 1<<20)+"\n")
	put(t, dir, "乱码.pdf", "%PDF-1.7\n"+strings.Repeat("\x00\xff\xfe(", 4096))
	put(t, dir, "空包.zip", "PK\x05\x06"+strings.Repeat("\x00", 18))
	put(t, dir, "零字节.xlsx", "")
	if err := os.Symlink(filepath.Join(outside, "秘密.txt"), filepath.Join(dir, "链接.txt")); err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	if w, err := z.Create("制度/归档.txt"); err != nil {
		t.Fatal(err)
	} else if _, err := w.Write([]byte("第一条 归档在压缩包里。\n")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	put(t, dir, "全套.zip", packed.String())
	c := load(t, dir)
	if _, ok := c.Item("全套.zip/制度/归档.txt"); !ok {
		t.Errorf("a member of an archive is not there: %+v", c.Problems)
	}
	for _, p := range c.Problems {
		if p.File == "全套.zip" {
			t.Errorf("an archive that gave its members: %s", p.Msg)
		}
	}
	for _, it := range c.Items {
		if strings.Contains(it.Text(), "外面的文件") {
			t.Error("a link led out of the folder")
		}
	}
	if _, ok := c.Item("好.txt"); !ok || len(c.Problems) == 0 {
		t.Errorf("%d items, %d problems", len(c.Items), len(c.Problems))
	}
	if _, err := c.Collection(t.Context(), nil); err != nil {
		t.Error(err)
	}
	put(t, dir, "corpus.yaml", strings.Repeat("# 很大\n", 1<<18))
	var e *dossier.Error
	if _, err := corpus.Load(t.Context(), "policy", dir, plain); !errors.As(err, &e) || e.Kind != dossier.ErrInput {
		t.Errorf("a corpus.yaml of megabytes: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := corpus.Load(ctx, "other", outside, plain); err == nil {
		t.Error("a cancelled load gives a corpus")
	}
}
