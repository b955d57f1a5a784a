package claims

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	_ "github.com/xindiao/xindiao/internal/rapidtest"

	"github.com/xindiao/xindiao/dossier"
)

func figure(id, indicator, name, value string, unit dossier.Unit, end string, months int) dossier.Figure {
	d, err := dossier.ParseDate(end)
	if err != nil {
		panic(err)
	}
	return dossier.Figure{ID: id, Indicator: indicator, Name: name, Entity: "甲公司", Scope: dossier.ScopeSingle,
		Value: dossier.D(value), Unit: unit, Period: dossier.Span(d, months)}
}

// The evidence of all the table's sentences: a made-up company.
func input(sentence string) Input {
	return Input{Sentence: sentence,
		Figures: []dossier.Figure{
			figure("f1", "revenue", "营业收入", "83127646.31", dossier.Yuan, "2025-12-31", 12),
			figure("f2", "revenue", "营业收入", "75208831.07", dossier.Yuan, "2024-12-31", 12),
			figure("f3", "total_assets", "资产总额", "96402118.55", dossier.Yuan, "2025-12-31", 0),
			figure("f4", "total_liabilities", "负债总额", "41219004.80", dossier.Yuan, "2025-12-31", 0),
			figure("f5", "debt_ratio", "资产负债率", "0.42757362", dossier.Ratio, "2025-12-31", 0),
			figure("f6", "debt_ratio", "资产负债率", "0.45112907", dossier.Ratio, "2024-12-31", 0),
			figure("f7", "current_ratio", "流动比率", "1.6236", dossier.Times, "2025-12-31", 0),
			figure("f9", "ar_days", "应收账款周转天数", "95.56", dossier.DaysUnit, "2025-12-31", 12),
			figure("f8", "net_profit", "净利润", "-1204466.20", dossier.Yuan, "2026-08-31", 8),
		},
		Passages: []dossier.Passage{
			{ID: "p1", Text: "名称：乙州市云帆包装制品有限公司\n法定代表人：沈若谷\n成立日期：2014年3月18日\n注册资本：贰仟万元整\n住所：乙州市新港路18号"},
			{ID: "p2", Place: dossier.Place{File: "采购合同2026年4月.docx"}, Text: "合同编号：YF-2026-0417。甲方乙州市云帆包装制品有限公司向丙江纸业有限公司采购瓦楞原纸，金额2.3亿元，期限3年，违约金为合同额的5%，职工86人。"},
			{ID: "p3", Text: "单位：万元\n项目 期末余额\n应收账款 1,688.31\n其他应收款 436.02"},
			{ID: "p4", Text: "经查询，截至2026年9月15日，该企业未被列入经营异常名录，无行政处罚信息。到期日2027-03-15。"},
		},
		Application: dossier.Application{Applicant: "乙州市云帆包装制品有限公司", AmountCNY: dossier.D("12000000"), TermMonths: 12, Lender: "丁海银行乙州支行",
			Bank: dossier.BankRule{CreditReportMaxAgeDays: 30, MortgageLTVMax: map[string]dossier.Decimal{"industrial": dossier.D("0.7")}}},
		Names: []string{"沈若谷", "柳青禾"},
	}
}

// Sentences that the evidence bears out: any fault is a false alarm.
var trueSentences = []string{
	"2025年营业收入8,312.76万元，较2024年的7,520.88万元增长10.53%。",
	"2025年营业收入为83,127,646.31元。",
	"2025年实现营业收入约8300万元，同比增加791.88万元。",
	"截至2025年末，资产总额9,640.21万元，负债总额4,121.90万元，资产负债率42.76%。",
	"截至2025年12月31日，资产负债率由45.11%降至42.76%，下降2.36个百分点。",
	"2025年末资产总额、负债总额分别为9,640.21万元和4,121.90万元。",
	"2025年末所有者权益为5,518.31万元。",
	"流动比率1.62，短期偿债能力一般。",
	"2026年1-8月净利润为-120.45万元。",
	"2026年1—8月净亏损120.45万元。",
	"2026年1-8月亏损120.45万元，统一管理、三方协议均属正常。",
	"公司成立于2014年3月18日，注册资本2,000万元，法定代表人为沈若谷。",
	"注册资本为人民币贰仟万元整，住所位于新港路18号。",
	"借款人与丙江纸业有限公司签订采购合同（编号YF-2026-0417），金额23,000万元，期限3年。",
	"合同约定违约金为合同额的5%。",
	"应收账款1,688.31万元，其他应收款436.02万元。",
	"截至2026年9月15日，未被列入经营异常名录，无行政处罚信息。",
	"查询单载明“无行政处罚信息”。",
	"申请流动资金贷款1,200万元，期限12个月，由丁海银行乙州支行发放。",
	"职工86人，符合第九条的要求，近三年经营稳定。",
	"乙州市云帆包装制品有限公司向丙江纸业有限公司采购瓦楞原纸。",
	"资产总额近1亿元，逾9500万元。",
	"合同期限为36个月。",
	"应收账款1,688.31万元，其他应收款436.02万元，两项合计2,124.33万元。",
	"距到期日2027年3月15日尚有181天（自2026年9月15日起算）。",
	"股东柳青禾应当签字，配偶连带责任另行约定。",
	"营业收入为上年的1.11倍。",
	"借款人属GB/T 4754-2017规定的行业，公司类型为有限责任公司。",
	"2024、2025年营业收入分别为7,520.88万元和8,312.76万元。",
	"应收账款周转天数96天，授信余额（见“融资情况”）不变。",
	"《采购合同2026年4月.docx》约定违约金为合同额的5%。",
	"抵押率=12,000,000.00÷96,402,118.55=12.45%，未超过行内70%的上限，信用报告时效为30天。",
	"审计意见为标准无保留意见，报表未经审计部分无法核实，两项占比从略。",
}

