package finance

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// checkScopes is A16: a group is no smaller than its parent.
func (s *Set) checkScopes(c *Check) []CheckResult {
	var out []CheckResult
	for _, e := range s.Entities() {
		for _, id := range c.Lines {
			for _, p := range s.Periods(id, e) {
				var group, own *dossier.Figure
				for _, f := range s.Candidates(id, e, p) {
					if f.Scope == dossier.ScopeConsolidated && group == nil {
						group = &f
					} else if f.Scope == dossier.ScopeSingle && own == nil {
						own = &f
					}
				}
				if group == nil || own == nil || group.Source == nil || own.Source == nil {
					continue
				}
				r := c.result(e, "", p)
				r.Left, r.Right, r.Diff, r.Tolerance = group, own, group.Value.Sub(own.Value), decMax(ulp(*group), ulp(*own))
				r.Figures = []dossier.Figure{*group, *own}
				r.Arithmetic = fmt.Sprintf("%s：合并 %s － 母公司 %s = %s", own.Name, Money(group.Value), Money(own.Value), Money(r.Diff))
				r.Outcome, r.Why = CheckPass, fmt.Sprintf("%s合并%s元，母公司%s元", own.Name, Money(group.Value), Money(own.Value))
				if r.Diff.Neg().GreaterThan(r.Tolerance) {
					r.Outcome = c.Fails
					r.Why += "，合并数小于母公司数" + Money(r.Diff.Abs()) + "元；可能的解释：" + strings.Join(c.Explains, "、")
				}
				out = append(out, r)
			}
		}
	}
	sortResults(out)
	return out
}

// checkOnlyConsolidated is the other half of A16: minority items in a single company's statements.
func (s *Set) checkOnlyConsolidated(c *Check) []CheckResult {
	var out []CheckResult
	for _, f := range s.figs {
		if f.Source == nil || f.Scope != dossier.ScopeSingle || f.Value.IsZero() || !slices.Contains(c.Lines, f.Indicator) {
			continue
		}
		r := c.result(f.Entity, f.Scope, f.Period)
		r.Left, r.Diff, r.Outcome, r.Figures = &f, f.Value, c.Fails, []dossier.Figure{f}
		r.Arithmetic = s.Explain(f)
		r.Why = fmt.Sprintf("《%s》未标明合并口径，却列示%s%s元", f.Source.File, f.Name, Money(f.Value))
		out = append(out, r)
	}
	sortResults(out)
	return out
}

// checkCopies is A18: what the bank was given against what tax office and public read, year by year and line by line.
func (s *Set) checkCopies(c *Check, docs []*dossier.Document) []CheckResult {
	var out []CheckResult
	seen := map[string]bool{} // kinds of copies that are there, by year
	for _, pc := range c.Copies {
		for _, typ := range pc.Types {
			for _, d := range current(docs, typ) {
				if d.Party.Role != dossier.RoleBorrower && d.Party.Name != "" && !SameName(d.Party.Name, s.Entity) {
					continue
				}
				year, ok := copyYear(d, pc.Year)
				if !ok {
					continue
				}
				rs := s.copied(c, pc, d, year)
				seen[pc.Name+"|"+year.String()] = len(rs) > 0
				out = append(out, rs...)
			}
		}
	}
	if y, ok := s.LatestYear(""); ok {
		for _, pc := range c.Copies {
			if !seen[pc.Name+"|"+y.String()] {
				r := c.result(s.Entity, "", y)
				r.Outcome, r.Missing = CheckUntestable, []string{y.Chinese() + pc.Name}
				r.Why = missingText(r.Missing) + "（或其中没有可比的项目；公示年报的财务数据企业可选择不公示，须取得其同意后查询）"
				out = append(out, r)
			}
		}
	}
	sortResults(out)
	return out
}

