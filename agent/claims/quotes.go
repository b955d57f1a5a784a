package claims

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

var reQuoted = regexp.MustCompile(`「([^」]+)」|『([^』]+)』|“([^”]+)”|"([^"]+)"`)

// checkQuotes wants each quotation in a cited passage, blanks and width apart. An ellipsis joins pieces.
func checkQuotes(in Input) []Fault {
	var out []Fault
	for _, m := range reQuoted.FindAllStringSubmatchIndex(in.Sentence, -1) {
		inner := ""
		for g := 1; g < len(m)/2; g++ {
			if m[2*g] >= 0 {
				inner = in.Sentence[m[2*g]:m[2*g+1]]
			}
		}
		if strings.HasSuffix(in.Sentence[:m[0]], "见") || quoted(in, inner) { // 见“…” names a section
			continue
		}
		out = append(out, Fault{Kind: BadQuote, Text: inner, Start: m[0], End: m[1],
			Reason: fmt.Sprintf("引文“%s”不是所引材料的原文", inner)})
	}
	return out
}

func quoted(in Input, inner string) bool {
	for _, e := range evidenceTexts(in) {
		text, all := squeeze(e.text), true
		for _, piece := range strings.FieldsFunc(inner, func(r rune) bool { return r == '…' }) {
			at := strings.Index(text, strings.TrimRight(squeeze(piece), "。,;"))
			if at < 0 {
				all = false
				break
			}
			text = text[at:]
		}
		if all {
			return true
		}
	}
	return false
}

var (
	reClause = regexp.MustCompile(`[，。；、：,;]`)
	reDenial = regexp.MustCompile(`未发现|未见|不存在|没有|均无|暂无|并无|尚无|未发生|未被|从未|无`)
	reDenied = regexp.MustCompile(`无|未|没有|不存在|(?:^|[^0-9.])0(?:[^0-9.]|$)|零|否|正常`)
	// words that hold 无 or 未 and deny nothing
	reHarmless = regexp.MustCompile(`无形资产|无锡|无限|无论|未来|未分配利润|无息|无线|无人机|无纺|无菌|无机|未结清|未到期|未审|未付|未收|无法|无需|无关|无偿|无保留|无固定|有无|未提供|未能|未经|未作|未附`)
	stopGrams  = map[string]bool{"记录": true, "情况": true, "信息": true, "借款": true, "款人": true, "公司": true, "企业": true, "存在": true, "发现": true, "没有": true, "其他": true, "相关": true}
)

// checkDenials wants every "there is none" borne out by a cited passage that speaks of the same thing and denies
// it too. What a passage does not mention is not thereby absent.
func checkDenials(in Input) []Fault {
	var out []Fault
	pos, before := 0, ""
	for _, clause := range reClause.Split(in.Sentence, -1) {
		start := pos + strings.Index(in.Sentence[pos:], clause)
		pos = start + len(clause)
		bare := reHarmless.ReplaceAllStringFunc(clause, func(w string) string { return strings.Repeat("　", utf8.RuneCountInString(w)) })
		loc := reDenial.FindStringIndex(bare)
		if loc == nil || reQuoted.MatchString(clause) {
			before = clause
			continue
		}
		object := bigrams(bare[loc[1]:])
		if strings.TrimSpace(clause) == "无" { // 对外担保：无
			object = bigrams(before)
		}
		before = clause
		if denied(in, object) {
			continue
		}
		out = append(out, Fault{Kind: BadDenial, Text: clause, Start: start, End: pos,
			Reason: fmt.Sprintf("“%s”是否定性结论，所引材料没有相应表述", clause)})
	}
	return out
}

func denied(in Input, object map[string]bool) bool {
	for _, e := range evidenceTexts(in) {
		if e.by == "application" {
			continue
		}
		if !reDenied.MatchString(fold(e.text).s) {
			continue
		}
		if len(object) == 0 {
			return true
		}
		if overlap(object, bigrams(e.text)) {
			return true
		}
	}
	for _, f := range in.Figures { // a figure of zero denies what it is named after
		if f.Value.IsZero() && overlap(object, bigrams(f.Name)) {
			return true
		}
	}
	return false
}

// overlap tells whether the text speaks of the object: it has a third of its bigrams, and one at least.
func overlap(object, text map[string]bool) bool {
	n := 0
	for g := range object {
		if text[g] {
			n++
		}
	}
	return n > 0 && 3*n >= len(object)
}

// bigrams of the CJK runs of a text, without words that stand everywhere.
func bigrams(text string) map[string]bool {
	out := map[string]bool{}
	var last rune
	for _, r := range text {
		if !han(r) {
			last = 0
			continue
		}
		if last != 0 {
			if g := string([]rune{last, r}); !stopGrams[g] {
				out[g] = true
			}
		}
		last = r
	}
	return out
}

func han(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }
