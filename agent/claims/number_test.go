package claims

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/xindiao/xindiao/dossier"
)

func show(n Number) string {
	switch n.Kind {
	case Date:
		s := fmt.Sprintf("date %d-%d-%d%s", n.Date.Year, n.Date.Month, n.Date.Day, n.Edge)
		if !n.From.IsZero() {
			s += fmt.Sprintf(" from %d-%d-%d", n.From.Year, n.From.Month, n.From.Day)
		}
		return s
	case Ordinal, Identifier:
		return string(n.Kind) + " " + n.Text
	}
	return strings.TrimSpace(fmt.Sprintf("%s %s%s %s", n.Kind, n.Approx, n.Value, n.Unit))
}

func TestNumbers(t *testing.T) {
	for in, want := range map[string]string{
		"收入5,420.78万元":                  "money 54207800 元",
		"收入５，４２０．７８万元":                  "money 54207800 元",
		"总额2.3亿，另12.3亿元":                "money 230000000 元; money 1230000000 元",
		"金额500千元、3百万元":                  "money 500000 元; money 3000000 元",
		"人民币伍佰万元整":                      "money 5000000 元",
		"人民币贰佰叁拾壹万伍仟元零伍分":               "money 2315000 元",
		"叁仟元贰角伍分":                       "money 3000.25 元",
		"约300万元，逾200万元，近5亿元":            "money 约3000000 元; money 逾2000000 元; money 近500000000 元",
		"毛利率23.80%，千分之":                 "percent 0.238 %",
		"利率3.5‰、上浮30个基点":                "percent 0.0035 %; points 0.003 百分点",
		"提高2.31个百分点":                    "points 0.0231 百分点",
		"占比70%-80%":                     "percent 0.7 %; percent 0.8 %",
		"比例为70-80%":                     "percent 0.7 %; percent 0.8 %",
		"期限3—5年":                        "count 36 月; count 60 月",
		"100 至 200 万元":                  "money 1000000 元; money 2000000 元",
		"100万至200万元":                    "money 1000000 元; money 2000000 元",
		"三分之二以上表决权":                     "percent 逾0.66666667 %",
		"百分之五":                          "percent 0.05 %",
		"两家银行、三名股东、十二个月":                "count 2 家; count 3 人; count 12 月",
		"二〇二六年九月三十日":                    "date 2026-9-30",
		"2026年9月30日":                    "date 2026-9-30",
		"2025年末、2025年底、2025年度":          "date 2025-0-0末; date 2025-0-0末; date 2025-0-0",
		"2025-12-31、2026.8.31、20260930": "date 2025-12-31; date 2026-8-31; date 2026-9-30",
		"2026年1-8月":                     "date 2026-8-0 from 2026-1-0",
		"2023—2025年":                    "date 2025-0-0 from 2023-0-0",
		"9月30日与8月末":                     "date 0-9-30; date 0-8-0末",
		"第九条、第3季度、第一大股东":                "ordinal 第九; ordinal 第3; ordinal 第一",
		"合同JH-PL-2026-0318号":            "identifier JH-PL-2026-0318",
		"某审字〔2026〕第0318号":               "identifier 〔2026〕第0318号",
		"(2026)浙0213民初1234号":            "identifier (2026)浙0213民初1234号",
		"代码91330213MA29YUW42L":          "identifier 91330213MA29YUW42L",
		"尾号3113、尚桥路66号":                 "identifier 3113; identifier 66号",
		"账号6146955749653113转出":          "identifier 6146955749653113",
		"电话0571-87654321":               "identifier 0571-87654321",
		"面积3,126.84平方米、120㎡":            "count 3126.84 ㎡; count 120 ㎡",
		"用电5.2万kWh，变压器315kVA":           "count 52000 kWh; count 315 kVA",
		"流动比率1.62，速动比率1.03":             "plain 1.62; plain 1.03",
		"利息保障13.59倍":                    "count 13.59 倍",
		"净利润为-35.6万元":                   "money -356000 元",
		"净额（1,234.50）":                  "plain -1234.5",
		"一般情况下，统一管理，三方协议，万一，十分":         "",
		"近三年、近12个月、一年内到期":               "relative 36 月; relative 12 月; relative 12 月",
		"500万美元":                        "foreign 5000000 美元",
		"职工36人、社保35名":                   "count 36 人; count 35 人",
		"注册资本1000万":                     "money 10000000 元",
		"逾期90天以上":                       "count 逾90 天",
		"450\n人数\n12\n月报":               "plain 450; plain 12", // a line's end parts a number from the next line's words
		"2025年12\n月31日，2026 年 9 月 30 日": "date 2025-12-31; date 2026-9-30",
		"用电101852千瓦时，重5千克，5千":           "count 101852 kWh; count 5 公斤; plain 5000",
		"GB/T 4754-2017与2023、2024年":     "ordinal GB/T 4754-2017; date 2023-0-0; date 2024-0-0",
		"注册资本1000万人民币":                  "money 10000000 元",
		"C3525模具制造":                     "identifier C3525",
		"持股45%、25%和30%":                 "percent 0.45 %; percent 0.25 %; percent 0.3 %",
	} {
		var got []string
		for _, n := range Numbers(in) {
			got = append(got, show(n))
			if in[n.Start:n.End] != n.Text {
				t.Errorf("%s: span %d-%d is not %q", in, n.Start, n.End, n.Text)
			}
		}
		if s := strings.Join(got, "; "); s != want {
			t.Errorf("%s:\n got %s\nwant %s", in, s, want)
		}
	}
}

