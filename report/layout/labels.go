package layout

import (
	"slices"
	"strings"

	"github.com/xindiao/xindiao/report"
)

// SeverityZH is what a reader sees: 阻断, 重大, 一般, 提示.
func SeverityZH(s report.Severity) string {
	switch s {
	case report.Blocker:
		return "阻断"
	case report.Major:
		return "重大"
	case report.Minor:
		return "一般"
	}
	return "提示"
}

var kinds = map[report.FindingKind]string{
	report.Completeness: "完整性", report.Validity: "有效性", report.Compliance: "合规性", report.Consistency: "一致性",
	report.Fraud: "疑似虚假", report.Financial: "财务", report.PostLoanKind: "贷后", report.Security: "安全",
}

// KindZH names a finding's kind.
func KindZH(k report.FindingKind) string {
	if s, ok := kinds[k]; ok {
		return s
	}
	return string(k)
}

// ResultZH names a result.
func ResultZH(r report.Result) string {
	if r == report.NotTestable {
		return "无法检验"
	}
	return "不符合"
}

var states = map[string]string{"present": "齐备", "missing": "缺失", "superseded": "仅有旧版", "not_applicable": "不适用",
	"pass": "通过", "fail": "不符合", "not_testable": "无法检验", "must": "必备", "should": "应备"}

// StateZH names a matrix state, level or check result; unknown words come back as they are.
func StateZH(s string) string {
	if z, ok := states[s]; ok {
		return z
	}
	return s
}

// BasisText joins what a finding rests on.
func BasisText(bs []report.Basis) string {
	var out []string
	for _, b := range bs {
		switch {
		case b.Bank != "":
			out = append(out, "行内规定："+bankRule(b.Bank))
		case b.Name != "":
			out = append(out, b.Name)
		case b.Law != "" && b.Article != "":
			out = append(out, b.Law+" 第"+b.Article+"条")
		case b.Law != "":
			out = append(out, b.Law)
		}
	}
	return strings.Join(out, "；")
}

// RemedyText is a finding's remedy with the materials that would be accepted.
func RemedyText(f report.Finding) string {
	s := f.Remedy
	if len(f.Accepts) == 0 {
		return s
	}
	if s != "" {
		s = strings.TrimRight(s, "。；") + "；"
	}
	return s + "可接受：" + strings.Join(f.Accepts, "，或") + "。"
}

// StatusZH names a claim's status.
func StatusZH(s report.Status) string {
	switch s {
	case report.Read:
		return "读取"
	case report.Computed:
		return "计算"
	case report.Quoted:
		return "引用"
	case report.Judged:
		return "判断"
	case report.Unverified:
		return "待核实"
	case report.Missing:
		return "待补充"
	}
	return ""
}

// Findings returns findings in the order in which they are shown: the gravest first, otherwise as they came.
func Findings(fs []report.Finding) []report.Finding {
	out := slices.Clone(fs)
	slices.SortStableFunc(out, func(a, b report.Finding) int { return a.Severity.Rank() - b.Severity.Rank() })
	return out
}

var bankRules = map[string]string{
	"credit_report_max_age_days": "征信报告有效天数", "registry_search_max_age_days": "登记查询有效天数",
	"court_search_max_age_days": "涉诉查询有效天数", "registration_extract_max_age_days": "工商登记资料有效天数",
	"bank_statement_months": "银行流水月数", "financials_years": "财务报表年数", "mortgage_ltv_max": "抵押率上限",
	"sales_growth_max": "销售增长率上限",
}

func bankRule(key string) string {
	head, _, _ := strings.Cut(key, ".")
	if s, ok := bankRules[head]; ok {
		return s
	}
	return key
}
