package lexical

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/xindiao/xindiao/dossier"
)

func open(t testing.TB, segments ...[]byte) *Postings {
	t.Helper()
	p, err := Open(segments...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var pieces = rapid.SampledFrom([]string{"应收账款", "存货", "对外担保", "保证", "贷款余额", "5,420万元", "2025年3月", "net", "yf-01", "是多少", "三家公司", "，", "\n", "违约金"})

func texts(t *rapid.T, name string) []string {
	n := rapid.IntRange(0, 6).Draw(t, name)
	out := make([]string, n)
	for i := range out {
		out[i] = strings.Join(rapid.SliceOfN(pieces, 0, 12).Draw(t, name), "")
	}
	return out
}

// marked are the tokens of a chunk as Pack sees them.
func marked(text string) (out []string) {
	scan(text, true, func(b []byte) { out = append(out, string(b)) })
	return out
}

// slow is the score of score.go written down plainly, over the texts.
func slow(docs [][]string, query string) map[int]float64 {
	rules := mustScoring()
	var chunks, wholes [][]string
	var of []int
	cut, long := 0.0, 0.0
	for d, texts := range docs {
		wholes = append(wholes, nil)
		for _, text := range texts {
			chunks, of = append(chunks, marked(text)), append(of, d)
			wholes[d] = append(wholes[d], chunks[len(chunks)-1]...)
			cut += max(float64(len(chunks[len(chunks)-1])), rules.Chunk.Floor)
		}
	}
	filled := 0
	for d, w := range wholes {
		if len(docs[d]) > 0 {
			long += max(float64(len(w)), rules.Document.Floor)
			filled++
		}
	}
	part := func(l level, tokens []string, term string, mean float64) float64 {
		tf := 0.0
		for _, x := range tokens {
			if x == term {
				tf++
			}
		}
		return tf * (l.K1 + 1) / (tf + l.K1*(1-l.B+l.B*max(float64(len(tokens)), l.Floor)/mean))
	}
	left, want := mustQuestions().asked(query)
	weights := map[string]float64{}
	for _, m := range want {
		weights[m] = rules.Answer
	}
	for _, t := range Tokens(left) {
		weights[t] = 1
	}
	own, less, docScore := map[int]float64{}, map[int]float64{}, map[int]float64{}
	for term, w := range weights {
		df := 0
		for _, c := range chunks {
			if slices.Contains(c, term) {
				df++
			}
		}
		said := map[int]float64{}
		for d, c := range wholes {
			if slices.Contains(c, term) {
				said[d] = rules.Share * w * idf(len(chunks), df) * part(rules.Document, c, term, long/float64(filled))
				docScore[d] += said[d]
			}
		}
		for i, c := range chunks {
			if slices.Contains(c, term) {
				v := w * idf(len(chunks), df) * part(rules.Chunk, c, term, cut/float64(len(chunks)))
				own[i] += v
				less[i] += min(rules.Overlap*said[of[i]], v)
			}
		}
	}
	out := map[int]float64{}
	for i, v := range own {
		out[i] = v - less[i] + docScore[of[i]]
	}
	return out
}

func agree(t *rapid.T, got []Scored, want map[int]float64, what string) {
	if len(got) != len(want) {
		t.Fatalf("%s: %d chunks, want %d", what, len(got), len(want))
	}
	for i, g := range got {
		if math.Abs(g.Score-want[g.Chunk]) > 1e-5*(1+g.Score) {
			t.Fatalf("%s: chunk %d scored %v, want %v", what, g.Chunk, g.Score, want[g.Chunk])
		}
		if i > 0 && worse(got[i-1], g) {
			t.Fatalf("%s: out of order at %d", what, i)
		}
	}
}

// Opened at once, one by one, or with others that went again: the same answers as the plain way over the same texts.
func TestSearchIsBM25HoweverOpened(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var docs [][]string
		var segments [][]byte
		for range rapid.IntRange(0, 6).Draw(t, "docs") {
			docs = append(docs, texts(t, "text"))
			segments = append(segments, Pack(docs[len(docs)-1]))
		}
		query := strings.Join(rapid.SliceOfN(pieces, 1, 5).Draw(t, "query"), " ")
		want := slow(docs, query)
		p, err := Open(segments...)
		if err != nil {
			t.Fatal(err)
		}
		agree(t, p.Search(query, nil, 1000), want, "opened at once")
		q := &Postings{}
		for _, s := range segments {
			if q, err = q.Add(s); err != nil {
				t.Fatal(err)
			}
		}
		agree(t, q.Search(query, nil, 1000), want, "added")
		extra, err := q.Add(Pack(texts(t, "extra")))
		if err != nil {
			t.Fatal(err)
		}
		agree(t, extra.Remove(len(segments)).Search(query, nil, 1000), want, "removed again")
		if q.Len() != p.Len() {
			t.Fatalf("%d and %d chunks", p.Len(), q.Len())
		}
		depth := rapid.IntRange(1, 8).Draw(t, "depth")
		if all, top := p.Search(query, nil, 1000), p.Search(query, nil, depth); !slices.Equal(top, all[:min(depth, len(all))]) {
			t.Fatalf("the best %d of %v are %v", depth, all, top)
		}
	})
}