func TestPrintedPrecision(t *testing.T) {
	for in, want := range map[string]string{"5,420.78万元": "50", "37.77%": "0.00005", "36人": "0", "1.62": "0.005", "2.3亿元": "5000000"} {
		if n := Numbers(in); len(n) != 1 || !n[0].Tol.Equal(dossier.D(want)) {
			t.Errorf("%s: %v", in, n)
		}
	}
}

func TestParseChinese(t *testing.T) {
	for in, want := range map[string]string{"十": "10", "十五": "15", "二十": "20", "一百零五": "105", "三百二十万": "3200000", "一亿零二百万": "102000000",
		"伍佰万": "5000000", "壹仟贰佰叁拾肆万伍仟陆佰柒拾捌": "12345678", "二〇二六": "2026", "百": "!", "万": "!", "": "!", "三四十": "!"} {
		got := "!"
		if v, ok := ParseChinese(in); ok {
			got = v.String()
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

// Whatever is printed in 元, 万元 or 亿元 reads back to itself within the printed digit.
func TestPrintedMoneyReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fen := rapid.Int64Range(100, 1e13).Draw(t, "fen")
		unit := rapid.SampledFrom([]dossier.Unit{dossier.Yuan, dossier.WanYuan, dossier.YiYuan}).Draw(t, "unit")
		digits := rapid.Int32Range(1, 4).Draw(t, "digits")
		v := dossier.D(fmt.Sprint(fen)).Shift(-2)
		printed := v.Div(unit.Scale()).StringFixed(digits)
		if rapid.Bool().Draw(t, "commas") {
			printed = commas(printed)
		}
		pre := rapid.SampledFrom([]string{"营业收入", "合计：", "，", "（", "为", "A公司"}).Draw(t, "pre")
		post := rapid.SampledFrom([]string{"", "。", "，同比", "）", "左右"}).Draw(t, "post")
		ns := Numbers(pre + printed + string(unit) + post)
		if len(ns) != 1 || ns[0].Kind != Money || ns[0].Value.Sub(v).Abs().GreaterThan(ns[0].Tol) {
			t.Fatalf("%s%s%s%s -> %+v", pre, printed, unit, post, ns)
		}
	})
}

// Any text at all: no panic, spans in order and within the text.
func TestNumbersOnAnything(t *testing.T) {
	piece := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9年月日.,，万亿元%\-~第〔〕号一二三十百千分之]{1,12}`))
	rapid.Check(t, func(t *rapid.T) {
		s := piece.Draw(t, "a") + piece.Draw(t, "b")
		last := 0
		for _, n := range Numbers(s) {
			if n.Start < last || n.End <= n.Start || n.End > len(s) {
				t.Fatalf("%q: span %d-%d after %d", s, n.Start, n.End, last)
			}
			last = n.End
		}
	})
}

func commas(s string) string {
	whole, frac, dot := strings.Cut(s, ".")
	var b strings.Builder
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	if dot {
		return b.String() + "." + frac
	}
	return b.String()
}
