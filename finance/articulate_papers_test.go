package finance

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func outcomes(rs []CheckResult, id string) map[CheckOutcome]string {
	out := map[CheckOutcome]string{}
	for _, r := range rs {
		if r.ID == id {
			out[r.Outcome] += r.Why + r.Arithmetic + "\n"
		}
	}
	return out
}

func TestCopiesAndAudit(t *testing.T) {
	y := year(2025)
	s := NewSet("甲公司", printedYuan("报表.xlsx", "revenue", "51180000", y), printedYuan("报表.xlsx", "net_profit", "1900000", y),
		printedYuan("报表.xlsx", "total_assets", "32605012.34", Closing(y)))
	money := func(raw, v string) dossier.Field { return dossier.Field{Kind: dossier.KindMoney, Raw: raw, Value: v} }
	text := func(v string) dossier.Field { return dossier.Field{Value: v} }
	docs := []*dossier.Document{
		{File: "公示.pdf", Type: "annual_report_publicity", Fields: map[string]dossier.Field{"year": text("2025"),
			"total_assets": money("3,260.50万元", "32605000"), "revenue": money("5,118.00万元", "51180000")}},
		{File: "报税.pdf", Type: "tax_financial_statements", Fields: map[string]dossier.Field{"period": text("2025年度"),
			"revenue": money("38,000,000.00", "38000000"), "net_profit": money("1,900,000.00", "1900000")}},
		{File: "旧公示.pdf", Type: "annual_report_publicity", SupersededBy: "公示.pdf", Fields: map[string]dossier.Field{"year": text("2025"), "revenue": money("1", "1")}},
		{File: "审计一.pdf", Type: "audit_report_3y", Pages: []dossier.Page{{Text: "四、强调事项\n我们提醒"}}, Fields: map[string]dossier.Field{
			"year": text("2025"), "report_no": text("审字1号"), "firm": text("某会计师事务所"), "opinion": text("保留意见"), "report_date": text("2026-03-01"),
			"signed_by": rowsField(map[string]string{"name": "甲"})}},
		{File: "审计二.pdf", Type: "audit_report_3y", Fields: map[string]dossier.Field{"year": text("2024"), "report_no": text("审字2号"),
			"firm": text("某会计师事务所"), "opinion": text("标准无保留意见"), "report_date": text("2025-03-01"), "code": text("ABC"),
			"signed_by": rowsField(map[string]string{"name": "甲"}, map[string]string{"name": "乙"})}},
	}
	rs := s.CheckArticulation(docs)
	got := outcomes(rs, "A18")
	if !strings.Contains(got[CheckPass], "资产总计") || strings.Count(got[CheckPass], "相同") != 3 {
		t.Errorf("the rounded copies: %s", got[CheckPass])
	}
	if f := got[CheckFlag]; strings.Count(f, "相差") != 1 || !strings.Contains(f, "13,180,000.00") || !strings.Contains(f, "报税财务报表") {
		t.Errorf("the copy that differs: %s", f)
	}
	if !strings.Contains(got[CheckUntestable], "企业所得税年度申报表") || strings.Contains(got[CheckUntestable], "2025年公示") {
		t.Errorf("missing: %s", got[CheckUntestable])
	}
	audit := outcomes(rs, "A19")
	for _, part := range []string{"只有1名", "保留意见", "强调事项", "监管平台"} {
		if !strings.Contains(audit[CheckFlag], part) {
			t.Errorf("audit %q lacks %s", audit[CheckFlag], part)
		}
	}
	if audit[CheckPass] == "" || strings.Contains(audit[CheckPass], "未见") {
		t.Errorf("the clean report: %q", audit[CheckPass])
	}
	kinds := map[string]int{}
	for _, is := range checkIssues(rs, nil) {
		kinds[is.Kind]++
		if is.Message == "" || len(is.Docs) == 0 {
			t.Errorf("%+v", is)
		}
	}
	if kinds[KindAuditReport] != 1 {
		t.Error(kinds)
	}
}

func TestScopes(t *testing.T) {
	y := Closing(year(2025))
	group, own, minority := printedYuan("合并.xlsx", "total_assets", "90", y), printedYuan("本部.xlsx", "total_assets", "100", y), printedYuan("本部.xlsx", "minority_interest", "5", y)
	group.Scope = dossier.ScopeConsolidated
	rs := NewSet("甲公司", group, own, minority).CheckArticulation(nil)
	if got := outcomes(rs, "A16"); !strings.Contains(got[CheckFlag], "合并数小于母公司数10.00元") {
		t.Errorf("%v", got)
	}
	if got := outcomes(rs, "A16b"); !strings.Contains(got[CheckFlag], "5.00") {
		t.Errorf("%v", got)
	}
}

// Opening against closing: what agrees is one row, what differs names the line; two papers that are each right in
// themselves were restated, a digit that other sums prove is a slip.
func TestOpeningsWithCauses(t *testing.T) {
	at := dossier.At(dossier.NewDate(2025, 12, 31))
	two := func(change map[string]string) *Set {
		s := sheetSet(nil)
		for id, v := range evenSheet {
			if c, ok := change[id]; ok {
				v = c
			}
			s.Add(printedYuan("次年.xlsx", id, v, at))
		}
		s.Add(printedYuan("次年.xlsx", "total_assets", "1", dossier.At(dossier.NewDate(2026, 12, 31))))
		return s
	}
	got := outcomes(two(nil).CheckArticulation(nil), "A3")
	if !strings.Contains(got[CheckPass], "19项相同") || got[CheckBreak] != "" {
		t.Errorf("%v", got)
	}
	restated := map[string]string{"inventories": "13345.00", "total_current_assets": "3692357.23", "total_assets": "9312702.90",
		"retained_earnings": "2001000.00", "total_equity": "5001000.00", "total_liabilities_equity": "9312702.90"}
	if got := outcomes(two(restated).CheckArticulation(nil), "A3"); strings.Count(got[CheckBreak], "追溯调整") != 6 {
		t.Errorf("%v", got)
	}
	slip := two(map[string]string{"inventories": "12435.00"})
	if got := outcomes(slip.CheckArticulation(nil), "A3"); !strings.Contains(got[CheckBreak], "存货 12,435.00 若为 12,345.00（相邻两位数字颠倒") {
		t.Errorf("%v", got)
	}
}

// What the format lacks is nothing; what the format has and nobody printed is missing, unless the totals close without.
func TestAbsentIsZeroOnlyWhenProven(t *testing.T) {
	at := dossier.At(dossier.NewDate(2025, 12, 31))
	zero := func(s *Set, id string) bool { return s.Workings().provenZero(id, "甲公司", dossier.ScopeSingle, at) }
	if !zero(sheetSet(nil), "contract_assets") || !zero(sheetSet(nil), "bonds_payable") {
		t.Error("the totals close without the line")
	}
	if zero(sheetSet(map[string]string{"inventories": "12346.00"}), "contract_assets") {
		t.Error("a sum that is broken proves nothing")
	}
	small := sheetSet(map[string]string{"inventories": "12346.00"})
	small.Add(printedYuan("报表.xlsx", "profit_payable", "0", at))
	if !zero(small, "contract_assets") || zero(small, "prepayments") {
		t.Error("small2013 has no contract assets, and has prepayments")
	}
	if zero(NewSet("甲公司"), "cash") {
		t.Error("no statement, no proof")
	}
}
