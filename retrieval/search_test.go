package retrieval

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/retrieval/chunk"
	"github.com/xindiao/xindiao/retrieval/embed"
	"github.com/xindiao/xindiao/retrieval/plan"
)

func TestLint(t *testing.T) {
	if err := Lint(); err != nil {
		t.Fatal(err)
	}
}

func doc(file, typ string, pages ...string) *dossier.Document {
	d := &dossier.Document{File: file, Type: typ, TypeName: typ}
	for i, p := range pages {
		d.Pages = append(d.Pages, dossier.Page{Number: i + 1, Text: p})
	}
	return d
}

const table = "资产负债表\n单位：万元\n项目\t期末余额\t年初余额\n货币资金\t331.03\t288.05\n应收账款\t1,526.00\t1,351.91\n存货\t1,264.91\t1,168.00\n"

func folder() []*dossier.Document {
	old := doc("旧表.xlsx", "statements", "应收账款 9,999.99")
	old.SupersededBy = "表.xlsx"
	return []*dossier.Document{
		doc("合同.docx", "contract", "第一条 甲方向乙方采购瓦楞原纸。单价每吨3,200元。\n第二条 货款于到货后60日内支付，逾期每日按万分之五支付违约金。", "第三条 争议由乙方所在地人民法院管辖。"),
		doc("表.xlsx", "statements", table), old,
		doc("征信.pdf", "credit_report", "报告时间：2026年9月18日\n未结清信贷：流动资金贷款余额9,000,000.00元，五级分类正常。\n对外担保：无。"),
		doc("证照.jpg", "license", "营业执照\n名称 乙州云帆包装有限公司\n住所 新港路18号\n统一社会信用代码 91000000MA0000000X"),
	}
}

var small = Options{Chunk: chunk.Options{Runes: 40}}

