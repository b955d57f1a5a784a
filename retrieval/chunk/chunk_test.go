package chunk

import (
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	_ "github.com/xindiao/xindiao/internal/rapidtest"

	"github.com/xindiao/xindiao/dossier"
)

func doc(pages ...string) *dossier.Document {
	d := &dossier.Document{File: "a.txt", Type: "x", TypeName: "材料"}
	for i, p := range pages {
		d.Pages = append(d.Pages, dossier.Page{Number: i + 1, Text: p})
	}
	return d
}

func TestExamples(t *testing.T) {
	for _, err := range Lint() {
		t.Error(err)
	}
}

// sound checks what holds for any document: offsets, order, cover, limits.
func sound(t interface{ Fatalf(string, ...any) }, docs []*dossier.Document, o Options) []Chunk {
	cs := Cut(docs, o)
	f := o.filled()
	k := 0
	for _, d := range docs {
		text := d.Text()
		valid := utf8.ValidString(text)
		for i := range d.Pages {
			p := &d.Pages[i]
			last, seen, number := 0, 0, 1
			for ; k < len(cs) && cs[k].Doc == d && cs[k].Page == p.Number; k++ {
				c := cs[k]
				if c.Start < last || c.End <= c.Start || c.Text != p.Text[c.Start:c.End] || c.Text != text[c.FileStart:c.FileEnd] {
					t.Fatalf("chunk %d-%d after %d is not what stands there", c.Start, c.End, last)
				}
				if gap := p.Text[last:c.Start]; strings.TrimSpace(gap) != "" {
					t.Fatalf("lost %q", gap)
				}
				if strings.TrimSpace(c.Text) != c.Text || c.Text == "" {
					t.Fatalf("blanks at the edge of %q", c.Text)
				}
				number += strings.Count(p.Text[seen:c.Start], "\n")
				seen = c.Start
				if c.Line != number {
					t.Fatalf("%q stands on line %d", c.Text, c.Line)
				}
				z := measure(c.Text)
				if o.Count != nil {
					z.tokens = o.Count(c.Text)
				}
				if (z.runes > f.HardRunes || z.tokens > f.HardTokens) && utf8.RuneCountInString(c.Text) > 1 {
					t.Fatalf("%d runes, %d tokens, allowed %d, %d", z.runes, z.tokens, f.HardRunes, f.HardTokens)
				}
				if valid && !utf8.ValidString(c.Text+c.Context) {
					t.Fatalf("a rune was cut: %q", c.Text)
				}
				if n := utf8.RuneCountInString(c.Context); n > f.Config.Sizes.Context {
					t.Fatalf("%d runes of context", n)
				}
				last = c.End
			}
			if strings.TrimSpace(p.Text[last:]) != "" {
				t.Fatalf("lost the end %q", p.Text[last:])
			}
		}
	}
	if k != len(cs) {
		t.Fatalf("%d chunks stand nowhere", len(cs)-k)
	}
	return cs
}

var pieces = []string{"甲方应当付款。", "逾期付息；", "金额1,234.50万元", "\n", "\n", "\n", "\t", "  ", "项目\t期末余额\t年初余额\n", "货币资金\t331.03\t288.05\n", "流动资产：\n",
	"，", "“引文。”", "abc def", "\n\n", "很长的一行没有句号但是一直写下去", "！", "\f", "\r\n", "\u3000", "\x00", "\xff", "\xe4\xb8", "\n第一条 借款金额", "\n第十二条 违约责任：",
	"\n第二章 总则\n", "\n一、基本情况\n", "\n（一）概况\n", "\n1. 主要产品\n", "\n五、1 货币资金\n", "单位：万元\n", "[印章] 某某公司\n", "2025年12月31日", "2026-01-01至2026-08-31",
	"资产负债表\n", "....", "𠮷", "123456789012", "|", "甲方（盖章）：", "12 / 30\n", "某某公司年度报告\n"}

