package finance

import (
	"regexp"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// Where no table was rebuilt, a printed page is read line by line: names followed by amounts. A line with fewer
// amounts than the header has columns says nothing certain about which period they belong to and is left alone.

var (
	glued    = regexp.MustCompile(`([\p{Han}）)：”"])([-(（]?\d)`)
	headWord = regexp.MustCompile(`(?:合并|母公司)?(?:期末余额|年末余额|期末数|年末数|年初余额|期初余额|年初数|期初数|上年年末余额|本期金额|本年金额|本期数|本年数|本年累计金额|本年累计数|本年累计|本月金额|本月数|上期金额|上年金额|上期数|上年数|上年同期累计|上年同期数?|去年同期)`)
)

func (r *reader) lines(p *dossier.Page) {
	texts := make([]string, 0, len(p.Lines))
	for _, l := range p.Lines {
		texts = append(texts, l.Text)
	}
	if len(texts) == 0 {
		texts = strings.Split(p.Text, "\n")
	}
	if len(texts) > 5000 {
		texts = texts[:5000]
	}
	var start, head = -1, -1
	for i, t := range texts {
		if isTitle(t) {
			if head >= 0 {
				r.section(p, texts, start, head, i)
			}
			start, head = i, -1
			continue
		}
		if head < 0 && len(headWord.FindAllString(squeeze(t), -1)) > 0 && !strings.Contains(t, "编制单位") {
			head = i
			if start < 0 {
				start = max(0, i-6)
			}
		}
	}
	if head >= 0 {
		r.section(p, texts, start, head, len(texts))
	}
}

// isTitle tells whether a line is a statement's title and nothing more.
func isTitle(t string) bool {
	s := squeeze(t)
	if st, _ := titleOf(s); st == "" {
		return false
	}
	for _, w := range []string{"合并", "母公司", "资产负债表", "利润表", "损益表", "现金流量表", "公司", "续", "(", ")", "1", "2", "3", "会企0表", "会小企0表", "会企", "会小企", "0", "表"} {
		s = strings.ReplaceAll(s, w, "")
	}
	return len([]rune(s)) <= 2
}

func (r *reader) section(p *dossier.Page, texts []string, start, head, end int) {
	var h header
	for i := head; i >= start; i-- {
		h.read(texts[i])
	}
	r.complete(&h)
	hs := squeeze(texts[head])
	words := headWord.FindAllString(hs, -1)
	sides := 1
	if n := len(words); n >= 2 && n%2 == 0 && sameHalves(words) {
		sides = 2
	}
	var cols []column
	for _, w := range words[:len(words)/sides] {
		if c, ok := columnOf(w); ok {
			cols = append(cols, c)
		}
	}
	if len(cols) == 0 {
		return
	}
	type found struct {
		hit  lineHit
		name string
		vals []string
		line int
	}
	best, rows := Statement(""), []found(nil)
	for _, s := range []Statement{BalanceSheet, IncomeStatement, CashFlow} {
		var fs []found
		wide := 0
		for i := head + 1; i < end; i++ {
			for _, it := range r.items(s, texts[:end], i, strings.Contains(hs, "行次"), len(cols), sides == 1) {
				fs = append(fs, found{it.hit, it.name, it.vals, i})
				wide = max(wide, len(it.vals))
			}
		}
		fs = slices.DeleteFunc(fs, func(f found) bool { return len(f.vals) < wide }) // which column it is in cannot be told
		if len(fs) > len(rows) || s == h.title && len(fs) >= 3 && len(fs)+2 > len(rows) {
			best, rows = s, fs
		}
	}
	if len(rows) < 4 {
		return
	}
	b := r.begin(best, h)
	b.lines = true
	for _, f := range rows {
		for k, c := range cols {
			if k >= len(f.vals) { // the later columns are empty throughout
				break
			}
			v, _, ok := ParseAmount(f.vals[k])
			if !ok {
				continue
			}
			place := func(q string) dossier.Place {
				pl := dossier.Place{File: r.doc.File, Page: p.Number, Line: f.line + 1, Quote: clip(q, 60)}
				if f.line < len(p.Lines) {
					pl.Box = p.Lines[f.line].Box
				}
				return pl
			}
			r.figure(best, h, c, cols, f.hit, v, f.vals[k], place, f.name)
		}
	}
	r.end()
	r.last = h
}

func sameHalves(w []string) bool {
	for i := range len(w) / 2 {
		if w[i] != w[len(w)/2+i] {
			return false
		}
	}
	return true
}

type item struct {
	hit  lineHit
	name string
	vals []string
}

// split cuts a line into names with one to n amounts behind them.
func (r *reader) split(s Statement, text string, numbered bool, n int) []item {
	if len(text) > 1000 {
		return nil
	}
	toks := strings.Fields(glued.ReplaceAllString(fold(text), "$1 $2"))
	var out []item
	for i := 0; i < len(toks); {
		if isNumber(toks[i]) {
			i++
			continue
		}
		hit, to, ok := r.longest(s, toks, i)
		if !ok {
			i++
			continue
		}
		j := to
		for j < len(toks) && isNumber(toks[j]) {
			j++
		}
		vals := toks[to:j]
		if numbered && len(vals) > 0 && len(vals[0]) <= 3 && !strings.Contains(vals[0], ".") {
			vals = vals[1:]
		}
		if len(vals) > 0 && len(vals) <= n {
			out = append(out, item{hit, strings.Join(toks[i:to], ""), vals})
		}
		i = j
	}
	return out
}

// items cuts line i; where it holds no name of the statement, but does so together with the next line, the name wraps:
// its amounts stand behind the first or the second part.
func (r *reader) items(s Statement, texts []string, i int, numbered bool, n int, wraps bool) []item {
	out := r.split(s, texts[i], numbered, n)
	if len(out) > 0 || !wraps || i+1 >= len(texts) || len(texts[i]) > 300 || len(texts[i+1]) > 300 {
		return out
	}
	name, nums := nameAndAmounts(texts[i])
	next, nextNums := nameAndAmounts(texts[i+1])
	if name == "" || next == "" || nums != "" && nextNums != "" || nums+nextNums == "" || r.known(s, next) {
		return nil
	}
	if !r.known(s, name+next) {
		return nil
	}
	return r.split(s, name+next+" "+nums+nextNums, numbered, n)
}

// nameAndAmounts parts a line into its words, joined, and the numbers behind them.
func nameAndAmounts(text string) (name, amounts string) {
	toks := strings.Fields(glued.ReplaceAllString(fold(text), "$1 $2"))
	for i, t := range toks {
		if isNumber(t) {
			return name, strings.Join(toks[i:], " ")
		}
		name += t
	}
	return name, ""
}

// longest joins up to eight tokens from i to the longest name of the statement.
func (r *reader) longest(s Statement, toks []string, i int) (hit lineHit, to int, ok bool) {
	name := ""
	for j := i; j < len(toks) && j < i+8 && !isNumber(toks[j]); j++ {
		name += toks[j]
		if h, found := r.find(s, name); found {
			hit, to, ok = h, j+1, true
		}
	}
	return hit, to, ok
}

func isNumber(tok string) bool {
	_, blank, ok := ParseAmount(tok)
	return ok || blank && tok != ""
}
