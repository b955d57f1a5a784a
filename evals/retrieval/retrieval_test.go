package retrieval

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/retrieval"
)

func write(t *testing.T, file string, records ...any) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	enc := json.NewEncoder(f)
	if strings.HasSuffix(file, ".gz") {
		z := gzip.NewWriter(f)
		defer z.Close()
		enc = json.NewEncoder(z)
	}
	for _, r := range records {
		if err := enc.Encode(r); err != nil {
			t.Fatal(err)
		}
	}
}

type m = map[string]any

// small makes tiny sets of the three forms: every question has its answer by plain words, but one of tbrain's, whose
// right document says nothing of it.
func small(t *testing.T) string {
	dir := t.TempDir()
	write(t, dir+"/tbrain2024/finance_docs.jsonl.gz", m{"pid": 0, "text": "甲公司存貨之帳面金額為五百萬元。"}, m{"pid": 1, "text": "乙公司現金流量表。"})
	write(t, dir+"/tbrain2024/insurance_docs.jsonl.gz", m{"pid": 0, "text": "匯款費用由受益人負擔。"})
	write(t, dir+"/tbrain2024/faq_docs.jsonl.gz", m{"pid": 0, "text": "信用卡遺失請掛失。"})
	write(t, dir+"/tbrain2024/questions.jsonl",
		m{"qid": 1, "source": []int{0, 1}, "query": "甲公司的存货账面金额是多少？", "category": "finance", "answer": 0},
		m{"qid": 2, "source": []int{0, 1}, "query": "甲公司存貨", "category": "finance", "answer": 1})
	write(t, dir+"/rgb_zh/zh_refine.jsonl", m{"id": 1, "query": "某市2021年人口出生率", "positive": []string{"2021年某市人口出生率为7.52‰。"}, "negative": []string{"某市召开会议。"}})
	write(t, dir+"/rgb_zh/zh_int.jsonl", m{"id": 1, "query": "两地的产量", "positive": [][]string{{"甲地产量3吨，乙地产量4吨。"}}, "negative": []string{"天气晴。"}})
	write(t, dir+"/cmrc2018/dev.json", m{"data": []m{{"paragraphs": []m{
		{"id": "a", "context": "大桥建成于1957年。", "qas": []m{{"question": "大桥是哪年建成的？"}}},
		{"id": "b", "context": "河流长六百公里。", "qas": []m{{"question": "河流有多长？"}}}}}}})
	return dir
}

func TestRunCountsAsDefined(t *testing.T) {
	card, err := Run(t.Context(), small(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		set, name string
		want      float64
	}{
		{"tbrain2024", "R@1 candidates", 0.5}, {"tbrain2024", "R@1", 0.5}, {"rgb_zh", "P@1", 1}, {"cmrc2018", "R@1", 1}, {"cmrc2018", "MRR", 1},
	} {
		if got := card.Value(c.set, "search", c.name); got != c.want {
			t.Errorf("%s %s is %v, want %v", c.set, c.name, got, c.want)
		}
	}
	if got := card.Value("law", "search", "R@5"); got < 0.9 {
		t.Errorf("law R@5 is %v", got)
	}
	var b strings.Builder
	if err := card.WriteText(&b, true); err != nil || !strings.Contains(b.String(), "甲公司存貨（第") {
		t.Errorf("%v: the missed question is not named:\n%s", err, b.String())
	}
	data, err := card.JSON()
	if err != nil || strings.Contains(string(data), "甲公司存貨") {
		t.Errorf("%v: a question of a set stands in the card", err)
	}
}

func TestBrokenSets(t *testing.T) {
	if _, err := Run(t.Context(), t.TempDir(), Options{}); dossier.KindOf(err) != dossier.ErrNotFound {
		t.Errorf("an empty folder: %v", err)
	}
	dir := small(t)
	if err := os.WriteFile(dir+"/rgb_zh/zh_int.jsonl", []byte("{\"query\":\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Run(t.Context(), dir, Options{}); dossier.KindOf(err) != dossier.ErrCorrupt || !strings.Contains(err.Error(), "zh_int.jsonl") {
		t.Errorf("a broken line: %v", err)
	}
}

func TestRanks(t *testing.T) {
	hit := func(file string, also ...string) retrieval.Hit {
		h := retrieval.Hit{}
		h.Passage.Place.File = file
		for _, a := range also {
			h.Also = append(h.Also, dossier.Place{File: a})
		}
		return h
	}
	hits := []retrieval.Hit{hit("a"), hit("a"), hit("b", "d"), hit("c")}
	for file, want := range map[string][2]int{"a": {1, 1}, "b": {2, 3}, "c": {3, 4}, "d": {0, 3}, "e": {0, 0}} {
		right := map[string]bool{file: true}
		if got := [2]int{rank(hits, right), rankShown(hits, right)}; got != want {
			t.Errorf("%s: %v, want %v", file, got, want)
		}
	}
	if x := mrr("", []int{1, 2, 0, 0}); x.Value != 0.375 || x.SE == 0 {
		t.Errorf("%+v", x)
	}
	if x := share("R@2", "", []int{1, 3, 0, 2}, 2); x.Value != 0.5 || x.SE != 0.25 {
		t.Errorf("%+v", x)
	}
}
