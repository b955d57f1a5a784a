package corpus

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/documents/ident"
	"github.com/xindiao/xindiao/dossier"
)

// What a shared corpus must not hold: every customer's searches read it.
var (
	reNumber  = regexp.MustCompile(`[0-9A-Za-z]{11,19}`)
	reMobile  = regexp.MustCompile(`^1[3-9]\d{9}$`)
	reCompany = regexp.MustCompile(`[\p{Han}（）()〔〕]{2,30}?(?:股份有限公司|有限责任公司|有限公司)`)
)

// generic ends what stands before 有限公司 where a text speaks of the form of a company, not of one.
var generic = []string{"为", "是", "指", "系", "属", "的", "人", "和", "及", "或", "与", "资", "类", "型", "家", "该", "称", "业", "上市", "某", "某某"}

// private counts what on a page tells who a customer is. Cards and accounts count in every corpus; companies, their
// codes and mobile phones in past reports, where they are a customer's or its partner's.
func private(text string, report bool, allowed []string) map[string]int {
	found := map[string]int{}
	for _, s := range reNumber.FindAllString(text, -1) {
		switch {
		case ident.IDCard(s).Verdict == ident.OK:
			found["身份证号"]++
		case len(s) >= 16 && ident.BankCard(s).Verdict == ident.OK:
			found["银行卡号"]++
		case report && len(s) == 18 && ident.USCC(s).Verdict == ident.OK:
			found["统一社会信用代码"]++
		case report && reMobile.MatchString(s):
			found["手机号"]++
		}
	}
	if !report {
		return found
	}
	for _, s := range reCompany.FindAllString(text, -1) {
		if named(s, allowed) {
			found["公司全称"]++
		}
	}
	return found
}

// named tells whether a match of reCompany is one company's name.
func named(s string, allowed []string) bool {
	bare := strings.TrimSuffix(s, "公司")
	for _, form := range []string{"股份有限", "有限责任", "有限"} {
		if b, ok := strings.CutSuffix(bare, form); ok {
			bare = b
			break
		}
	}
	if len([]rune(bare)) < 4 || strings.ContainsAny(bare, "某×") || strings.Contains(bare, "银行") {
		return false
	}
	return !slices.ContainsFunc(generic, func(g string) bool { return strings.HasSuffix(bare, g) }) &&
		!slices.ContainsFunc(allowed, func(a string) bool { return a != "" && strings.Contains(s, a) })
}

// confidential finds why a document must stay out of a shared corpus, "" when nothing does. What was found is never
// repeated, only where and how often.
func confidential(d *dossier.Document, report bool, allowed []string) (reason string, page int) {
	total := map[string]int{}
	for _, p := range d.Pages {
		for kind, n := range private(p.Text, report, allowed) {
			if total[kind] += n; page == 0 {
				page = p.Number
			}
		}
	}
	var parts []string
	for _, kind := range []string{"身份证号", "银行卡号", "统一社会信用代码", "手机号", "公司全称"} {
		if n := total[kind]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s%d处", kind, n))
		}
	}
	return strings.Join(parts, "、"), page
}
