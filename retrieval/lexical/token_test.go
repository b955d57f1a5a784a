package lexical

import (
	"slices"
	"testing"
)

// Each line: what stands in a material, what is asked for, and whether a term beyond plain characters joins them.
func TestOneThingInManySpellings(t *testing.T) {
	for _, c := range []struct{ text, asked, by string }{
		{"5,420.78万元", "54,207,771.76元", "r54200000"},
		{"1.2亿元", "12000万元", "n120000000"},
		{"1.2億", "120,000,000.00", "n120000000"},
		{"3千万", "3,000 万", "n30000000"},
		{"人民币壹佰万元整", "100万元", "n1000000"},
		{"三千五百万元", "35,000,000", "n35000000"},
		{"一亿三千万", "1.3亿", "n130000000"},
		{"贰仟零伍拾万元", "2,050万", "n20500000"},
		{"331.03", "331.03万元", "n331.03"},
		{"第十二条", "第12条", "n12"},
		{"第一百二十三条", "第123条", "n123"},
		{"２０２６年９月３０日", "2026-09-30", "d2026-09-30"},
		{"2025年3月", "2025-03", "d2025-03"},
		{"2025.3.1", "2025/03/01", "d2025-03-01"},
		{"20250301", "2025年3月1日", "d2025-03-01"},
		{"二〇二五年三月三十一日", "2025年3月31日", "d2025-03-31"},
		{"二○二五年十二月", "2025年12月", "d2025-12"},
		{"民國 113 年 6 月 30 日", "2024年6月30日", "d2024-06-30"},
		{"民国一百一十三年", "2024年", "d2024"},
		{"2024年度", "2024年", "d2024"},
		{"2024-12-31T08:00", "2024年12月31日", "d2024-12-31"},
		{"12.50%", "百分之十二点五", "p12.5"},
		{"万分之五", "0.05％", "p0.05"},
		{"0.5‰", "万分之五", "p0.05"},
		{"应收账款", "應收帳款", "账款"},
		{"合  计", "合计", "合计"},
		{"持股比\n例", "持股比例", "比例"},
		{"合同YF-2026-04", "yf-2026-04", "yf-2026-04"},
		{"ＹＦ－２０２６", "yf", "yf"},
	} {
		for _, s := range []string{c.text, c.asked} {
			if got := Tokens(s); !slices.Contains(got, c.by) {
				t.Errorf("%s: no %s in %q", s, c.by, got)
			}
		}
	}
}

func TestWhatIsNoNumberOrDate(t *testing.T) {
	for text, not := range map[string]string{
		"113年":       "d2024",
		"2025-13":    "d2025-13",
		"2025年13月":   "d2025-13",
		"1.2.3":      "n3",
		"一般":         "n1",
		"千万不要":       "n10000000",
		"万一":         "n1",
		"12,34":      "n1234",
		"d2025":      "d2025",
		"5,420":      "r5420",
		"合计。金额":      "计金",
		"1,234,5678": "n12345678",
	} {
		if got := Tokens(text); slices.Contains(got, not) {
			t.Errorf("%s: %s in %q", text, not, got)
		}
	}
}

func TestTokensInOrder(t *testing.T) {
	got := Tokens("应收账款 价，Net 5")
	if want := []string{"应收", "收账", "账款", "款价", "net", "n5"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := Tokens("价"); !slices.Equal(got, []string{"价"}) {
		t.Errorf("got %q", got)
	}
}
