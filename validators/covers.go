package validators

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// Covers wants the papers of some types together to cover enough time: months of a bank account up to the day of
// the check, the full years before it (Years), or each month of the post-loan check period (EachMonth).
type Covers struct {
	Types     []string `yaml:"types"`
	Start     string   `yaml:"start"` // date fields of a span
	End       string   `yaml:"end"`
	Months    bool     `yaml:"months"`
	Years     bool     `yaml:"years"`
	EachMonth bool     `yaml:"each_month"`
	Bank      string   `yaml:"bank"`
	Default   int      `yaml:"default"`
}

func (k *Covers) validate() error {
	return need(len(k.Types) > 0 && k.End != "" && (k.EachMonth || k.Bank != "" && k.Default > 0), "types, end, and each_month or bank and default")
}

func (k *Covers) check(in *Input, _ *Rule) []outcome {
	want := in.Dossier.Application.Bank.Days(k.Bank)
	if want == 0 {
		want = k.Default
	}
	switch {
	case k.Years:
		return k.years(in, want)
	case k.EachMonth:
		return k.eachMonth(in)
	}
	return k.months(in, want)
}

func (k *Covers) months(in *Input, want int) []outcome {
	var out []outcome
	for _, d := range in.Dossier.Valid(k.Types...) {
		fs, ok1 := d.Field(k.Start)
		fe, ok2 := d.Field(k.End)
		start, ok3 := fs.Date()
		end, ok4 := fe.Date()
		if !ok1 || !ok2 || !ok3 || !ok4 {
			out = append(out, notTestable(d.File+" 未读出起止日期", d))
			continue
		}
		got := (end.Year-start.Year)*12 + int(end.Month) - int(start.Month) + 1
		v := base(in, d)
		v["start"], v["end"], v["months"], v["limit"] = start.String(), end.String(), strconv.Itoa(got), strconv.Itoa(want)
		v["missing"] = missingBefore(start, want-got)
		o := outcome{docs: files(d), vars: v, evidence: []report.Citation{hit{d, fs}.cite(), hit{d, fe}.cite()},
			arithmetic: fmt.Sprintf("%s至%s共%d个月，要求%d个月", start, end, got, want)}
		if got < want {
			o.result = report.Fail
		}
		out = append(out, o)
	}
	return out
}

// missingBefore names the months before start that would complete the span.
func missingBefore(start dossier.Date, n int) string {
	if n <= 0 {
		return ""
	}
	last := dossier.NewDate(start.Year, int(start.Month), 1).AddDays(-1)
	first := dossier.NewDate(start.Year, int(start.Month), 1).AddMonths(-n)
	if first.Year == last.Year && first.Month == last.Month {
		return fmt.Sprintf("%d年%d月", first.Year, first.Month)
	}
	if first.Year == last.Year {
		return fmt.Sprintf("%d年%d-%d月", first.Year, first.Month, last.Month)
	}
	return fmt.Sprintf("%d年%d月至%d年%d月", first.Year, first.Month, last.Year, last.Month)
}

func (k *Covers) years(in *Input, want int) []outcome {
	have := map[int]*dossier.Document{}
	var docs []*dossier.Document
	for _, d := range in.Dossier.Valid(k.Types...) {
		f, ok := d.Field(k.End)
		end, isDate := f.Date()
		if ok && isDate && end.Month == 12 {
			have[end.Year] = d
			docs = append(docs, d)
		}
	}
	if len(in.Dossier.Valid(k.Types...)) == 0 {
		return nil // the requirement list speaks of papers that are wholly absent
	}
	last := in.Dossier.Application.AsOf.Year - 1
	if in.Dossier.Application.AsOf.Month < 5 && have[last] == nil {
		last-- // the last year's statements are due by the end of April
	}
	var missing, got []string
	for y := last; y > last-want; y-- {
		if have[y] == nil {
			missing = append(missing, strconv.Itoa(y))
		} else {
			got = append(got, strconv.Itoa(y))
		}
	}
	sort.Strings(got)
	sort.Strings(missing)
	v := base(in, nil)
	v["missing"], v["have"], v["limit"] = strings.Join(missing, "、"), strings.Join(got, "、"), strconv.Itoa(want)
	o := outcome{docs: files(docs...), vars: v}
	for _, d := range docs {
		f, _ := d.Field(k.End)
		o.evidence = append(o.evidence, hit{d, f}.cite())
	}
	if len(missing) > 0 {
		o.result = report.Fail
		o.arithmetic = fmt.Sprintf("要求%d个年度，已有%s", want, v["have"])
	}
	return []outcome{o}
}

func (k *Covers) eachMonth(in *Input) []outcome {
	from, to, ok := checkPeriod(in.Dossier.Application)
	if !ok {
		return nil
	}
	have := map[string]bool{}
	docs := in.Dossier.Valid(k.Types...)
	for _, d := range docs {
		f, ok := d.Field(k.End)
		end, isDate := f.Date()
		if !ok || !isDate {
			continue
		}
		start := end
		if s, ok := d.Field(k.Start); ok {
			if v, ok := s.Date(); ok {
				start = v
			}
		}
		for m := dossier.NewDate(start.Year, int(start.Month), 1); !m.After(end); m = m.AddMonths(1) {
			have[m.String()[:7]] = true
		}
	}
	if len(docs) == 0 {
		return nil // the requirement list speaks of papers that are wholly absent
	}
	var missing []string
	// a month's return is due in the next month, so the month of the check itself is not asked for
	for m := dossier.NewDate(from.Year, int(from.Month), 1).AddMonths(1); m.MonthEnd().Before(dossier.NewDate(to.Year, int(to.Month), 1)); m = m.AddMonths(1) {
		if !have[m.String()[:7]] {
			missing = append(missing, fmt.Sprintf("%d月", m.Month))
		}
	}
	v := base(in, docs[0])
	v["missing"], v["period"] = strings.Join(missing, "、"), in.Dossier.Application.CheckPeriod
	o := outcome{docs: files(docs...), vars: v}
	for _, d := range docs {
		if f, ok := d.Field(k.End); ok {
			o.evidence = append(o.evidence, hit{d, f}.cite())
		}
	}
	if len(missing) > 0 {
		o.result = report.Fail
	}
	return []outcome{o}
}

// checkPeriod reads 2026-03-18至2026-09-30.
func checkPeriod(app dossier.Application) (from, to dossier.Date, ok bool) {
	a, b, found := strings.Cut(app.CheckPeriod, "至")
	if !found {
		return from, to, false
	}
	from, err1 := dossier.ParseDate(strings.TrimSpace(a))
	to, err2 := dossier.ParseDate(strings.TrimSpace(b))
	return from, to, err1 == nil && err2 == nil
}
