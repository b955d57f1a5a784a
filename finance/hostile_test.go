package finance

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

// Tables and lines put together at random must never panic, and must give the same twice.
func TestRandomPapers(t *testing.T) {
	words := []string{"", "", "项目", "资产", "负债和所有者权益", "行次", "期末余额", "年初余额", "合并", "母公司", "本年累计金额", "本月数", "货币资金", "存货",
		"资产总计", "流动资产合计", "一、营业收入", "四、净利润", "1,234.56", "(7)", "—", "9E14", "-0.01", "2025年12月31日", "2025年度", "单位：万元", "资产负债表", "利润表",
		"交易日期", "借方发生额", "贷方发生额", "余额", "对方户名", "摘要", "2026-01-05", "2026-02-30", "李四", "归还贷款", "贷款发放", "往来款", "科目编码", "科目名称",
		"期末借方", "期末贷方", "1001", "银行存款", "收/支", "金额", "支出", "编制单位：甲公司", strings.Repeat("长", 400), "\x00\xff", "99999999999999999999"}
	rng := rand.New(rand.NewPCG(7, 11))
	for range 400 {
		var rows []string
		for range 1 + rng.IntN(14) {
			var cells []string
			for range 1 + rng.IntN(7) {
				cells = append(cells, words[rng.IntN(len(words))])
			}
			rows = append(rows, strings.Join(cells, "|"))
		}
		d := doc("financial_statements_annual", sheet("s", rows...))
		d.Scan = rng.IntN(2) == 0
		text := textPages("t.pdf", "audit_report_3y", strings.ReplaceAll(strings.Join(rows, "\n"), "|", " "))
		for _, x := range []*dossier.Document{d, text} {
			x.Type = "financial_statements_annual"
			twice := fmt.Sprintf("%+v", study(x))
			if again := fmt.Sprintf("%+v", study(x)); twice != again {
				t.Fatalf("two readings differ:\n%s\n%s", twice, again)
			}
		}
	}
}

func study(d *dossier.Document) []string {
	var out []string
	flow := *d
	flow.Type = "bank_statement_corporate"
	st := StudyOf(&dossier.Dossier{Documents: []*dossier.Document{d, &flow}, Application: dossier.Application{Applicant: "甲公司"}})
	for _, f := range st.Set.All() {
		out = append(out, f.ID+f.Indicator+f.Period.String()+f.Value.String()+st.Set.Explain(f))
	}
	for _, is := range st.Issues {
		out = append(out, is.Kind+is.Message+is.Arithmetic)
	}
	return out
}

func TestLint(t *testing.T) {
	if errs := Lint(); !reflect.DeepEqual(errs, []error(nil)) {
		t.Error(errs)
	}
}
