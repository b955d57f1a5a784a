package finance

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance/repay"
)

// StatedCheck compares a result that the study states with the one that its own table gives.
type StatedCheck struct {
	Name     string
	Stated   dossier.Figure
	Computed dossier.Figure
	Same     bool
	Basis    string // the tolerance, in Chinese
}

var (
	benchmarkRE = regexp.MustCompile(`(?:基准收益率|基准折现率|折现率)[^\d%。；;]{0,12}(\d{1,2}(?:\.\d{1,4})?)%`)
	irrRE       = regexp.MustCompile(`([^。；;，,\n]{0,16})(?:内部收益率|FIRR|IRR)([^\d%。；;]{0,16})(\d{1,3}(?:\.\d{1,4})?)%`)
	paybackRE   = regexp.MustCompile(`([^。；;，,\n]{0,12})投资回收期([^\d。；;]{0,16})(\d{1,2}(?:\.\d{1,3})?)年`)
)

// stated is a number found in a study's text.
type stated struct {
	label string
	value dossier.Decimal
	unit  dossier.Unit
	place dossier.Place
	print string
}

func (s stated) figure(doc *dossier.Document, id, entity string, at dossier.Period) dossier.Figure {
	s.place.File = doc.File
	return dossier.Figure{Indicator: id, Name: NameOf(strings.TrimSuffix(id, "_stated")), Entity: entity, Period: at, Value: s.value, Unit: s.unit, Basis: dossier.BasisUnaudited,
		Source: &dossier.Source{Place: s.place, Printed: s.print, Unit: s.unit}}
}

// maxStated bounds what is taken of one document.
const maxStated = 20

// allStated finds every number that re's last group captures, page by page.
func allStated(doc *dossier.Document, re *regexp.Regexp, u dossier.Unit) []stated {
	var out []stated
	for _, p := range doc.Pages {
		text := p.Text
		if len(text) > 200_000 {
			text = text[:200_000]
		}
		for _, line := range strings.Split(text, "\n") {
			for _, m := range re.FindAllStringSubmatch(squeeze(line), 4) {
				v, err := parseDecimal(m[len(m)-1])
				if err != nil || len(out) >= maxStated {
					continue
				}
				if u == dossier.Ratio {
					v = v.Shift(-2)
				}
				out = append(out, stated{label: strings.Join(m[1:len(m)-1], ""), value: v, unit: u, print: m[len(m)-1],
					place: dossier.Place{File: doc.File, Page: p.Number, Quote: clip(m[0], 60)}})
			}
		}
	}
	return out
}

func findStated(doc *dossier.Document, re *regexp.Regexp) (stated, bool) {
	if all := allStated(doc, re, dossier.Ratio); len(all) > 0 {
		return all[0], true
	}
	return stated{}, false
}

// statedResults compares what the study states with what its table gives. A rate counts as the same when it fits the
// one before or after tax; those on capital are another measure and are left out.
func (st *Study) statedResults(doc *dossier.Document, ps *ProjectStudy, at dossier.Period) {
	r := ps.Result
	_, _, tol, _ := repay.ProjectDefaults()
	check := func(s stated, id string, tol dossier.Decimal, basis string, fits ...repay.Value) {
		if strings.Contains(s.label, "资本金") || strings.Contains(s.label, "基准") || strings.Contains(s.label, "行业") || strings.Contains(s.label, "动态") {
			return
		}
		var computed *dossier.Figure
		for _, n := range ps.Results {
			if n.ID == id {
				computed = n.Figure
			}
		}
		if computed == nil {
			return
		}
		c := StatedCheck{Name: NameOf(id), Stated: st.Set.add(s.figure(doc, id+"_stated", st.Set.Entity, at)), Computed: *computed, Basis: basis}
		for _, f := range fits {
			c.Same = c.Same || f.V != nil && f.V.Sub(s.value).Abs().LessThanOrEqual(tol)
		}
		ps.Stated = append(ps.Stated, c)
	}
	for _, s := range allStated(doc, irrRE, dossier.Ratio) {
		check(s, "project_irr", tol, "相差不超过"+percent(tol)+"（行内配置）", r.IRR, r.IRRPre)
	}
	for _, s := range allStated(doc, paybackRE, dossier.Times) {
		built := repay.Value{}
		if r.Payback.V != nil { // some studies count from the start of work
			v := r.Payback.V.Sub(intD(r.Construction))
			built.V = &v
		}
		check(s, "project_payback", dossier.D("0.5"), "相差不超过半年", r.Payback, built)
	}
}

// projectIssues reports tables that contradict themselves and stated results that do not follow.
func (st *Study) projectIssues(doc *dossier.Document, ps *ProjectStudy) {
	base := Issue{Entity: st.Set.Entity, Docs: []string{doc.File}, Doubtful: doc.Scan}
	for _, d := range ps.Sheet.Doubts {
		if strings.HasPrefix(d, "表中未注明") {
			continue
		}
		is := base
		is.Kind, is.Message, is.Name = KindProjectTable, "项目现金流量表："+d, "项目现金流量表"
		st.Issues = append(st.Issues, is)
		if len(st.Issues) > 10_000 {
			return
		}
	}
	for _, c := range ps.Stated {
		if c.Same {
			continue
		}
		is := base
		is.Kind, is.Indicator, is.Name, is.Period = KindProjectRate, c.Computed.Indicator, c.Name, c.Computed.Period
		is.Expected, is.Actual, is.Diff = c.Computed.Value, c.Stated.Value, c.Stated.Value.Sub(c.Computed.Value)
		is.Figures, is.Places = []dossier.Figure{c.Stated, c.Computed}, []dossier.Place{c.Stated.Source.Place}
		is.Arithmetic = st.Set.Explain(c.Computed)
		is.Message = fmt.Sprintf("材料称%s为%s，按其现金流量表复算为%s，%s", strings.TrimSuffix(c.Name, "（所得税后）"), FormatValue(c.Stated), FormatValue(c.Computed), c.Basis)
		st.Issues = append(st.Issues, is)
	}
}
