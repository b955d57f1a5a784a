package answer

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/retrieval"
	"github.com/xindiao/xindiao/retrieval/plan"
)

func result() retrieval.Result {
	return retrieval.Result{Searched: 40, Route: "exact", Notes: []string{"向量模型没有回答"},
		Queries: []plan.Query{{Text: "账龄", Weight: 1, Terms: []plan.Term{{Text: "账龄", Weight: 1}, {Text: "应收款", Weight: .4, Why: "同义：应收账款"}}}},
		Hits: []retrieval.Hit{
			{Dossier: 7, Type: "aging", Title: "账龄表", Kind: "row", Period: "2026-08-31", Score: .02,
				Passage: dossier.Passage{Text: "客户\t余额\n甲公司\t1.00\n乙公司\t2.00\n丙公司\t3.00\n丁公司\t4.00\n合计\t10.00\n", Start: 10, End: 90, Place: dossier.Place{File: "账龄.xlsx", Cell: "账龄!A1"}},
				Also:    []dossier.Place{{File: "旧账龄.pdf", Page: 2}}, Legs: []retrieval.Leg{{Name: "bm25", Rank: 1, Score: 12.5}}},
			{Title: "某某办法", Label: "第九条", Passage: dossier.Passage{Text: strings.Repeat("用途应当明确。\n", 60), Place: dossier.Place{File: "law/x:9", Page: 1}}},
		}}
}

func TestText(t *testing.T) {
	var b strings.Builder
	if err := Text(&b, "账龄", []string{"卷宗 甲"}, result(), true, 60); err != nil {
		t.Fatal(err)
	}
	s := b.String()
	for _, want := range []string{"查询  账龄", "卷宗 甲；40 个段落", "＋应收款（同义：应收账款，权重 0.40）", "注意  向量模型没有回答", " 1. 账龄.xlsx 账龄!A1 · 账龄表 · 2026-08-31\n",
		"    甲公司 | 1.00\n", "…另有2行", "旧账龄.pdf 第2页", "bm25 第1名 12.500", " 2. 某某办法 第九条\n", "…"} {
		if !strings.Contains(s, want) {
			t.Errorf("no %q in\n%s", want, s)
		}
	}
	for _, line := range strings.Split(s, "\n") {
		n := 0
		for _, r := range line {
			if n++; r >= 0x1100 {
				n++
			}
		}
		if n > 62 && strings.HasPrefix(line, "    用途") {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	b.Reset()
	if err := Text(&b, "没有的事", nil, retrieval.Result{}, false, 60); err != nil || !strings.Contains(b.String(), "没有找到") {
		t.Errorf("%v: %s", err, b.String())
	}
}

func TestJSON(t *testing.T) {
	data, err := json.Marshal(Of("账龄", []string{"卷宗 甲"}, result()))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"schema":"xindiao.search/v1"`, `"cell":"账龄!A1"`, `"start":10`, `"adds":[{"text":"应收款"`, `"also":["旧账龄.pdf 第2页"]`, `"rank":1`} {
		if !strings.Contains(string(data), want) {
			t.Errorf("no %s in %s", want, data)
		}
	}
	empty, err := json.Marshal(Of("x", nil, retrieval.Result{}))
	if err != nil || strings.Contains(string(empty), `"hits":null`) || strings.Contains(string(empty), `"notes":null`) {
		t.Errorf("%v: %s", err, empty)
	}
}
