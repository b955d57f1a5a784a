package ocr

import (
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

// column makes a region of each text below the other, with readings that all say it; "a|b" has a second reading.
func column(x float64, texts ...string) []*region {
	var out []*region
	for i, s := range texts {
		r := &region{box: dossier.Box{X0: x - 100, X1: x, Y0: float64(40 * i), Y1: float64(40*i + 20)}}
		first, second := s, s
		for k, c := range s {
			if c == '|' {
				first, second = s[:k], s[k+1:]
			}
		}
		r.alone = [][]char{evenly(first, r.box, 0.9), evenly(first, r.box, 0.9), evenly(second, r.box, 0.7)}
		r.elect(20)
		out = append(out, r)
	}
	return out
}

func TestSumsSettleNumbers(t *testing.T) {
	rs := column(200, "1,200.50", "3,400.25|8,400.25", "900.00", "5,500.75|10,500.75", "2,000.00", "7,500.75")
	prove(rs, 20)
	for i, r := range rs {
		if r.proof != proofSum || r.doubt {
			t.Errorf("%d %s: proof %q doubt %v", i, r.text(), r.proof, r.doubt)
		}
	}
	rs = column(200, "1,200.50", "8,400.25|3,400.25", "900.00", "5,500.75") // the elected reading does not add up
	prove(rs, 20)
	if rs[1].text() != "3,400.25" || rs[1].proof != proofSum {
		t.Errorf("%s %s", rs[1].text(), rs[1].proof)
	}
	rs = column(200, "1,200.50", "8,400.25", "900.00", "5,500.75") // nobody read what would add up: it stays, in doubt
	prove(rs, 20)
	for _, r := range rs {
		if r.proof != "" || !r.doubt {
			t.Errorf("%s: proof %q doubt %v", r.text(), r.proof, r.doubt)
		}
	}
}

func TestBalancesRunOn(t *testing.T) {
	amounts := column(200, "1,000.00", "250.00|260.00", "40.00", "3,000.00", "780.00")
	balances := column(400, "5,000.00", "4,740.00", "4,780.00", "7,780.00", "7,000.00")
	prove(append(amounts, balances...), 20)
	if s := amounts[1]; s.text() != "260.00" || s.proof != proofBalance {
		t.Errorf("%s %q", s.text(), s.proof)
	}
	for _, r := range balances {
		if r.proof != proofBalance {
			t.Errorf("%s %q", r.text(), r.proof)
		}
	}
}

func TestCapitalsAndCodes(t *testing.T) {
	rs := append(column(200, "1,850,000.00|1,350,000.00"), column(500, "壹佰捌抬伍万元整")...)
	prove(rs, 20)
	if rs[0].proof != proofCapital || rs[1].text() != "壹佰捌拾伍万元整" {
		t.Errorf("%s %q %s", rs[0].text(), rs[0].proof, rs[1].text())
	}
	rs = column(500, "佰万元整", "壹什万元整", "查什起佰万元整", "经营范围以许可为准")
	prove(rs, 20)
	for i, want := range []bool{true, true, true, false} {
		if rs[i].doubt != want {
			t.Errorf("%s: doubt %v", rs[i].text(), rs[i].doubt)
		}
	}
	rs = column(200, "代码91350100M000100Y43", "9I35O1OOMOOO1OOY43", "91350100M000100Y44", "91350700M000100Y43|91350100M000100Y43")
	prove(rs, 20)
	for i, want := range []struct {
		text  string
		proof bool
	}{{"代码91350100M000100Y43", true}, {"91350100M000100Y43", true}, {"91350100M000100Y44", false}, {"91350100M000100Y43", true}} {
		if rs[i].text() != want.text || (rs[i].proof == proofCheck) != want.proof || rs[i].doubt == want.proof {
			t.Errorf("%d: %s %q doubt %v", i, rs[i].text(), rs[i].proof, rs[i].doubt)
		}
	}
}

func TestParseAmount(t *testing.T) {
	for s, want := range map[string]string{"1115,803.08": "1,115,803.08", "1.115.803.08": "1,115,803.08", "-49,001.20": "-49,001.20",
		"（1,234.00）": "-1,234.00", "￥300": "300", "12,34": "12.34"} {
		if a, ok := parseAmount(s); !ok || a.text != want {
			t.Errorf("%s: %+v %v", s, a, ok)
		}
	}
	for _, s := range []string{"", "-", "1,,2", "12a", "1,2345.00", "12345678901234567"} {
		if a, ok := parseAmount(s); ok {
			t.Errorf("%s: %+v", s, a)
		}
	}
	if v, _, ok := capitalAmount("人民币贰仟捌佰万零叁元伍角整"); !ok || v != 2800000350 {
		t.Errorf("%d %v", v, ok)
	}
}

// Where single readings err at different places the vote errs at none.
func TestVote(t *testing.T) {
	b := dossier.Box{X1: 120, Y1: 20}
	var v ballot
	for _, s := range []string{"湖川青禾包装", "湖州青木包装", "湖州青禾句装", "湖州禾包装"} {
		v.add(evenly(s, b, 0.7), 20)
	}
	var got string
	doubts := 0
	for _, e := range v.result() {
		got += string(e.r)
		if e.doubtful() {
			doubts++
		}
	}
	if got != "湖州青禾包装" || doubts != 0 {
		t.Errorf("%s, %d doubts", got, doubts)
	}
}
