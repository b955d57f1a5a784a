package retrieval

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	_ "github.com/xindiao/xindiao/internal/rapidtest"

	"github.com/xindiao/xindiao/dossier"
)

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

func TestChunksKeepRowsWhole(t *testing.T) {
	cs := Chunks([]*dossier.Document{doc("表.xlsx", "statements", table)}, 30)
	if len(cs) < 2 {
		t.Fatalf("want several chunks, got %d", len(cs))
	}
	for _, c := range cs {
		for _, l := range strings.Split(c.Text, "\n") {
			if !strings.Contains("\n"+table, "\n"+l+"\n") {
				t.Errorf("a row was cut: %q", l)
			}
		}
		if strings.Contains(c.Text, "存货") && !(strings.Contains(c.Context, "期末余额") && strings.Contains(c.Context, "单位：万元")) {
			t.Errorf("header and unit are not repeated: %q", c.Context)
		}
		if strings.Contains(c.Context, "货币资金") {
			t.Errorf("a row of data is no header: %q", c.Context)
		}
	}
}

func TestSentencesOverWrappedLines(t *testing.T) {
	text := "本公司主要从事包装制品的生产与销售，产品用于食品、日化和电子等行业，客户集中度\n较低，前五大客户占比约三成。账期一般为两个月，\n年末集中回款。"
	cs := Chunks([]*dossier.Document{doc("a.txt", "x", text)}, 20)
	if len(cs) != 2 || !strings.HasSuffix(cs[0].Text, "三成。") || !strings.HasPrefix(cs[1].Text, "账期") {
		t.Fatalf("got %d chunks, %q", len(cs), cs[0].Text)
	}
}

// On any page: offsets are right, chunks are in order, nothing but blanks is lost, no sentence ends inside one chunk
// and goes on in another.
func TestChunkProperties(t *testing.T) {
	piece := rapid.SampledFrom([]string{"甲方应当付款。", "逾期付息；", "金额1,234.50万元", "\n", "\t", "  ", "项目  金额", "，", "“引文。”", "abc def", "\n\n", "很长的一行没有句号但是一直写下去", "！", "\f"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 60).Draw(t, "pieces"), "")
		size := rapid.IntRange(5, 80).Draw(t, "size")
		d := doc("a.txt", "x", text)
		last := 0
		for _, c := range Chunks([]*dossier.Document{d}, size) {
			if c.Start < last || c.Text != text[c.Start:c.End] || c.Text == "" {
				t.Fatalf("bad offsets %d-%d after %d", c.Start, c.End, last)
			}
			if gap := text[last:c.Start]; strings.TrimSpace(gap) != "" {
				t.Fatalf("lost %q", gap)
			}
			if c.Line != 1+strings.Count(text[:c.Start], "\n") {
				t.Fatalf("line %d", c.Line)
			}
			if n := len([]rune(c.Text)); n > size*(hardFactor+1) {
				t.Fatalf("chunk of %d runes for size %d", n, size)
			}
			if c.Start > 0 && last > 0 && !strings.ContainsAny(text[last:c.Start], "\n\t \f") && len([]rune(text)) < size*hardFactor {
				if r := []rune(text[:c.Start]); !strings.ContainsRune(sentenceEnds+"”", r[len(r)-1]) {
					t.Fatalf("cut inside a sentence before %q", c.Text)
				}
			}
			last = c.End
		}
		if strings.TrimSpace(text[last:]) != "" {
			t.Fatalf("lost the end %q", text[last:])
		}
	})
}

func TestTokens(t *testing.T) {
	has := func(text, token string) {
		t.Helper()
		for _, x := range Tokens(text) {
			if x == token {
				return
			}
		}
		t.Errorf("%s: no %s in %v", text, token, Tokens(text))
	}
	has("应收账款", "应收")
	has("价", "价")
	has("合同YF-2026-04", "yf-2026-04")
	has("5,420.78万元", "n54207800")
	has("54,207,771.76元", "r54200000")
	has("5,420.78万元", "r54200000")
	has("2.3亿", "n230000000")
	has("２０２６年９月３０日", "d2026-09-30")
	has("2026-09-30", "d2026-09-30")
}

func search(t *testing.T, q Query) []Hit {
	t.Helper()
	ix, err := New(t.Context(), folder(), Options{Runes: 40})
	if err != nil {
		t.Fatal(err)
	}
	hits, err := ix.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return hits
}

