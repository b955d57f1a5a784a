package extract

import (
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func TestMoney(t *testing.T) {
	for _, c := range []struct {
		in, unit, want string
		agree          bool
	}{
		{"1,244.34 万元", "", "12443400", true}, {"480.00万元", "", "4800000", true}, {"￥3,328,000.00", "", "3328000", true},
		{"人民币叁佰叁拾贰万捌仟元整", "", "3328000", true}, {"1000万人民币", "", "10000000", true}, {"壹佰万元整", "", "1000000", true},
		{"600.00", "万元", "6000000", true}, {"(1,234.50)", "", "-1234.5", true}, {"壹亿零五万元", "", "100050000", true},
		{"人民币肆佰万元整（￥4,000,000.00）", "", "4000000", true}, {"人民币肆佰万元整（￥4,100,000.00）", "", "4100000", false},
		{"1,850,000.00", "", "1850000", true}, {"72.000.00", "", "72000", true}, {"人民币500万元（大写：伍佰万元整）", "", "5000000", true},
		{"贰拾伍元叁角", "", "25.3", true}, {"3.5亿元", "", "350000000", true},
	} {
		v, agree, ok := Money(c.in, c.unit)
		if !ok || !v.Equal(dossier.D(c.want)) || agree != c.agree {
			t.Errorf("%s: %s agree=%v ok=%v, want %s %v", c.in, v, agree, ok, c.want, c.agree)
		}
	}
	for _, in := range []string{"", "无", "——"} {
		if v, _, ok := Money(in, ""); ok {
			t.Errorf("%q read as %s", in, v)
		}
	}
}

func TestDatesAndPeriods(t *testing.T) {
	for in, want := range map[string]string{
		"2026年9月10日": "2026-09-10", "2026.07.20": "2026-07-20", "20260912": "2026-09-12", "2026-12-3 10:00": "2026-12-03",
		"二〇二六年三月十八日": "2026-03-18", "长期": "长期", "2021.04.08-长期": "2021-04-08", "二〇二五年十二月三十一日": "2025-12-31",
	} {
		if got, _ := dateValue(in); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
	if got, ok := dateValue("2026年2月31日"); ok {
		t.Errorf("31 February read as %s", got)
	}
	for in, want := range map[string]string{
		"自2025年12月1日至2025年12月31日": "2025-12", "2025年10月1日至2025年12月31日": "2025Q4", "202512": "2025-12", "2026年8月": "2026-08",
		"2025年01月01日至2025年12月31日": "2025", "2026年1-8月": "2026-08", "2025年第四季度": "2025Q4", "2025年度": "2025",
		"2026-03-18至2026-09-30": "2026-03-18/2026-09-30",
	} {
		if got, _ := Period(in); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

func TestPercent(t *testing.T) {
	for in, want := range map[string]string{"45%": "0.45", "4.05 %": "0.0405", "三分之二以上": "0.6667", "代表二分之一以上": "0.5", "过半数": "0.5", "25": "0.25"} {
		if got, _ := Percent(in); !got.Equal(dossier.D(want)) {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func TestCanonicalNumbers(t *testing.T) {
	if v, c, ok := canonical(dossier.KindUSCC, "9I350100M000100Y43", ""); v != "91350100M000100Y43" || c >= 1 || !ok {
		t.Errorf("%s %v %v", v, c, ok)
	}
	if v, _, _ := canonical(dossier.KindArea, "宗地面积4.866.00mr", ""); v != "4866" {
		t.Error(v)
	}
}