func drawDocs(t *rapid.T) []*dossier.Document {
	var docs []*dossier.Document
	for range rapid.IntRange(1, 2).Draw(t, "docs") {
		d := doc()
		for i := range rapid.IntRange(0, 4).Draw(t, "pages") {
			p := dossier.Page{Number: i + 1, Text: strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 50).Draw(t, "text"), "")}
			if rapid.Bool().Draw(t, "table") {
				p.Tables = gridOf(p.Text, rapid.Bool().Draw(t, "sheet"), rapid.Bool().Draw(t, "continues"))
			}
			if rapid.Bool().Draw(t, "named") {
				p.Name = "表"
			}
			d.Pages = append(d.Pages, p)
		}
		docs = append(docs, d)
	}
	return docs
}

// gridOf is the table that a reader would find in a text with tabs.
func gridOf(text string, sheet, continues bool) []dossier.Table {
	t := dossier.Table{Name: "表", Sheet: sheet, Continues: continues}
	for n, l := range strings.Split(text, "\n") {
		if !strings.Contains(l, "\t") {
			continue
		}
		var row []dossier.Cell
		for k, s := range strings.Split(l, "\t") {
			row = append(row, dossier.Cell{Text: strings.TrimSpace(s), Ref: string(rune('A'+k%26)) + "1" + strings.Repeat("0", n%3)})
		}
		t.Rows = append(t.Rows, row)
	}
	return []dossier.Table{t}
}

func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		docs := drawDocs(t)
		o := Options{Runes: rapid.IntRange(0, 90).Draw(t, "runes"), Tokens: rapid.IntRange(0, 90).Draw(t, "tokens")}
		if rapid.Bool().Draw(t, "hard") {
			o.HardRunes = rapid.IntRange(1, 60).Draw(t, "hard runes")
		}
		if rapid.Bool().Draw(t, "count") {
			o.Count = func(s string) int { return len(s) }
		}
		cs := sound(t, docs, o)
		if again := Cut(docs, o); !reflect.DeepEqual(stripped(cs), stripped(again)) {
			t.Fatalf("two cuts differ")
		}
		// A cut between two lines never parts a sentence that fits: what ends inside a line ends a sentence.
		f := o.filled()
		for _, c := range cs {
			p := c.Doc.Pages[c.Page-1].Text
			if utf8.RuneCountInString(p) > min(f.HardRunes, f.HardTokens/3) || o.Count != nil || c.End == len(p) || p[c.End] == '\n' || !utf8.ValidString(p) {
				continue
			}
			r, _ := utf8.DecodeLastRuneInString(c.Text)
			if !strings.ContainsRune(sentenceEnds+closers, r) && strings.IndexByte(strings.TrimLeftFunc(p[c.End:], func(r rune) bool { return r != '\n' && unicode.IsSpace(r) })+"\n", '\n') > 0 {
				t.Fatalf("cut inside a line after %q", c.Text)
			}
		}
	})
}

func stripped(cs []Chunk) []Chunk {
	out := append([]Chunk(nil), cs...)
	for i := range out {
		out[i].Doc = nil
	}
	return out
}

func TestSentencesCoverThePage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "text"), "")
		last := 0
		for _, s := range Sentences(&dossier.Page{Number: 1, Text: text}) {
			if s.Start < last || s.End <= s.Start || strings.TrimSpace(text[last:s.Start]) != "" {
				t.Fatalf("%d-%d after %d", s.Start, s.End, last)
			}
			last = s.End
		}
		if strings.TrimSpace(text[last:]) != "" {
			t.Fatalf("lost %q", text[last:])
		}
	})
}

func FuzzCut(f *testing.F) {
	for i := range pieces {
		f.Add(strings.Join(pieces[i:], ""), 40, i%2 == 0)
	}
	f.Fuzz(func(t *testing.T, text string, runes int, grid bool) {
		if len(text) > 64<<10 || runes > 1000 {
			t.Skip()
		}
		d := doc(strings.Split(text, "\f")...)
		if len(d.Pages) > 200 {
			t.Skip()
		}
		if grid {
			for i := range d.Pages {
				d.Pages[i].Tables = gridOf(d.Pages[i].Text, i%2 == 0, i%3 == 1)
			}
		}
		sound(t, []*dossier.Document{d}, Options{Runes: max(runes, 0)})
		for i := range d.Pages {
			Sentences(&d.Pages[i])
		}
	})
}