// Sentences with one planted error: each must be caught, with this kind.
var falseSentences = map[string]FaultKind{
	"2025年营业收入8,321.76万元。":                    BadNumber, // digits swapped
	"2025年营业收入83.13万元。":                       BadNumber, // unit
	"2025年营业收入8,312.76亿元。":                    BadNumber,
	"2025年营业收入8,312.76元。":                     BadNumber,
	"2024年营业收入8,312.76万元。":                    BadPeriod,
	"2023年末资产总额9,640.21万元。":                   BadPeriod,
	"2025年营业收入较上年增长11.53%。":                   BadNumber,
	"2025年营业收入较上年下降10.53%。":                   BadNumber, // direction
	"资产负债率上升2.36个百分点。":                        BadNumber,
	"资产负债率下降2.36%。":                           BadNumber, // points, not per cent
	"截至2025年末，资产总额4,121.90万元，负债总额9,640.21万元。": BadSwap,
	"2025年末负债总额9,640.21万元，资产总额9,640.21万元。":    BadSwap,
	"合同金额12.3亿元。":                             BadNumber,
	"合同金额3亿元。":                                BadNumber,
	"违约金为合同额的15%。":                            BadNumber,
	"违约金为合同额的0.5%。":                           BadNumber,
	"2026年1-8月净利润120.45万元。":                   BadNumber, // sign
	"2026年1-8月净利润为正，盈利120.45万元。":              BadNumber,
	"流动比率2.62。":                               BadNumber,
	"流动比率1.63。":                               BadNumber,
	"营业收入约8800万元。":                            BadNumber, // 约 is rounding, not licence
	"营业收入近8000万元。":                            BadNumber, // it is above
	"资产总额逾1亿元。":                               BadNumber,
	"公司成立于2014年3月8日。":                         BadNumber,
	"公司成立于2015年3月18日。":                        BadNumber,
	"注册资本贰佰万元整。":                              BadNumber,
	"合同编号YF-2026-0471。":                       BadNumber,
	"住所位于新港路81号。":                             BadNumber,
	"职工68人。":                                  BadNumber,
	"期限5年。":                                   BadNumber,
	"期限3个月。":                                  BadNumber,
	"应收账款1,688.31元。":                          BadNumber,
	"应收账款436.20万元。":                           BadNumber,
	"法定代表人为沈若石。":                              BadName,
	"法定代表人沈若。":                                BadName, // the head of a longer name
	"借款人与丙河纸业有限公司签订采购合同。":                     BadName,
	"借款人与戊州市云帆包装制品有限公司签订采购合同。":                BadName,
	"由己山银行乙州支行发放。":                            BadName,
	"查询单载明“无任何行政处罚”。":                         BadQuote,
	"该企业「已被列入经营异常名录」。":                        BadQuote,
	"企业无对外担保。":                                BadDenial,
	"对外担保：无。":                                 BadDenial,
	"《采购合同2026年5月.docx》约定违约金为合同额的5%。":         BadNumber,
	"信用报告时效为60天。":                             BadNumber,
	"应收账款周转天数97天。":                            BadNumber,
	"房产无抵押。":                                  BadDenial,
	"未发现被执行信息。":                               BadDenial,
	"截至2026年10月15日，未被列入经营异常名录。":               BadNumber,
	"营业收入为上年的1.31倍。":                          BadNumber,
	"距到期日2027年3月15日尚有218天（自2026年9月15日起算）。":    BadNumber,
	"三家银行授信。":                                 BadNumber,
	"持股比例为三分之一。":                              BadNumber,
}