// The order in which segments are opened changes the numbers of the chunks and nothing else.
func TestOrderOfSegments(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, c := texts(t, "a"), texts(t, "c")
		p, err := Open(Pack(a), Pack(c))
		if err != nil {
			t.Fatal(err)
		}
		q, err := Open(Pack(c), Pack(a))
		if err != nil {
			t.Fatal(err)
		}
		query := strings.Join(rapid.SliceOfN(pieces, 1, 5).Draw(t, "query"), " ")
		scores := map[int]float64{}
		for _, x := range p.Search(query, nil, 1000) {
			scores[(x.Chunk+len(c))%(len(a)+len(c))] = x.Score
		}
		for _, x := range q.Search(query, nil, 1000) {
			if scores[x.Chunk] != x.Score {
				t.Fatalf("chunk %d: %v and %v", x.Chunk, scores[x.Chunk], x.Score)
			}
			delete(scores, x.Chunk)
		}
		if len(scores) > 0 {
			t.Fatalf("not found: %v", scores)
		}
	})
}

func TestAllowAndWeights(t *testing.T) {
	p := open(t, Pack([]string{"应收账款", "应收账款和存货", "对外担保"}), Pack([]string{"存货"}))
	if got := p.Search("应收账款", []Range{{1, 3}}, 9); len(got) != 1 || got[0].Chunk != 1 {
		t.Errorf("got %v", got)
	}
	if got := p.Search("应收账款", []Range{}, 9); got != nil {
		t.Errorf("nothing is allowed, got %v", got)
	}
	if got := p.SearchWords([]Word{{"应收账款", 0.1}, {"担保", 1}}, nil, 9); got[0].Chunk != 2 {
		t.Errorf("a light word came first: %v", got)
	}
	one, twice := p.Search("存货", nil, 9), p.SearchWords([]Word{{"存货", 1}, {"存货", 0.5}}, nil, 9)
	if !slices.Equal(one, twice) {
		t.Errorf("a word said twice counts twice: %v, %v", one, twice)
	}
	if from, to := p.Chunks(1); from != 3 || to != 4 {
		t.Errorf("chunks %d-%d", from, to)
	}
}

func TestBrokenSegments(t *testing.T) {
	good := Pack([]string{"应收账款 5,420.78万元", "存货"})
	for i := range good {
		bad := slices.Clone(good)
		bad[i] ^= 0x10
		if _, err := Open(bad); dossier.KindOf(err) != dossier.ErrCorrupt {
			t.Fatalf("byte %d changed: %v", i, err)
		}
		if _, err := Open(good[:i]); dossier.KindOf(err) != dossier.ErrCorrupt {
			t.Fatalf("cut at %d: %v", i, err)
		}
	}
}
