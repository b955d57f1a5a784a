package filings

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
)

// Outcomes of a question put to the tables.
const (
	Reproduced  = "reproduced"    // the answer's value
	Wrong       = "wrong"         // another value although the tables hold the answer's own operands
	OtherSource = "other_source"  // another value because the tables hold other operands than the answer
	NoCompany   = "no_company"    // refused: no row for the company
	NoYear      = "no_year"       // refused: no row for one of the years
	NoColumn    = "no_column"     // refused: the tables do not carry a line
	NotFound    = "not_found"     // refused: the cell is empty
	Undef       = "undefined"     // refused although every operand is there: a denominator says why
	Invented    = "invented"      // a value although an operand is absent
	Misread     = "misunderstood" // the question was taken for another ratio
)

// RatioScore is what one definition scored.
type RatioScore struct {
	Ratio    string         `json:"ratio"`
	Name     string         `json:"name"`
	Formula  string         `json:"formula"`
	Labelled int            `json:"labelled"`
	Quoted   int            `json:"quoted"` // reproduced from the operands that the answer quotes
	Tables   map[string]int `json:"tables"` // outcomes from the tables' own fields
	Own      *OwnScore      `json:"own,omitempty"`
}

// OwnScore tells how our own nearest definition fares on the same operands.
type OwnScore struct {
	Ratio   string `json:"ratio"`
	Same    int    `json:"same"`
	Other   int    `json:"other"`
	Refused int    `json:"refused"`
}

// printed is a value in the answer's form: digits behind the point, in percent or plain.
func printed(v dossier.Decimal, digits int32, percent bool) string {
	if percent {
		return v.Shift(2).StringFixed(digits) + "%"
	}
	return v.StringFixed(digits)
}

// ratio scores one question that asks for a computed ratio.
func (k *keeper) ratio(q question) error {
	expr, ops, ok := k.c.book.formula(q)
	if !ok {
		k.card.Unknown++
		k.line("公式不识", q, q.Prompt["公式"])
		return nil
	}
	id, digits := k.c.book.asked(q.wording())
	want := q.Prompt["prom_answer"]
	percent := strings.HasSuffix(want, "%")
	r, known := finance.LookupRatio(id)
	if digits == 0 { // the question leaves it to the answer
		digits = decimalsOf(want)
	}
	if !known || plain(r) != expr || digits != decimalsOf(want) {
		k.card.Misread++
		k.line(Misread, q, id+" "+expr)
		return nil
	}
	s := k.score(r)
	s.Labelled++
	set := finance.NewSet(q.Prompt["ent_short_name"])
	for _, o := range ops {
		if v, _, ok := finance.ParseAmount(o.value); ok && o.value != "" {
			set.Add(dossier.Figure{Indicator: o.id, Period: o.period, Value: v, Unit: o.unit, Basis: dossier.BasisAudited,
				Source: &dossier.Source{Place: dossier.Place{File: "答案所列", Quote: o.name}, Printed: o.value, Unit: o.unit}})
		}
	}
	got, why := k.value(set, id, q.year(), digits, percent)
	if got == want {
		s.Quoted++
	} else {
		k.line("引用数不符", q, "应为"+want+"，得"+got+why)
	}
	if s.Own != nil {
		switch own, _ := k.value(set, s.Own.Ratio, q.year(), digits, percent); own {
		case want:
			s.Own.Same++
		case "":
			s.Own.Refused++
		default:
			s.Own.Other++
		}
	}
	k.priors(q, ops)
	out, text := k.fromTables(q, id, ops, want, digits, percent)
	s.Tables[out]++
	k.line(out, q, text)
	return nil
}

// value computes a ratio for a year and prints it; why says what keeps it from being computed.
func (k *keeper) value(s *finance.Set, id string, year int, digits int32, percent bool) (got, why string) {
	f, u := s.Compute(id, "", dossier.Span(dossier.NewDate(year, 12, 31), 12))
	if u != nil {
		return "", "：" + u.Why
	}
	v, err := s.Recompute(f)
	if err != nil || !near(v, f.Value) {
		k.card.Lineage.Broken++
		return "", fmt.Sprintf("：来源链不成立 %s %v", s.Explain(f), err)
	}
	k.card.Lineage.Proven++
	return printed(v, digits, percent), ""
}

// near allows for the rounding of a figure's value.
func near(exact, shown dossier.Decimal) bool {
	return exact.Sub(shown).Abs().LessThanOrEqual(dossier.D("0.00005"))
}

// fromTables answers the question from the tables and tells how that went.
func (k *keeper) fromTables(q question, id string, ops []operand, want string, digits int32, percent bool) (outcome, text string) {
	f := k.c.byName[q.Prompt["ent_short_name"]]
	if f == nil {
		return NoCompany, "表中没有这家公司"
	}
	set, _ := k.c.set(f)
	missing, same := "", true
	var diffs []string
	for _, o := range ops {
		have, ok := set.Get(o.id, o.period)
		v, _, quoted := finance.ParseAmount(o.value)
		switch {
		case ok && quoted && o.value != "" && !have.Value.Sub(v).Abs().LessThan(dossier.D("0.01")):
			same = false
			diffs = append(diffs, o.name+"表中"+finance.Money(have.Value)+"、答案"+finance.Money(v))
		case ok != (quoted && o.value != "") && ok:
			same = false
		case !ok && o.value != "" && missing == "":
			missing = k.lacks(f, o)
		}
	}
	got, why := k.value(set, id, q.year(), digits, percent)
	switch {
	case got == "" && missing != "":
		return missing, why
	case got == "":
		return Undef, why
	case missing != "":
		if optional(id, ops, set) {
			return OtherSource, "应为" + want + "，得" + got
		}
		return Invented, "应无法计算，得" + got
	case got == want:
		return Reproduced, set.Explain(figureOf(set, id))
	case same:
		return Wrong, "应为" + want + "，得" + got
	}
	return OtherSource, "应为" + want + "，得" + got + "；" + strings.Join(diffs, "；")
}

func figureOf(s *finance.Set, id string) dossier.Figure {
	all := s.Select(func(f dossier.Figure) bool { return f.Indicator == id })
	return all[len(all)-1]
}

// optional tells whether what is absent is only what the definition takes as nothing when it is not printed.
func optional(id string, ops []operand, s *finance.Set) bool {
	r, _ := finance.LookupRatio(id)
	for _, o := range ops {
		if _, ok := s.Get(o.id, o.period); !ok && o.value != "" && !strings.Contains(r.Formula, o.id+"?") {
			return false
		}
	}
	return true
}

// lacks tells why the tables cannot give an operand.
func (k *keeper) lacks(f *firm, o operand) string {
	switch {
	case f.years[o.period.End.Year] == nil:
		return NoYear
	case !k.c.carried[o.id] && !k.c.derivable(o.id):
		return NoColumn
	}
	return NotFound
}

func (c *corpus) derivable(id string) bool {
	for _, d := range c.book.tables.Derived {
		if d.ID == id {
			return true
		}
	}
	return false
}

func decimalsOf(s string) int32 {
	_, frac, _ := strings.Cut(strings.TrimSuffix(s, "%"), ".")
	return int32(len(frac))
}