func TestTrueSentences(t *testing.T) {
	for _, s := range trueSentences {
		if v := Check(input(s)); !v.OK {
			t.Errorf("%s\n  false alarm: %s", s, v.Reasons())
		}
	}
}

func TestPlantedErrors(t *testing.T) {
	for s, want := range falseSentences {
		v := Check(input(s))
		found := false
		for _, f := range v.Faults {
			found = found || f.Kind == want
			if f.Reason == "" || f.Text == "" || s[f.Start:f.End] == "" {
				t.Errorf("%s: a fault must say what and where: %+v", s, f)
			}
		}
		if v.OK || !found {
			t.Errorf("%s\n  not caught as %s: %+v", s, want, v)
		}
	}
}

func TestNothingCitedNothingBorneOut(t *testing.T) {
	for _, s := range trueSentences {
		if len(Numbers(s)) == 0 {
			continue
		}
		n := 0
		for _, x := range Numbers(s) {
			if x.Kind != Ordinal && x.Kind != Relative {
				n++
			}
		}
		if v := Check(Input{Sentence: s}); n > 0 && v.OK {
			t.Errorf("passed without any evidence: %s", s)
		}
	}
}

func TestNearest(t *testing.T) {
	v := Check(input("2025年营业收入8,321.76万元。"))
	if len(v.Faults) != 1 || !strings.Contains(v.Faults[0].Nearest, "f1") {
		t.Errorf("got %+v", v.Faults)
	}
}

// A figure stated at any precision passes; the same with any one digit changed does not.
func TestOneDigitChanged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fen := rapid.Int64Range(1e7, 1e13).Draw(t, "fen")
		f := figure("f1", "revenue", "营业收入", fmt.Sprintf("%d.%02d", fen/100, fen%100), dossier.Yuan, "2025-12-31", 12)
		printed := commas(f.Value.Div(dossier.WanYuan.Scale()).StringFixed(2))
		in := Input{Sentence: "2025年营业收入" + printed + "万元。", Figures: []dossier.Figure{f}}
		if v := Check(in); !v.OK {
			t.Fatalf("%s: %s", in.Sentence, v.Reasons())
		}
		b := []byte(printed)
		i := rapid.IntRange(0, len(b)-1).Draw(t, "place")
		if b[i] < '0' || b[i] > '9' {
			return
		}
		d := byte('0' + rapid.IntRange(0, 9).Draw(t, "digit"))
		if d == b[i] || i == len(b)-1 {
			return // the last digit may be the other side of a tie
		}
		b[i] = d
		in.Sentence = "2025年营业收入" + string(b) + "万元。"
		if Check(in).OK {
			t.Fatalf("%s passed for %s", in.Sentence, printed)
		}
	})
}

// Growth stated at two decimals is recomputed; 0.05 points off is not accepted.
func TestGrowthRecomputed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		was, is := rapid.Int64Range(1e6, 1e9).Draw(t, "was"), rapid.Int64Range(1e6, 1e9).Draw(t, "is")
		a := figure("f1", "revenue", "营业收入", fmt.Sprint(is), dossier.Yuan, "2025-12-31", 12)
		b := figure("f2", "revenue", "营业收入", fmt.Sprint(was), dossier.Yuan, "2024-12-31", 12)
		growth := a.Value.Sub(b.Value).Div(b.Value).Mul(dossier.D("100"))
		word := "增长"
		if growth.IsNegative() {
			word = "下降"
		}
		in := Input{Sentence: "营业收入较上年" + word + growth.Abs().StringFixed(2) + "%。", Figures: []dossier.Figure{a, b}}
		if v := Check(in); !v.OK {
			t.Fatalf("%s: %s", in.Sentence, v.Reasons())
		}
		in.Sentence = "营业收入较上年" + word + growth.Abs().Add(dossier.D("0.05")).StringFixed(2) + "%。"
		if Check(in).OK {
			t.Fatalf("passed: %s for %s", in.Sentence, growth)
		}
	})
}

func TestCheckOnAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := input(rapid.String().Draw(t, "sentence"))
		in.Passages[0].Text = rapid.String().Draw(t, "passage")
		v := Check(in)
		if v.OK != (len(v.Faults) == 0) {
			t.Fatal("verdict and faults disagree")
		}
	})
}
