package extract

import (
	"testing"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/dossier"
)

// A zero that OCR saw twice is one, and no date is of the year 22.
func TestHanYear(t *testing.T) {
	for in, want := range map[string]string{"二O〇二二年十月二十八日": "2022-10-28", "二〇〇二年十月八日": "2002-10-08", "二○二六年四月一日": "2026-04-01", "〇〇二二年十月八日": "0000-00-00"} {
		if d, ok := FindDate(in); ok != (want != "0000-00-00") || ok && d.String() != want {
			t.Errorf("%s: %v %v", in, d, ok)
		}
	}
}

// An amount in capital numerals without its head is none; what OCR reads beside numerals is a numeral.
func TestTornCapitals(t *testing.T) {
	for in, want := range map[string]string{"借款金额(大写):或仟陆佰万圆整": "", "注册资本参什伍佰万元整": "35000000", "人民币贰什万元整": "20000000", "(大写)壹拾万元": "100000"} {
		if v, _, ok := Money(plain.Mend(in), ""); ok != (want != "") || ok && v.String() != want {
			t.Errorf("%s: %v %v, want %q", in, v, ok, want)
		}
	}
	if s := plain.Mend("2029年1]月]1日至3月3]1日，12月]日"); s != "2029年11月11日至3月31日，12月1日" {
		t.Error(s)
	}
	if !plain.GhostDate.MatchString("2029年6月1]日") || plain.GhostDate.MatchString("2029年6月3]1日") || plain.GhostDate.MatchString("2029年6月11日") {
		t.Error("which days are unsure")
	}
}

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
		if got, _ := dateValue(in); got.value != want {
			t.Errorf("%s: %q, want %q", in, got.value, want)
		}
	}
	if got, ok := dateValue("2026年2月31日"); ok {
		t.Errorf("31 February read as %s", got.value)
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
	if v, ok := canonical(dossier.KindUSCC, "9I350100M000100Y43", ""); v.value != "91350100M000100Y43" || v.conf >= 1 || !ok || v.doubt == "" {
		t.Errorf("%+v %v", v, ok)
	}
	for _, c := range []struct {
		kind     dossier.FieldKind
		in, want string
		doubt    bool
	}{
		{dossier.KindArea, "宗地面积4.866.00mr", "4866", false}, {dossier.KindArea, "15亩", "10000", false}, {dossier.KindArea, "1.5公顷", "15000", false},
		{dossier.KindArea, "建筑面积2,000平方米", "2000", false},
		{dossier.KindUSCC, "91110000101623741X", "91110000101623741X", true}, {dossier.KindUSCC, "9111000010162374", "", false},
		{dossier.KindIDCard, "身份证号 11010519491231002X", "11010519491231002X", false}, {dossier.KindIDCard, "110105491231002", "110105491231002", true},
		{dossier.KindIDCard, "110105********002X", "110105********002X", false}, {dossier.KindIDCard, "110105194912310031", "110105194912310031", true},
		{dossier.KindBankCard, "6222 0212 3456 7890 128", "6222021234567890128", false}, {dossier.KindBankCard, "6222333333333333332", "6222333333333333332", true},
		{dossier.KindVIN, "LSVAA49J132047371", "LSVAA49J132047371", false}, {dossier.KindPlate, "浙B·12345", "浙B12345", false}, {dossier.KindPlate, "浙B12345", "浙B12345", false},
		{dossier.KindPlate, "浙BD12345", "浙BD12345", false}, {dossier.KindPlate, "某B12345", "某B12345", true},
		{dossier.KindPerson, "苗一舟（签字）", "苗一舟", false}, {dossier.KindPerson, "苗一舟 11010519491231002X", "苗一舟", false}, {dossier.KindPerson, "欧阳一舟先生", "欧阳一舟", false},
		{dossier.KindOrg, "江城云栖食品有限公司（盖章）", "江城云栖食品有限公司", false}, {dossier.KindOrg, "江城云栖食品有限公司 91110000101623741K", "江城云栖食品有限公司", false},
		{dossier.KindOrg, "江城银行股份有限公司北区支行", "江城银行股份有限公司北区支行", false}, {dossier.KindOrg, "江城明信会计师事务所（普通合伙）", "江城明信会计师事务所（普通合伙）", false},
		{dossier.KindMoney, "人民币肆佰万元整（￥4,100,000.00）", "4100000", true}, {dossier.KindDate, "民国一百一十四年五月六日", "2025-05-06", true},
		{dossier.KindDate, "农历二〇二五年八月十五", "农历二〇二五年八月十五", true}, {dossier.KindDate, "二○二六年九月二十日", "2026-09-20", false},
		{dossier.KindDate, "2026/9/20", "2026-09-20", false}, {dossier.KindDate, "2026.9.20", "2026-09-20", false},
		{dossier.KindPercent, "百分之四点零五", "0.0405", false}, {dossier.KindPercent, "万分之五", "0.0005", false}, {dossier.KindPercent, "三分之二", "0.6667", false},
		{dossier.KindPercent, "百分之三十五", "0.35", false},
	} {
		v, ok := canonical(c.kind, c.in, "")
		v = v.printed(false) // embedded text keeps a wrong number
		if ok != (c.want != "") || ok && v.value != c.want || (v.doubt != "") != c.doubt {
			t.Errorf("%s %s: %+v %v, want %s, doubt %v", c.kind, c.in, v, ok, c.want, c.doubt)
		}
	}
}
