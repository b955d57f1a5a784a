package layout

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// Figures maps the report's figures by id.
func Figures(r *report.Report) map[string]report.FigureJSON {
	m := make(map[string]report.FigureJSON, len(r.Figures))
	for _, f := range r.Figures {
		m[f.ID] = f
	}
	return m
}

// Leaves returns the read figures under ids, each once; loops and unknown ids are passed over.
func Leaves(figs map[string]report.FigureJSON, ids []string) []report.FigureJSON {
	seen := map[string]bool{}
	var out []report.FigureJSON
	var walk func([]string)
	walk = func(ids []string) {
		for _, id := range ids {
			f, ok := figs[id]
			if !ok || seen[id] {
				continue
			}
			seen[id] = true
			if f.Source != nil {
				out = append(out, f)
				continue
			}
			walk(f.Operands)
		}
	}
	walk(ids)
	return out
}

// Formula is a computed figure spelled out for a reader.
type Formula struct {
	ID       string
	Name     string
	Period   string
	Value    string
	Formula  string // 资产负债率 = 负债合计 ÷ 资产总计, in Chinese names
	Operands string // 负债合计4,010.20万元；…, with the period where it is another
}

var ident = regexp.MustCompile(`[A-Za-z_][A-Za-z0-9_.]*`)

// Spell spells out one figure.
func Spell(figs map[string]report.FigureJSON, f report.FigureJSON) Formula {
	names := map[string]string{}
	var ops []string
	for _, id := range f.Operands {
		if o, ok := figs[id]; ok {
			if _, had := names[o.Indicator]; !had {
				names[o.Indicator] = name(o)
			}
			names[o.ID] = name(o)
			when := "" // said only where it is not the result's own
			if o.Period != f.Period {
				when = "（" + PeriodZH(o.Period) + "）"
			}
			ops = append(ops, name(o)+when+Value(o))
		}
	}
	text := ident.ReplaceAllStringFunc(f.Formula, func(s string) string {
		if n, ok := names[s]; ok {
			return n
		}
		return s
	})
	text = strings.NewReplacer(" / ", " ÷ ", " * ", " × ", "avg(", "平均(", "prior(", "上年同期(", "open(", "期初(").Replace(text)
	return Formula{ID: f.ID, Name: name(f), Period: PeriodZH(f.Period), Value: Value(f), Formula: text, Operands: strings.Join(ops, "；")}
}

func name(f report.FigureJSON) string {
	if f.Name != "" {
		return f.Name
	}
	return f.Indicator
}

// Formulas spells out every computed figure that a claim of the report shows, in order of first use.
func Formulas(r *report.Report) []Formula {
	figs := Figures(r)
	seen := map[string]bool{}
	var out []Formula
	EachClaim(r, func(c *report.Claim) {
		for _, id := range c.Figures {
			if f, ok := figs[id]; ok && !seen[id] && f.Formula != "" {
				seen[id] = true
				out = append(out, Spell(figs, f))
			}
		}
	})
	return out
}

// Value prints a figure for people: money in 万元 with two decimals, a ratio in percent, anything else as it is.
func Value(f report.FigureJSON) string {
	d, err := decimal.NewFromString(f.Value)
	if err != nil {
		return f.Value
	}
	switch u := dossier.Unit(f.Unit); {
	case u.Money():
		return dossier.Group(d.Div(dossier.D("10000")).StringFixed(2)) + "万元" // held in 元
	case u == dossier.Ratio:
		return d.Mul(dossier.D("100")).StringFixed(2) + "%"
	case u == dossier.Times:
		return d.StringFixed(2)
	case u == dossier.DaysUnit:
		return d.StringFixed(1) + "天"
	case u == dossier.Count:
		return d.String()
	default:
		return dossier.Group(d.String()) + f.Unit
	}
}

var numeric = regexp.MustCompile(`^[-+−(（]?[\d,]+(?:\.\d+)?[)）]?(?:%|‰|倍|天|万元|元)?$|^[—–-]+$`)

// Numeric tells whether a table cell is a number, which is set flush right.
func Numeric(s string) bool { return numeric.MatchString(strings.TrimSpace(s)) }

// PeriodZH prints a figure's period for people: 2025年末, 2026年1-8月; what is no period comes back as it is.
func PeriodZH(s string) string {
	from, to, span := strings.Cut(s, "/")
	end, err := dossier.ParseDate(from)
	if err != nil {
		return s
	}
	if !span {
		return dossier.At(end).Chinese()
	}
	start := end
	if end, err = dossier.ParseDate(to); err != nil {
		return s
	}
	months := (end.Year-start.Year)*12 + int(end.Month) - int(start.Month) + 1
	if p := dossier.Span(end, months); p.String() == s {
		return p.Chinese()
	}
	return start.Chinese() + "至" + end.Chinese()
}

// Amount prints a chart's value: 元 in 万元, a ratio in percent, any other unit as it stands.
func Amount(v dossier.Decimal, unit string) string {
	if u := dossier.Unit(unit); u.Money() && u != dossier.Yuan {
		return dossier.Group(v.StringFixed(2)) + unit
	}
	return Value(report.FigureJSON{Value: v.String(), Unit: unit})
}
