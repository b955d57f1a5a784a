package corpus

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/documents/read"
	"github.com/xindiao/xindiao/dossier"
)

var plain = read.Options{InProcess: true, OCR: ocr.None, Workers: 1}

func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, body := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const policy = "授信业务管理办法\n第一条 为规范授信业务，制定本办法。\n第二条 单户授信超过五千万元的，由总行审批。\n第三条 依据《流动资金贷款管理暂行办法》执行。\n"

func problem(c *Corpus, file, words string) *Problem {
	for i, p := range c.Problems {
		if p.File == file && strings.Contains(p.Msg, words) {
			return &c.Problems[i]
		}
	}
	return nil
}

func TestLoad(t *testing.T) {
	dir := folder(t, map[string]string{
		"corpus.yaml": "title: 本行制度\nkind: policy\nowner: 授信部\ndate: 2026-09-30\nfiles:\n  - {match: 授信*.txt, title: 授信业务管理办法（2025版）, effective_from: 2025-01-01}\n" +
			"  - {match: 旧/*.txt, effective_to: 2024-12-31}\n  - {match: 制造*.md, industry: C}\n  - {match: 草稿*, skip: true}\n  - {match: 没有.docx}\n",
		"授信办法.txt": policy, "旧/旧办法.txt": "第一条 单户授信超过三千万元的，由总行审批。\n", "制造业指引.md": "# 指引\n关注用电量。\n",
		"草稿.txt": "不收\n", "坏.docx": "PK\x03\x04\x14\x00broken", "空.txt": "",
	})
	c, err := Load(t.Context(), "policy", dir, plain)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(ids(c.Items), " "); got != "制造业指引.md 授信办法.txt 旧/旧办法.txt" {
		t.Errorf("items %s", got)
	}
	if c.Title != "本行制度" || c.Owner != "授信部" || c.Kind != KindPolicy {
		t.Errorf("%+v", c)
	}
	if it, _ := c.Item("授信办法.txt"); it.Heading() != "授信业务管理办法（2025版）" || it.From != dossier.NewDate(2025, 1, 1) {
		t.Errorf("rule was not applied: %+v", it)
	}
	if got := strings.Join(ids(c.On(dossier.NewDate(2026, 9, 30))), " "); got != "制造业指引.md 授信办法.txt" {
		t.Errorf("in force: %s", got)
	}
	if got := ids(c.For("F51", dossier.NewDate(2026, 9, 30))); len(got) != 1 || got[0] != "授信办法.txt" {
		t.Errorf("for wholesale: %v", got)
	}
	for file, words := range map[string]string{"坏.docx": "", "空.txt": "", "corpus.yaml": "没有对应", "授信办法.txt": "《流动资金贷款管理暂行办法》已于2024年7月1日废止"} {
		if problem(c, file, words) == nil {
			t.Errorf("no problem %q for %s in %+v", words, file, c.Problems)
		}
	}
	again, err := Load(t.Context(), "policy", dir, plain)
	if err != nil || again.SHA256() != c.SHA256() {
		t.Error("reading the same folder again gives another corpus")
	}
	if err := os.WriteFile(filepath.Join(dir, "授信办法.txt"), []byte(policy+"第四条 自发布之日起施行。\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	changed, err := Load(t.Context(), "policy", dir, plain)
	if err != nil || changed.SHA256() == c.SHA256() {
		t.Error("a changed file does not show in the hash")
	}
	if a, _ := changed.Item("旧/旧办法.txt"); a.SHA256 != c.Items[2].SHA256 {
		t.Error("an unchanged file has another hash")
	}
}

func TestLoadRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		corpus, yaml, says string
		kind               dossier.ErrorKind
	}{
		"unknown key":        {"p", "kind: policy\ncolour: red\n", "corpus.yaml:2", dossier.ErrInput},
		"unknown kind":       {"p", "title: t\nkind: law\n", "corpus.yaml:2", dossier.ErrInput},
		"unknown industry":   {"p", "files:\n  - match: a.txt\n    industry: C99\n", "corpus.yaml:3", dossier.ErrInput},
		"ends before begins": {"p", "files:\n  - {match: a.txt, effective_from: 2025-01-01, effective_to: 2024-01-01}\n", "corpus.yaml:2", dossier.ErrInput},
		"bad pattern":        {"p", "files:\n  - {match: '[a'}\n", "corpus.yaml", dossier.ErrInput},
		"report not vouched": {"p", "title: 往期\nkind: report\n", "corpus.yaml:2", dossier.ErrInput},
		"name":               {"../p", "", "语料名", dossier.ErrInput},
		"name taken":         {"law", "", "内置", dossier.ErrInput},
	} {
		files := map[string]string{"a.txt": policy}
		if c.yaml != "" {
			files["corpus.yaml"] = c.yaml
		}
		_, err := Load(t.Context(), c.corpus, folder(t, files), plain)
		var e *dossier.Error
		if !errors.As(err, &e) || e.Kind != c.kind || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %s", name, err, c.says)
		}
	}
	if _, err := Load(t.Context(), "p", folder(t, map[string]string{"a.docx": "PK\x03\x04\x14\x00broken"}), plain); err == nil {
		t.Error("a folder with nothing to offer makes a corpus")
	}
}

const vouched = "kind: report\nowner: 海州商业银行\nnames: [沪海证券交易所有限公司]\nreviewed: {by: 合规部, date: 2026-09-01}\n"

func TestPastReportsNameNobody(t *testing.T) {
	c, err := Load(t.Context(), "reports", folder(t, map[string]string{
		"corpus.yaml": vouched,
		"脱敏.txt":      "借款人为有限责任公司，某包装有限公司系制造业企业，甲公司为其下游；海州商业银行股份有限公司已授信。沪海证券交易所有限公司公告。\n",
		"有名称.txt":     "借款人乙州云帆包装有限公司成立于2012年。\n",
		"有代码.txt":     "统一社会信用代码：91330206MA2AF12B6Q\n法定代表人手机13800138000\n",
	}), plain)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(ids(c.Items), " "); got != "脱敏.txt" {
		t.Errorf("items %s: %+v", got, c.Problems)
	}
	p := problem(c, "有名称.txt", "公司全称1处")
	if p == nil || !p.Left || strings.Contains(p.Msg, "云帆") {
		t.Errorf("problem %+v", p)
	}
	if problem(c, "有代码.txt", "手机号1处") == nil {
		t.Errorf("problems %+v", c.Problems)
	}
}

func TestPoliciesHoldNoCards(t *testing.T) {
	c, err := Load(t.Context(), "p", folder(t, map[string]string{
		"附件.txt": "样例：身份证号码11010519491231002X\n", "办法.txt": policy + "联系电话13800138000\n",
	}), plain)
	if err != nil || len(c.Items) != 1 {
		t.Fatalf("%v: %+v", err, c)
	}
	if p := problem(c, "附件.txt", "身份证号1处"); p == nil || strings.Contains(p.Msg, "1949") {
		t.Errorf("problem %+v", p)
	}
}
