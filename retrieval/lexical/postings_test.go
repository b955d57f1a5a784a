package lexical

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"slices"
	"strings"
	"sync"
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

type sized int

func (s sized) Bytes() int { return int(s) }

func TestCache(t *testing.T) {
	c := NewCache[sized](100)
	loads := 0
	get := func(key string, version int64, n int) sized {
		v, err := c.Get(key, version, func() (sized, error) { loads++; return sized(n), nil })
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	get("a", 1, 40)
	get("b", 1, 40)
	get("a", 1, 0) // kept, and now the more recent
	get("c", 1, 40)
	if loads != 3 {
		t.Errorf("%d loads, want 3", loads)
	}
	if get("a", 1, 0) != 40 || get("b", 1, 41) != 41 || loads != 4 {
		t.Errorf("b should have left: %d loads", loads)
	}
	if get("a", 2, 7) != 7 || get("a", 2, 0) != 7 {
		t.Error("a new version was not loaded or not kept")
	}
	if get("huge", 1, 101) != 101 {
		t.Error("what does not fit is given all the same")
	}
	if used, n := c.Used(); used > 100 || n != 2 {
		t.Errorf("%d bytes of %d values", used, n)
	}
	if _, err := c.Get("x", 1, func() (sized, error) { return 0, errors.New("down") }); err == nil {
		t.Error("the error is lost")
	}
	if c.Forget("a"); get("a", 2, 9) != 9 {
		t.Error("a was not forgotten")
	}
}

func TestCacheLoadsOnce(t *testing.T) {
	c := NewCache[sized](100)
	var mu sync.Mutex
	loads := 0
	gate := make(chan struct{})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if v, err := c.Get("a", 1, func() (sized, error) {
				mu.Lock()
				loads++
				mu.Unlock()
				<-gate
				return 5, nil
			}); v != 5 || err != nil {
				t.Errorf("%v %v", v, err)
			}
		})
	}
	close(gate)
	wg.Wait()
	if loads != 1 {
		t.Errorf("%d loads", loads)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(Pack([]string{"应收账款 5,420.78万元", "存货 存货"}), "存货")
	f.Add([]byte{}, "")
	f.Fuzz(func(t *testing.T, segment []byte, query string) {
		if len(segment)+len(query) > 1<<16 {
			t.Skip()
		}
		p, err := Open(seal(segment))
		if err != nil {
			return
		}
		if p.Bytes() > 1000+64*len(segment) {
			t.Fatalf("%d bytes opened to %d", len(segment), p.Bytes())
		}
		p.Search(query, nil, 10)
		if _, err := p.Add(Pack([]string{query})); err != nil && p.Len() < maxChunks-1 {
			t.Fatal(err)
		}
	})
}

// seal gives fuzzed bytes the right checksum, or none would come past it.
func seal(body []byte) []byte {
	return binary.LittleEndian.AppendUint32(slices.Clone(body), crc32.Checksum(body, castagnoli))
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"5,420.78万元", "二〇二五年三月", "民國 113 年", "YF-2026-04", "1,234,567.89%", "万分之五", "\xff\x00", "1.2.3-4/5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 1<<16 {
			t.Skip()
		}
		tokens := Tokens(s)
		terms := AppendTerms(nil, s)
		if len(tokens) != len(terms) || len(tokens) > 8*len(s)+8 {
			t.Fatalf("%d tokens, %d terms of %d bytes", len(tokens), len(terms), len(s))
		}
		for i, x := range tokens {
			if x == "" || TermOf(x) != terms[i] {
				t.Fatalf("token %q", x)
			}
		}
		if p := open(t, Pack([]string{s, s})); len(tokens) > 0 && len(p.Search(s, nil, 5)) != 2 && strings.Contains(mustQuestions().dropping.Replace(Fold(s)), Fold(s)) {
			t.Fatal("a text does not find itself")
		}
	})
}

// customer makes n fictional chunks of about 300 characters with words of a skewed frequency.
func customer(n int) [][]byte {
	words := strings.Fields("货款 支付 借款人 应收账款 存货 担保 抵押 保证 逾期 利息 合同 发票 销售 采购 设备 厂房 土地 股东 法定代表人 银行 授信 余额 年末 增长 下降 毛利率 现金流 税款 诉讼 公司")
	var out [][]byte
	for d := 0; d*10 < n; d++ {
		var chunks []string
		for c := d * 10; c < min(n, d*10+10); c++ {
			var s strings.Builder
			for k := 0; s.Len() < 900; k++ {
				x := (c*7919 + k*104729) % 1000003
				fmt.Fprintf(&s, "%s%c%c", words[x%(1+x%len(words))], rune(0x4e00+x%6000), rune(0x4e00+x%997))
				if k%9 == 0 {
					fmt.Fprintf(&s, "%d,%03d.%02d元，", x%900, x%1000, x%100)
				}
			}
			chunks = append(chunks, s.String())
		}
		out = append(out, Pack(chunks))
	}
	return out
}

func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{68, 258, 1019, 3006} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			segments := customer(n)
			p := open(b, segments...)
			size := 0
			for _, s := range segments {
				size += len(s)
			}
			for b.Loop() {
				p.Search("截至2025年末借款人应收账款余额是多少，抵押的厂房和土地有没有逾期利息", nil, 50)
			}
			b.ReportMetric(float64(p.Bytes()/n), "open-B/chunk")
			b.ReportMetric(float64(size/n), "packed-B/chunk")
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	for _, n := range []int{68, 1019, 3006} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			segments := customer(n)
			for b.Loop() {
				open(b, segments...)
			}
		})
	}
}

func BenchmarkPack(b *testing.B) {
	text := strings.Repeat("截至2025年末，借款人应收账款余额5,420.78万元，存货1,264.91万元。", 10)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Pack([]string{text})
	}
}
