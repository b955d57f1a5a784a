package retrieval

import (
	"context"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	_ "github.com/xindiao/xindiao/internal/rapidtest"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/retrieval/plan"
)

// Spreading loses and adds nothing, keeps the best first, and lets no document have more than its share while another
// is comparable.
func TestSpread(t *testing.T) {
	f, err := configured()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		var in []candidate
		for i := range rapid.IntRange(0, 40).Draw(t, "n") {
			in = append(in, candidate{chunk: i, doc: rapid.IntRange(0, 4).Draw(t, "doc"), strength: float64(rapid.IntRange(0, 100).Draw(t, "strength")) / 100})
		}
		k := rapid.IntRange(1, 20).Draw(t, "k")
		out := f.spread(in, k)
		seen := map[int]bool{}
		for _, c := range out {
			seen[c.chunk] = true
		}
		if len(out) != len(in) || len(seen) != len(in) || len(in) > 0 && out[0].chunk != in[0].chunk {
			t.Fatalf("%d in, %d out, %d different", len(in), len(out), len(seen))
		}
		count := map[int]int{}
		for i, c := range out[:min(k, len(out))] {
			if count[c.doc]++; count[c.doc] <= f.each(k) {
				continue
			}
			for _, later := range out[i+1:] {
				if count[later.doc] < f.each(k) && later.chunk > c.chunk && later.strength >= f.Diversity.Comparable*c.strength {
					t.Fatalf("%+v goes before %+v although its document has had its share", c, later)
				}
			}
		}
	})
}

func TestDiversityAcrossDocuments(t *testing.T) {
	var long []string
	for range 12 {
		long = append(long, "本合同的违约金按日计算，违约金以逾期货款为基数，第"+strings.Repeat("十", len(long)+1)+"款另有约定。")
	}
	docs := []*dossier.Document{doc("长合同.docx", "contract", long...), doc("另一合同.docx", "contract", "违约金为合同金额的百分之五，违约金以逾期货款为基数按日计算。"), doc("执照.txt", "license", "名称 乙州云帆包装有限公司")}
	files := map[string]int{}
	r := search(t, open(t, docs, small), Query{Text: "违约金以逾期货款为基数按日计算", K: 6})
	for _, h := range r.Hits {
		files[h.Passage.Place.File]++
	}
	if len(r.Hits) != 6 || files["另一合同.docx"] != 1 || files["执照.txt"] != 0 {
		t.Errorf("%v", files)
	}
}

// Two versions of a paper say a thing once, with both places; two articles of different laws stay two.
func TestSameWordsOnce(t *testing.T) {
	a, b := doc("章程.docx", "articles", "公司注册资本为人民币八百万元。"), doc("章程（扫描）.pdf", "articles", "公司 注册资本为\n人民币八百万元。")
	r := search(t, open(t, []*dossier.Document{a, b}, Options{}), Query{Text: "注册资本"})
	if len(r.Hits) != 1 || len(r.Hits[0].Also) != 1 || r.Hits[0].Also[0].File == r.Hits[0].Passage.Place.File {
		t.Errorf("%+v", r.Hits)
	}
	b.TypeName = "另一部规章"
	if r := search(t, open(t, []*dossier.Document{a, b}, Options{}), Query{Text: "注册资本"}); len(r.Hits) != 2 {
		t.Errorf("%d hits", len(r.Hits))
	}
}

type ranker func(texts []string) ([]float64, error)

func (ranker) Name() string { return "试" }
func (r ranker) Rerank(_ context.Context, _ string, texts []string) ([]float64, error) {
	return r(texts)
}

func TestReranker(t *testing.T) {
	docs := folder()
	q := Query{Text: "应收账款 违约金 住所 报告时间", K: 3}
	plain := search(t, open(t, docs, small), q)
	score := func(word string) ranker {
		return func(texts []string) ([]float64, error) {
			out := make([]float64, len(texts))
			for i, x := range texts {
				if out[i] = math.Inf(-1); strings.Contains(x, word) {
					out[i] = 0.9
				}
			}
			return out, nil
		}
	}
	o := small
	o.Reranker = score("五级分类")
	r := search(t, open(t, docs, o), Query{Text: "贷款 违约金 住所 报告时间", K: 3})
	if len(r.Hits) != 3 || !strings.Contains(r.Hits[0].Passage.Text, "五级分类") || r.Hits[0].Rerank != 0.9 || len(r.Notes) != 0 {
		t.Errorf("%+v", r)
	}
	for name, bad := range map[string]ranker{
		"down":  func([]string) ([]float64, error) { return nil, errors.New("down") },
		"short": func([]string) ([]float64, error) { return []float64{1}, nil },
	} {
		o.Reranker = bad
		r := search(t, open(t, docs, o), q)
		if !reflect.DeepEqual(r.Hits, plain.Hits) || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "重排") {
			t.Errorf("%s: %v", name, r.Notes)
		}
	}
}

func TestMerge(t *testing.T) {
	a := Result{Hits: []Hit{{Source: "卷", Chunk: 1}, {Source: "卷", Chunk: 2}, {Source: "卷", Chunk: 3}}, Notes: []string{"甲", "乙"}, Searched: 5, Queries: []plan.Query{{Text: "问"}}}
	b := Result{Hits: []Hit{{Source: "law", Chunk: 1}}, Notes: []string{"乙"}, Searched: 7}
	m := Merge(3, a, b)
	if len(m.Hits) != 3 || m.Hits[1].Source != "law" || m.Hits[2].Chunk != 2 || len(m.Notes) != 2 || m.Searched != 12 || len(m.Queries) != 1 {
		t.Errorf("%+v", m)
	}
	if m := Merge(10, a, b); len(m.Hits) != 4 {
		t.Errorf("%d hits", len(m.Hits))
	}
}
