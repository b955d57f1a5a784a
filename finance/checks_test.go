package finance

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func field(kind dossier.FieldKind, v string) dossier.Field {
	return dossier.Field{Kind: kind, Value: v, Raw: v, At: dossier.Place{Page: 1, Quote: v}}
}

func paper(typ string, fields ...string) *dossier.Document {
	d := &dossier.Document{File: typ + ".pdf", Type: typ, Fields: map[string]dossier.Field{}}
	for i := 0; i+1 < len(fields); i += 2 {
		d.Fields[fields[i]] = field(dossier.KindText, fields[i+1])
	}
	return d
}

func TestUtility(t *testing.T) {
	bills := func(kwh ...string) *dossier.Document {
		d := paper("utility_bills")
		f := dossier.Field{Kind: dossier.KindRows}
		for i, k := range kwh {
			f.Rows = append(f.Rows, dossier.Row{At: dossier.Place{Cell: "B" + k}, Cells: map[string]dossier.Field{
				"month": field(dossier.KindPeriod, dossier.NewDate(2026, i+1, 1).String()[:7]), "kwh": field(dossier.KindNumber, k)}})
		}
		d.Fields["rows"] = f
		return d
	}
	s := NewSet("甲")
	is := s.CheckUtility([]*dossier.Document{bills("100", "90", "110", "105", "95")}, zero)
	if len(is) != 1 || !strings.Contains(is[0].Message, "下降13.6%") {
		t.Errorf("%+v", is)
	}
	if is := NewSet("乙").CheckUtility([]*dossier.Document{bills("100", "50", "100", "104", "100")}, zero); len(is) != 0 {
		t.Errorf("a dip that is over was reported: %s", is[0].Message)
	}
	if f, ok := s.Get("utility_kwh", dossier.Span(dossier.NewDate(2026, 5, 31), 1)); !ok || f.Value.String() != "95" {
		t.Errorf("%+v", f)
	}
}

func TestCollateral(t *testing.T) {
	c := Collateral(dossier.D("12443400"), dossier.D("4800000"), dossier.D("5000000"), dossier.D("0.6"))
	if c.Net.String() != "7643400" || c.MaxLoan.String() != "4586040" || c.Enough || c.Issue == nil || c.LTV.String() != "0.6542" {
		t.Errorf("%+v", c)
	}
	if c := Collateral(dossier.D("10"), dossier.D("20"), dossier.D("1"), zero); !c.Net.IsZero() || c.LTV != nil || c.Enough {
		t.Errorf("claims above the value: %+v", c)
	}
	s := NewSet("甲")
	v := s.add(yuan("collateral_value", "1000", Closing(year(2025))))
	got := s.CoverOf(v, nil, dossier.D("500"), dossier.D("0.6"))
	if !got.Enough || len(got.Figures) != 4 || s.Explain(got.Figures[1]) != "按抵押率上限可支持的贷款 = 押品可担保余值 1,000.00 × 0.6 = 600.00（押品可担保余值系计算）" {
		t.Errorf("%+v %s", got, s.Explain(got.Figures[1]))
	}
}

func TestCovenants(t *testing.T) {
	cs := ParseCovenants("财务约束条款：资产负债率不高于65%；流动比率不低于1.10；主营收入在贷款人处结算比例不低于50%；新增对外担保须事先书面同意。")
	if len(cs) != 3 || cs[0].Indicator != "debt_ratio" || !cs[0].Most || cs[1].Most || cs[2].Indicator != "settlement_share" || cs[2].Limit.String() != "0.5" {
		t.Fatalf("%+v", cs)
	}
	p := dossier.Span(dossier.NewDate(2026, 8, 31), 8)
	s := NewSet("甲", yuan("total_assets", "100", Closing(p)), yuan("total_liabilities", "70", Closing(p)), yuan("total_current_assets", "12", Closing(p)),
		yuan("total_current_liabilities", "10", Closing(p)), yuan("cf_sales", "80", p), yuan("revenue", "70", p))
	r := s.add(yuan("flow_customer_receipts", "42", dossier.Span(p.End, 6)))
	share, ok := s.SettlementShare(r, zero)
	if !ok || share.Value.String() != "0.7" {
		t.Errorf("%s", s.Explain(share))
	}
	res := s.CheckCovenants(cs, p, &share)
	if res[0].Met || !res[1].Met || !res[2].Met || !strings.Contains(res[0].Why, "不符合") {
		t.Errorf("%+v", res)
	}
}