func TestSearchFindsTheRightPassage(t *testing.T) {
	for query, want := range map[string]string{
		"应收账款期末余额":           "应收账款",
		"违约金怎么算":             "万分之五",
		"有没有对外担保":            "对外担保：无",
		"贷款余额900万元":          "9,000,000.00",
		"企业住所地址":             "新港路18号",
		"征信报告的查询时间":          "2026年9月18日",
		"争议管辖法院":             "人民法院管辖",
		"91000000MA0000000X": "统一社会信用代码",
	} {
		hits := search(t, Query{Text: query, K: 3})
		if len(hits) == 0 || !strings.Contains(hits[0].Passage.Text, want) {
			t.Errorf("%s: first hit %+v", query, hits[:min(1, len(hits))])
		}
	}
}

func TestSearchFilters(t *testing.T) {
	for _, h := range search(t, Query{Text: "应收账款 贷款 违约金", Types: []string{"contract"}}) {
		if h.Type != "contract" {
			t.Errorf("got %s", h.Passage.Place.File)
		}
	}
	for _, h := range search(t, Query{Text: "应收账款", K: 50}) {
		if h.Passage.Place.File == "旧表.xlsx" {
			t.Error("a superseded document was searched")
		}
	}
	if hits := search(t, Query{Text: "应收账款", Types: []string{"nothing"}}); len(hits) != 0 {
		t.Errorf("got %v", hits)
	}
}

func TestHitsLeadBackToTheText(t *testing.T) {
	docs := folder()
	ix, err := New(t.Context(), docs, Options{Runes: 40})
	if err != nil {
		t.Fatal(err)
	}
	hits, err := ix.Search(t.Context(), Query{Text: "存货 违约金 住所", K: 20})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range hits {
		c, ok := ix.Chunk(h.Passage.ID)
		if !ok || c.Text != h.Passage.Text || len(h.Legs) == 0 {
			t.Errorf("%s: %+v", h.Passage.ID, h)
		}
		for _, d := range docs {
			if d.File == h.Passage.Place.File && d.Pages[h.Passage.Place.Page-1].Text[h.Passage.Start:h.Passage.End] != h.Passage.Text {
				t.Errorf("%s does not stand at its offsets", h.Passage.ID)
			}
		}
	}
	for _, id := range []string{"", "p0", "p9999", "p1x", "f1"} {
		if _, ok := ix.Chunk(id); ok {
			t.Errorf("%q is no passage", id)
		}
	}
}

func TestSameAnswerEveryTime(t *testing.T) {
	first := search(t, Query{Text: "应收账款 贷款余额 采购 违约金 住所"})
	for range 5 {
		if again := search(t, Query{Text: "应收账款 贷款余额 采购 违约金 住所"}); !reflect.DeepEqual(first, again) {
			t.Fatal("two searches differ")
		}
	}
}

// The hashing leg must not push down what BM25 is sure of.
func TestHashLegNeverOutvotesBM25(t *testing.T) {
	docs := big(400)
	docs = append(docs, doc("征信.pdf", "credit_report", "关注类贷款余额1,830,000.00元。"))
	ix, err := New(t.Context(), docs, Options{Runes: 40})
	if err != nil {
		t.Fatal(err)
	}
	hits, err := ix.Search(t.Context(), Query{Text: "2026年支付的货款、发票以外，关注类贷款余额是多少"})
	if err != nil || len(hits) == 0 {
		t.Fatal(err)
	}
	if hits[0].Legs[0].Name != "bm25" || hits[0].Legs[0].Rank != 1 {
		t.Errorf("first hit is %+v", hits[0])
	}
}

type failing struct{ HashEmbedder }

func (failing) Embed(context.Context, []string) ([][]float32, error) { return nil, errors.New("down") }

func TestEmbedderFailureIsSaid(t *testing.T) {
	if _, err := New(t.Context(), folder(), Options{Embedder: failing{}}); err == nil {
		t.Error("want an error")
	}
}

func TestEmptyDossier(t *testing.T) {
	ix, err := New(t.Context(), nil, Options{})
	if err != nil || ix.Len() != 0 {
		t.Fatal(err)
	}
	if hits, err := ix.Search(t.Context(), Query{Text: "x"}); err != nil || len(hits) != 0 {
		t.Errorf("%v %v", hits, err)
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
		if _, err := New(b.Context(), docs, Options{Runes: 40}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSearch5000(b *testing.B) {
	ix, err := New(b.Context(), big(5000), Options{Runes: 40})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(ix.Len()), "chunks")
	for b.Loop() {
		if _, err := ix.Search(b.Context(), Query{Text: "2026年9月 货款 发票 4,217"}); err != nil {
			b.Fatal(err)
		}
	}
}