func open(t testing.TB, docs []*dossier.Document, o Options) *Searcher {
	t.Helper()
	s, err := New(t.Context(), docs, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func search(t testing.TB, s *Searcher, q Query) Result {
	t.Helper()
	r, err := s.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSearchFindsTheRightPassage(t *testing.T) {
	s := open(t, folder(), small)
	for query, want := range map[string]string{
		"应收账款期末余额":           "应收账款",
		"违约金怎么算":             "万分之五",
		"1526万元":             "1,526.00",
		"有没有对外担保":            "对外担保：无",
		"贷款余额900万元":          "9,000,000.00",
		"企业住所地址":             "新港路18号",
		"征信报告的查询时间":          "2026年9月18日",
		"争议管辖法院":             "人民法院管辖",
		"注册地址 住所":            "新港路18号",
		"2026-09-18":         "2026年9月18日",
		"91000000ma0000000x": "91000000MA0000000X",
	} {
		r := search(t, s, Query{Text: query, K: 3})
		if len(r.Hits) == 0 {
			t.Errorf("%s: nothing", query)
			continue
		}
		if h := r.Hits[0]; !strings.Contains(h.Evidence().Text, want) && !strings.Contains(strings.ReplaceAll(h.Passage.Text, "\t", ""), want) {
			t.Errorf("%s: first is %q of %s", query, h.Passage.Text, h.Passage.Place.File)
		}
	}
}

func TestPlannedSearch(t *testing.T) {
	p, err := plan.Section("担保", []string{"乙州云帆包装有限公司的流贷、违约金、管辖法院"}, plan.Options{Names: []string{"乙州云帆包装有限公司"}})
	if err != nil {
		t.Fatal(err)
	}
	r := search(t, open(t, folder(), small), Query{Plan: &p, K: 5, Explain: true})
	files, queries := map[string]bool{}, map[string]bool{}
	for _, h := range r.Hits {
		files[h.Passage.Place.File] = true
		for _, l := range h.Legs {
			queries[l.Query] = true
		}
	}
	if !files["征信.pdf"] || !files["合同.docx"] || len(queries) < 3 || len(r.Queries) != len(p.Queries) {
		t.Errorf("files %v, queries %v", files, queries)
	}
}

func TestFilters(t *testing.T) {
	docs := folder()
	docs[0].Party.Name, docs[3].Party.Name = "乙州云帆包装有限公司", "丙州纸业有限公司"
	s := open(t, docs, small)
	for name, c := range map[string]struct {
		q    Query
		want map[string]bool
	}{
		"type":           {Query{Types: []string{"contract"}}, map[string]bool{"合同.docx": true}},
		"file":           {Query{Files: []string{"证照.jpg", "征信.pdf"}}, map[string]bool{"证照.jpg": true, "征信.pdf": true}},
		"party":          {Query{Parties: []string{"丙州纸业"}}, map[string]bool{"征信.pdf": true}},
		"current only":   {Query{Types: []string{"statements"}}, map[string]bool{"表.xlsx": true}},
		"all":            {Query{Types: []string{"statements"}, All: true}, map[string]bool{"表.xlsx": true, "旧表.xlsx": true}},
		"nothing":        {Query{Types: []string{"nothing"}}, map[string]bool{}},
		"type and party": {Query{Types: []string{"contract"}, Parties: []string{"丙州"}}, map[string]bool{}},
		"dossier":        {Query{Dossier: 7}, map[string]bool{}},
	} {
		for _, legs := range [][]string{nil, {Lexical}, {Vector}} {
			c.q.Text, c.q.K, c.q.Legs = "应收账款 贷款 违约金 住所 报告时间", 50, legs
			got := map[string]bool{}
			for _, h := range search(t, s, c.q).Hits {
				got[h.Passage.Place.File] = true
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("%s by %v: %v", name, legs, got)
			}
		}
	}
}

func TestPeriodFilter(t *testing.T) {
	for _, c := range []struct {
		have, asked string
		want        bool
	}{
		{"2025-12-31", "2025", true}, {"2025-12-31", "2025-12", true}, {"2025-12-31", "2024", false},
		{"2025-01-01/2025-12-31", "2025-06", true}, {"2025-01-01/2025-06-30", "2025-07-01/2025-12-31", false},
		{"2025-06-30", "2025-06-30", true}, {"", "2025", false}, {"2025-13-01", "2025", false},
	} {
		h, ok := parsePeriod(c.have)
		a, _ := parsePeriod(c.asked)
		if got := ok && h.meets(a); got != c.want {
			t.Errorf("%q in %q: %v", c.have, c.asked, got)
		}
	}
	s := open(t, folder(), small)
	if _, err := s.Search(t.Context(), Query{Text: "存货", Period: "去年"}); dossier.KindOf(err) != dossier.ErrInput {
		t.Errorf("a period that is none: %v", err)
	}
}

func TestHitsLeadBackToTheText(t *testing.T) {
	docs := folder()
	s := open(t, docs, small)
	seen := map[string]string{}
	for _, q := range []string{"存货 违约金 住所", "住所 应收账款"} {
		for _, h := range search(t, s, Query{Text: q, K: 20}).Hits {
			p := h.Passage
			if old, ok := seen[p.ID]; ok && old != p.Text || len(h.Legs) == 0 {
				t.Errorf("%s: %+v", p.ID, h)
			}
			seen[p.ID] = p.Text
			for _, d := range docs {
				if d.File == p.Place.File && (d.Pages[p.Place.Page-1].Text[p.Start:p.End] != p.Text || d.Text()[h.FileStart:h.FileEnd] != p.Text) {
					t.Errorf("%s does not stand at its offsets", p.ID)
				}
			}
		}
	}
	if len(seen) < 4 {
		t.Errorf("%d passages", len(seen))
	}
}

func TestSameAnswerEveryTime(t *testing.T) {
	q := Query{Text: "应收账款 贷款余额 采购 违约金 住所"}
	first := search(t, open(t, folder(), small), q)
	for range 5 {
		if again := search(t, open(t, folder(), small), q); !reflect.DeepEqual(first, again) {
			t.Fatal("two searches differ")
		}
	}
}

// The hashing leg must not push down what BM25 is sure of.
func TestHashLegNeverOutvotesBM25(t *testing.T) {
	docs := append(big(400), doc("征信.pdf", "credit_report", "关注类贷款余额1,830,000.00元。"))
	r := search(t, open(t, docs, small), Query{Text: "2026年支付的货款、发票以外，关注类贷款余额是多少"})
	if len(r.Hits) == 0 || r.Hits[0].Legs[0].Name != "bm25" || r.Hits[0].Legs[0].Rank != 1 {
		t.Errorf("%+v", r.Hits)
	}
}

type failing struct{ embed.Hash }

func (failing) Embed(context.Context, []string) ([][]float32, error) { return nil, errors.New("down") }

func TestEmbedderFailureIsSaid(t *testing.T) {
	r := search(t, open(t, folder(), Options{Embedder: failing{}, Chunk: small.Chunk}), Query{Text: "违约金"})
	if len(r.Hits) == 0 || !strings.Contains(strings.Join(r.Notes, ""), "按词语检索") || !r.Space.IsZero() {
		t.Errorf("%+v", r)
	}
}

func TestEmptyDossier(t *testing.T) {
	s := open(t, nil, Options{})
	if r := search(t, s, Query{Text: "x"}); len(r.Hits) != 0 || r.Passages != 0 {
		t.Errorf("%+v", r)
	}
	for _, text := range []string{"", " ", "？", "\x00\xff", strings.Repeat("长", 10000)} {
		search(t, open(t, folder(), small), Query{Text: text, K: 1 << 30})
	}
}

func TestSearchEndsWithItsContext(t *testing.T) {
	s := open(t, folder(), small)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Search(ctx, Query{Text: "存货"}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func big(n int) []*dossier.Document {
	var docs []*dossier.Document
	for i := range n / 10 {
		var b strings.Builder
		for k := range 10 {
			fmt.Fprintf(&b, "第%d条 买方于2026年%d月支付货款%d,%03d.50元，卖方开具第%d号发票，逾期按日计息。\n", k, k%12+1, i, k*37, i*10+k)
		}
		docs = append(docs, doc(fmt.Sprintf("%d.txt", i), "contract", b.String()))
	}
	return docs
}

func BenchmarkIndex5000(b *testing.B) {
	docs := big(5000)
	for b.Loop() {
		open(b, docs, small)
	}
}

func BenchmarkSearch5000(b *testing.B) {
	s := open(b, big(5000), small)
	for _, legs := range [][]string{nil, {Lexical}, {Vector}} {
		b.Run(strings.Join(append(legs, "leg"), "-"), func(b *testing.B) {
			for b.Loop() {
				search(b, s, Query{Text: "2026年9月 货款 发票 4,217", Legs: legs})
			}
		})
	}
}
