// Package layout holds what the report writers share: numbers of headings, sources and exhibits, Chinese labels and
// spelled-out formulas, so that Word and HTML say the same.
package layout

import (
	"strconv"

	"github.com/xindiao/xindiao/report"
)

// Chinese spells 1..99 the way headings are numbered: 一, 十, 二十三.
func Chinese(n int) string {
	const d = "零一二三四五六七八九"
	digit := func(i int) string { return string([]rune(d)[i]) }
	switch {
	case n <= 0 || n > 99:
		return strconv.Itoa(n)
	case n < 10:
		return digit(n)
	case n < 20:
		return "十" + onesOf(n, digit)
	}
	return digit(n/10) + "十" + onesOf(n, digit)
}

func onesOf(n int, digit func(int) string) string {
	if n%10 == 0 {
		return ""
	}
	return digit(n % 10)
}

// Heading is one line of the table of contents.
type Heading struct {
	Anchor string // unique in the report, letters and digits only
	Level  int    // 1 or 2
	Number string // 一、 or （一）, 附件一
	Title  string
}

// Annexes, in order.
const (
	AnnexFindings  = "附件一"
	AnnexMaterials = "附件二"
	AnnexSources   = "附件三"
)

// Outline numbers the sections: 一、 and （一）, then the annexes.
func Outline(r *report.Report) []Heading {
	var out []Heading
	add := func(h Heading) {
		h.Anchor = "h" + strconv.Itoa(len(out)+1)
		out = append(out, h)
	}
	for i, s := range r.Sections {
		add(Heading{Level: 1, Number: Chinese(i+1) + "、", Title: s.Title})
		for j, sub := range s.Sections {
			add(Heading{Level: 2, Number: "（" + Chinese(j+1) + "）", Title: sub.Title})
		}
	}
	for _, a := range Annexes(r) {
		add(a)
	}
	return out
}

// Annexes are the headings behind the sections: a financial analysis has its sources only.
func Annexes(r *report.Report) []Heading {
	sources := Heading{Level: 1, Number: AnnexSources, Title: "数据来源与计算过程"}
	if r.Kind == report.Finance {
		sources.Number = "附件"
		return []Heading{sources}
	}
	return []Heading{{Level: 1, Number: AnnexFindings, Title: "问题与整改清单"}, {Level: 1, Number: AnnexMaterials, Title: "材料清单"}, sources}
}

// Title of the report, with a default by kind.
func Title(r *report.Report) string {
	switch {
	case r.Title != "":
		return r.Title
	case r.Kind == report.PostLoan:
		return "贷后检查报告"
	case r.Kind == report.Finance:
		return "财务分析"
	}
	return "授信调查报告"
}

// ModelWritten tells whether any of the report's words are a model's.
func ModelWritten(r *report.Report) bool {
	found := false
	EachClaim(r, func(c *report.Claim) { found = found || c.Author == report.ByModel })
	return found
}

// EachClaim walks all claims in reading order, table cells row by row.
func EachClaim(r *report.Report, f func(*report.Claim)) {
	var walk func([]report.Section)
	walk = func(ss []report.Section) {
		for i := range ss {
			for j := range ss[i].Blocks {
				b := &ss[i].Blocks[j]
				for k := range b.Claims {
					f(&b.Claims[k])
				}
				for _, row := range b.Rows {
					for k := range row {
						f(&row[k])
					}
				}
			}
			walk(ss[i].Sections)
		}
	}
	walk(r.Sections)
}
