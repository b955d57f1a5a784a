package finance

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance/repay"
)

const projectText = `年产一万吨果蔬项目可行性研究报告
附表 项目投资现金流量表|||单位：万元
序号|项目|合计|1|2|3|4|5|6|7|8|9|10
1.1|营业收入|25800|||2100|2700|3000|3000|3000|3000|3000|3000
1.2|回收固定资产余值|500||||||||||500
1.3|回收流动资金|600||||||||||600
2.1|建设投资|5000|3000|2000
2.2|流动资金|600|||400|200
2.3|经营成本|11450|||1100|1350|1500|1500|1500|1500|1500|1500
2.4|税金及附加|227|||20|27|30|30|30|30|30|30
2.5|调整所得税|1270|||60|130|180|180|180|180|180|180
3|资本金|2600|1800|800`

func TestProjectStudy(t *testing.T) {
	text := strings.Replace(projectText, "营业收入|25800", "营业收入|22800", 1)
	doc := sheetDoc("可研报告.xlsx", "feasibility_report", "现金流量", text)
	doc.Pages = append(doc.Pages, dossier.Page{Number: 2, Text: "财务评价：基准收益率为8%，项目投资所得税后财务内部收益率为18.60%，\n静态投资回收期6.7年（含建设期），资本金内部收益率25.00%。"})
	doc.Pages[0].Tables[0].Rows[6][2].Text = "5000"
	st := repayStudy(t, dossier.Application{Product: "固定资产贷款", AmountCNY: dossier.D("30000000"), TermMonths: 96}, append(statementDocs(), doc)...)
	ps := st.Project
	if ps == nil || ps.Result == nil {
		t.Fatalf("%+v", ps)
	}
	got := map[string]string{}
	for _, r := range ps.Results {
		if r.Figure != nil {
			got[r.ID] = r.Figure.Value.String()
		} else if r.Why == "" {
			t.Errorf("%s is undefined without a reason", r.ID)
		}
	}
	for id, want := range map[string]string{"project_irr": "0.141856", "project_irr_pre": "0.168885", "project_payback": "6.7", "project_capital_ratio": "0.4643"} {
		if got[id] != want {
			t.Errorf("%s = %s, want %s", id, got[id], want)
		}
	}
	if f, ok := st.Set.Get("project_revenue_y05", dossier.At(st.Debt.AsOf)); !ok || f.Source.Cell != "现金流量!H4" || f.Source.Printed != "3000" {
		t.Errorf("%+v", f)
	}
	if f, _ := st.Set.Get("project_discount", dossier.At(st.Debt.AsOf)); !f.Value.Equal(dossier.D("0.08")) || f.Source == nil || f.Source.Page != 2 {
		t.Errorf("%+v", f)
	}
	lineageHolds(t, st)
	kinds := map[string]string{}
	for _, is := range st.Issues {
		kinds[is.Kind] += is.Message
	}
	if !strings.Contains(kinds[KindProjectRate], "18.60%") || strings.Contains(kinds[KindProjectRate], "25.00%") || strings.Contains(kinds[KindProjectRate], "回收期") {
		t.Errorf("stated results: %s (%+v)", kinds[KindProjectRate], ps.Stated)
	}
	if kinds[KindProjectTable] != "" || kinds[KindLoanTerm] != "" {
		t.Errorf("false alarms: %s %s", kinds[KindProjectTable], kinds[KindLoanTerm])
	}
	if limit := repay.LimitOf("固定资产贷款", ""); limit == nil || len(st.Plans.Excluded) == 0 && st.Plans.Why == "" {
		t.Errorf("%+v", st.Plans)
	}
}

func FuzzStatedResults(f *testing.F) {
	f.Add("财务内部收益率（税后）为12.3%，投资回收期7.1年，基准收益率8%")
	f.Add("IRR 99999999999%；投资回收期 . 年")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 64<<10 {
			t.Skip()
		}
		doc := sheetDoc("可研.xlsx", "feasibility_report", "现金流量", projectText)
		doc.Pages = append(doc.Pages, dossier.Page{Number: 2, Text: text})
		st := &Study{Set: NewSet(testBorrower)}
		st.project(&dossier.Dossier{Documents: []*dossier.Document{doc}, Application: dossier.Application{AsOf: dossier.NewDate(2025, 12, 31)}})
		if st.Project == nil {
			t.Error("the table is not read any more")
		}
	})
}
