package validators

import (
	"fmt"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/documents/ident"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// Ident wants an identifier's check digit to hold. A mismatch on a scan is usually a misreading, so it is said as
// one: the candidate that would hold is named, and nothing is called forged on a checksum alone.
type Ident struct {
	Types []string `yaml:"types"` // empty: all documents
	Field string   `yaml:"field"`
	As    string   `yaml:"as"` // uscc, id_card, zhongzheng, org_code
}

func (k *Ident) validate() error {
	if _, ok := identChecks[k.As]; !ok {
		return fmt.Errorf("as: unknown %q", k.As)
	}
	return need(k.Field != "", "field")
}

func (k *Ident) check(in *Input, _ *Rule) []outcome {
	docs := in.Dossier.Documents
	if len(k.Types) > 0 {
		docs = in.Dossier.Valid(k.Types...)
	}
	var out []outcome
	for _, d := range docs {
		f, ok := d.Field(k.Field)
		if !ok || strings.Contains(f.Value, "*") || !d.Current() {
			continue
		}
		v := base(in, d)
		v["value"], v["candidate"] = mask(k.As, f.Value), ""
		o := outcome{docs: files(d), vars: v, evidence: []report.Citation{hit{d, f}.cite()}}
		res, candidate := identChecks[k.As](f.Value)
		if res != ident.OK {
			o.result = report.Fail
			if candidate != "" {
				v["candidate"] = "；若为误读，可能是 " + mask(k.As, candidate)
			}
			if d.Scan { // a reading, not yet a fact
				o.severity = report.Info
			}
		}
		out = append(out, o)
	}
	return out
}

func mask(kind, value string) string {
	if kind == "id_card" && len(value) > 10 {
		return value[:6] + strings.Repeat("*", len(value)-10) + value[len(value)-4:]
	}
	return value
}

// Limit wants a figure to stand on the right side of a limit: a constant, an amount of the application, a bank
// rule, or another figure.
type Limit struct {
	Figure string `yaml:"figure"`
	When   string `yaml:"when"` // latest_year, prior_year, latest, same_last_year
	Op     string `yaml:"op"`   // what must hold: <=, >=
	Value  string `yaml:"value"`
	App    string `yaml:"app"` // amount_cny
	Than   string `yaml:"than"`
	ThanAt string `yaml:"than_at"`
	Ratio  string `yaml:"ratio"` // relative tolerance around Than: |a−b| <= ratio × b
}

func (k *Limit) validate() error {
	return need(k.Figure != "" && (k.Value != "" || k.App != "" || k.Than != ""), "figure and value, app or than")
}

func (k *Limit) check(in *Input, _ *Rule) []outcome {
	a, ok := in.Figure(k.Figure, k.When)
	if !ok {
		return nil // what it needs is said by the requirement list and by the report's gaps
	}
	v := base(in, nil)
	v["value"], v["period"], v["name"] = showFigure(a), a.Period.Chinese(), a.Name
	o := outcome{vars: v}
	addFigure(in, &o, a)
	var b dossier.Decimal
	switch {
	case k.App == "amount_cny":
		b = in.Dossier.Application.AmountCNY
		v["limit"] = wan(b)
		for _, d := range in.Dossier.Valid("loan_application") {
			if f, ok := d.Field("amount_cny"); ok {
				o.docs = append(o.docs, d.File)
				o.evidence = append(o.evidence, hit{d, f}.cite())
			}
		}
	case k.Than != "":
		other, ok := in.Figure(k.Than, k.ThanAt)
		if !ok {
			return nil
		}
		b = other.Value
		v["limit"], v["than"] = showFigure(other), other.Name
		addFigure(in, &o, other)
	default:
		b = dossier.D(k.Value)
		v["limit"] = k.Value
	}
	diff := a.Value.Sub(b)
	v["diff"] = showValue(diff.Abs(), a.Unit)
	if !b.IsZero() {
		v["diff_pct"] = diff.Abs().Div(b.Abs()).Mul(dossier.D("100")).StringFixed(1) + "%"
	}
	o.arithmetic = fmt.Sprintf("%s %s，对照 %s，相差 %s", a.Name, v["value"], v["limit"], v["diff"])
	if a.Formula != "" && in.Explain != nil {
		o.arithmetic = in.Explain(a) + "；" + o.arithmetic
	}
	holds := k.Op == "" || compare(a.Value, k.Op, b)
	if k.Ratio != "" {
		holds = diff.Abs().LessThanOrEqual(b.Abs().Mul(dossier.D(k.Ratio)))
	}
	if !holds {
		o.result = report.Fail
	}
	o.docs = unique(o.docs)
	return []outcome{o}
}

// Change wants a figure's move between two periods to stay within a share.
type Change struct {
	Figure string `yaml:"figure"`
	From   string `yaml:"from"`
	To     string `yaml:"to"`
	Over   string `yaml:"over"`  // share; growth above it fails
	Under  string `yaml:"under"` // share; a fall below −Under fails
}

func (k *Change) validate() error {
	return need(k.Figure != "" && k.From != "" && k.To != "" && (k.Over != "" || k.Under != ""), "figure, from, to and over or under")
}

func (k *Change) check(in *Input, _ *Rule) []outcome {
	a, ok1 := in.Figure(k.Figure, k.From)
	b, ok2 := in.Figure(k.Figure, k.To)
	if !ok1 || !ok2 || !a.Value.IsPositive() || a.Period == b.Period {
		return nil
	}
	if a.Period.Months > 0 && b.Period.Months > 0 && a.Period.Months != b.Period.Months {
		return nil // flows of unequal spans are not compared
	}
	move := b.Value.Sub(a.Value).Div(a.Value)
	v := base(in, nil)
	v["name"], v["from"], v["to"] = b.Name, showFigure(a), showFigure(b)
	v["from_period"], v["to_period"] = a.Period.Chinese(), b.Period.Chinese()
	v["move"] = move.Abs().Mul(dossier.D("100")).StringFixed(1) + "%"
	o := outcome{vars: v, arithmetic: fmt.Sprintf("(%s − %s) ÷ %s = %s%%", b.Value, a.Value, a.Value, move.Mul(dossier.D("100")).StringFixed(2))}
	addFigure(in, &o, b)
	addFigure(in, &o, a)
	if k.Over != "" && move.GreaterThan(dossier.D(k.Over)) || k.Under != "" && move.LessThan(dossier.D(k.Under).Neg()) {
		o.result = report.Fail
	}
	o.docs = unique(o.docs)
	return []outcome{o}
}

// addFigure cites a figure's source, or its operands' sources when it is computed.
func addFigure(in *Input, o *outcome, f dossier.Figure) {
	all := sources(in, f, 0)
	if in.Same != nil {
		for _, other := range in.Same(f) { // papers that say the same
			if other.Source != nil {
				all = append(all, *other.Source)
			}
		}
	}
	for _, s := range all {
		o.docs = append(o.docs, s.File)
		o.evidence = append(o.evidence, report.Cite(s.Place))
	}
}

func sources(in *Input, f dossier.Figure, depth int) []dossier.Source {
	if f.Source != nil {
		return []dossier.Source{*f.Source}
	}
	if depth > 6 || in.ByID == nil {
		return nil
	}
	var out []dossier.Source
	for _, id := range f.Operands {
		if op, ok := in.ByID(id); ok {
			out = append(out, sources(in, op, depth+1)...)
		}
	}
	return out
}

func showFigure(f dossier.Figure) string { return showValue(f.Value, f.Unit) }

func showValue(d dossier.Decimal, u dossier.Unit) string {
	switch {
	case u.Money():
		return wan(d)
	case u == dossier.Ratio:
		return d.Mul(dossier.D("100")).StringFixed(2) + "%"
	case u == dossier.Times:
		return d.StringFixed(2)
	case u == dossier.DaysUnit:
		return d.StringFixed(0) + "天"
	}
	return d.String() + string(u)
}

func sortedKeys[V interface{}](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
