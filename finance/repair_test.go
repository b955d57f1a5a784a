package finance

import (
	"strings"
	"testing"
)

func scanOf(cash, current, total string) (string, []Issue, string) {
	d := doc("financial_statements_annual", sheet("资产负债表", "编制单位：甲公司|2025年12月31日|单位：元",
		"项目|期末余额|年初余额", "货币资金|"+cash+"|10.00", "应收账款|2,000.00|20.00", "存货|300.00|30.00", "流动资产合计|"+current+"|60.00",
		"固定资产|5,000.00|40.00", "非流动资产合计|5,000.00|40.00", "资产总计|"+total+"|100.00",
		"负债合计|4,000.00|50.00", "所有者权益合计|8,461.00|50.00", "负债和所有者权益总计|12,461.00|100.00"))
	d.Scan = true
	figs, issues := ReadStatements(d)
	for _, f := range figs {
		if f.Indicator == "total_current_assets" && f.Period.End.Year == 2025 {
			return f.Value.String(), issues, f.Note + "|" + f.Source.Printed
		}
	}
	return "", issues, ""
}

// A subtotal whose 6 was read as 8 breaks its own sum and the one above it: only the 6 closes both.
func TestRepairOfOneDigit(t *testing.T) {
	v, issues, note := scanOf("5,161.00", "7,481.00", "12,461.00")
	if v != "7461" || len(issues) != 1 || issues[0].Kind != KindRepaired || !issues[0].Doubtful {
		t.Fatalf("%s %+v", v, issues)
	}
	if !strings.Contains(note, "识别为7,481.00元") || !strings.Contains(note, "7,461.00元") || !strings.Contains(note, ScanNote) || !strings.HasSuffix(note, "|7,481.00") {
		t.Error(note)
	}
}

// What two lines could explain, what is no digit alone, and what is right stays as read.
func TestNoRepairWithoutProof(t *testing.T) {
	for name, c := range map[string][3]string{
		"right":              {"5,161.00", "7,461.00", "12,461.00"},
		"two digits":         {"5,161.00", "7,993.00", "12,461.00"},
		"an item, ambiguous": {"5,181.00", "7,461.00", "12,461.00"},
		"all broken":         {"9,999.00", "1.00", "12,461.00"},
	} {
		v, issues, note := scanOf(c[0], c[1], c[2])
		want := strings.TrimSuffix(strings.ReplaceAll(c[1], ",", ""), ".00")
		for _, is := range issues {
			if is.Kind == KindRepaired && is.Indicator == "total_current_assets" {
				t.Errorf("%s: %s", name, is.Message)
			}
		}
		if v != want || strings.Contains(note, "订正") {
			t.Errorf("%s: %s %s", name, v, note)
		}
	}
}