// copied compares the lines of one copy.
func (s *Set) copied(c *Check, pc PaperCopy, d *dossier.Document, year dossier.Period) []CheckResult {
	var out []CheckResult
	keys := make([]string, 0, len(pc.Fields))
	for k := range pc.Fields {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		id, p := pc.Fields[k], year
		if StatementOf(id) == BalanceSheet {
			p = Closing(year)
		}
		copied, ok := FromField(d, k, id, s.Entity, p, dossier.Yuan)
		own, ok2 := s.Best(id, "", p)
		if !ok || !ok2 || own.Source == nil || own.Source.File == d.File || own.Scope != dossier.ScopeSingle {
			continue
		}
		r := c.result(s.Entity, own.Scope, p)
		copied.Name = pc.Name + "的" + own.Name
		r.Left, r.Right, r.Diff, r.Tolerance = &own, &copied, own.Value.Sub(copied.Value), decMax(ulp(own), printedUlp(copied)).Add(cent)
		r.Figures = []dossier.Figure{own, copied}
		r.Arithmetic = fmt.Sprintf("提交银行的%s %s（%s）－ %s %s（%s）= %s", own.Name, Money(own.Value), strings.TrimSpace(file(own)+placeText(own.Source.Place)),
			pc.Name, Money(copied.Value), strings.TrimSpace(d.File+placeText(copied.Source.Place)), Money(r.Diff))
		r.Outcome, r.Why = CheckPass, fmt.Sprintf("%s：与%s相同", own.Name, pc.Name)
		if r.Diff.Abs().GreaterThan(r.Tolerance) {
			r.Outcome = c.Fails
			r.Why = fmt.Sprintf("%s：提交银行的报表%s元，%s%s元，相差%s元", own.Name, Money(own.Value), pc.Name, Money(copied.Value), Money(r.Diff.Abs()))
			if u := unitGap(own, copied); u != "" {
				r.Why += "；" + u
			}
		}
		out = append(out, r)
	}
	return out
}

// printedUlp is one unit of the last printed place of a field that may be printed in 万元 (3,260.50万元).
func printedUlp(f dossier.Figure) dossier.Decimal {
	p := f.Source.Printed
	u := dossier.Yuan
	if i := strings.IndexFunc(p, func(r rune) bool { return r > 0x2000 }); i >= 0 {
		if n := unitNamed(strings.TrimSpace(p[i:])); n != "" {
			u = n
		}
		p = p[:i]
	}
	return decMax(u.Scale().Shift(int32(-decimals(strings.TrimSpace(p)))), cent)
}

// copyYear is the full year that a copy is about.
func copyYear(d *dossier.Document, keys []string) (dossier.Period, bool) {
	for _, k := range keys {
		f, ok := d.Field(k)
		if !ok {
			continue
		}
		if n := atoi(f.Value); len(f.Value) == 4 && n > 1990 && n < 2200 {
			return dossier.Span(dossier.NewDate(n, 12, 31), 12), true
		}
		if end, months, _, ok := readPeriod(f.Value); ok && end.Month == 12 && (months == 12 || months == 0) {
			return dossier.Span(dossier.NewDate(end.Year, 12, 31), 12), true
		}
	}
	return dossier.Period{}, false
}

// checkAudit is A19: the elements of each audit report.
func (s *Set) checkAudit(c *Check, docs []*dossier.Document) []CheckResult {
	var out []CheckResult
	for _, typ := range c.Audit.Types {
		for _, d := range current(docs, typ) {
			r := c.result(d.Party.Name, "", dossier.Period{})
			if r.Entity == "" {
				r.Entity = s.Entity
			}
			if year, ok := copyYear(d, []string{"year", "period_end"}); ok {
				r.Period = year
			}
			r.Docs, r.Doubtful = []string{d.File}, d.Scan
			s.audited(c, d, &r)
			out = append(out, r)
		}
	}
	if y, ok := s.LatestYear(""); ok && len(out) == 0 {
		r := c.result(s.Entity, "", y)
		r.Outcome, r.Missing = CheckUntestable, []string{"审计报告"}
		r.Why = missingText(r.Missing)
		out = append(out, r)
	}
	sortResults(out)
	return out
}

func (s *Set) audited(c *Check, d *dossier.Document, r *CheckResult) {
	var lacks, told, notes []string
	for _, a := range c.Audit.Fields {
		f, ok := d.Field(a.Key)
		switch {
		case ok && a.Rows > 0 && len(f.Rows) < a.Rows:
			lacks = append(lacks, fmt.Sprintf("%s只有%d名", a.Name, len(f.Rows)))
		case !ok && a.Optional:
			notes = append(notes, a.Name)
		case !ok:
			lacks = append(lacks, "没有"+a.Name)
			r.Missing = append(r.Missing, a.Name)
		case a.good != nil && !a.good.MatchString(f.Value):
			told = append(told, a.Name+"为"+f.Value)
			r.Places = append(r.Places, d.At(f.At))
		}
	}
	text := strings.ReplaceAll(d.Text(), "\n", "")
	for _, w := range c.Audit.Words {
		if w.re.MatchString(text) {
			told = append(told, w.Says)
		}
	}
	r.Outcome, r.Why = CheckPass, "文号、事务所、两名注册会计师、意见类型、日期齐全"
	if len(lacks)+len(told) > 0 {
		r.Outcome, r.Why = c.Fails, strings.Join(append(lacks, told...), "；")
	}
	if len(notes) > 0 {
		r.Why += "；未见" + strings.Join(notes, "、") + "，须在注册会计师行业统一监管平台查验"
	}
	r.Arithmetic = "《" + d.File + "》：" + r.Why
}
