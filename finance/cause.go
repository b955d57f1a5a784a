package finance

import (
	"sort"

	"github.com/xindiao/xindiao/dossier"
)

// CauseClass names what has likely gone wrong in a sum that does not add up.
type CauseClass string

// Classes of causes; causes/causes.yaml names them and gives their order.
const (
	CauseRounding   CauseClass = "rounding"        // a few units of the last place
	CausePaper      CauseClass = "other_paper"     // another paper prints the value that closes the sum
	CauseRestated   CauseClass = "restated"        // two papers differ, each right in itself
	CauseUnit       CauseClass = "unit"            // one amount off by a power of ten
	CauseSign       CauseClass = "sign"            // one amount with the wrong sign
	CauseSwapped    CauseClass = "swapped_columns" // the other column's value of the same line
	CauseScope      CauseClass = "scope_mixed"     // the other scope's value of the same line
	CauseDouble     CauseClass = "double_count"    // a line, or a part of a line, counted twice
	CauseMissing    CauseClass = "missing_line"    // a line not counted, or not read
	CauseTransposed CauseClass = "transposed"      // two adjacent digits exchanged
	CauseDigit      CauseClass = "digit"           // one digit wrong
	CauseDigitCount CauseClass = "digit_count"     // one digit too many or too few
	CauseWrong      CauseClass = "wrong_value"     // no slip, but one value closes all sums that hold the line
	CauseOffset     CauseClass = "compensating"    // another sum is off by the same amount: it stands under the wrong heading
	CauseTwo        CauseClass = "two_slips"       // two lines, each with one of the slips above
	CauseUnknown    CauseClass = "unknown"         // nothing found; never returned by FindCause, for counting
)

// Chinese names the class.
func (c CauseClass) Chinese() string { return theCauses().name[c] }

// CauseClasses returns every class in the order of causes.yaml.
func CauseClasses() []CauseClass { return append([]CauseClass(nil), theCauses().order...) }

// Term is one signed item of a sum.
type Term struct {
	Figure dossier.Figure
	Sign   int // 1 or -1
}

// Sum is a check that must close: Total = Σ Sign × Terms within Tolerance. Equal marks the comparison of one figure
// between two papers, which has one term.
type Sum struct {
	Check     string // A1, A2…
	Total     dossier.Figure
	Terms     []Term
	Tolerance dossier.Decimal
	Equal     bool
}

// Want is what the terms add up to.
func (s Sum) Want() dossier.Decimal {
	v := zero
	for _, t := range s.Terms {
		if t.Sign < 0 {
			v = v.Sub(t.Figure.Value)
		} else {
			v = v.Add(t.Figure.Value)
		}
	}
	return v
}

// Diff is the printed total less what the terms add up to.
func (s Sum) Diff() dossier.Decimal { return s.Total.Value.Sub(s.Want()) }

// Holds tells whether the sum closes.
func (s Sum) Holds() bool { return s.Diff().Abs().LessThanOrEqual(s.Tolerance) }

// OtherKind tells how a value outside a sum is related to it.
type OtherKind string

// Kinds of other values.
const (
	OtherPaper    OtherKind = "paper"     // the same figure in another paper
	OtherColumn   OtherKind = "column"    // the same line in the paper's other column
	OtherScope    OtherKind = "scope"     // the same line and date of the other scope
	OtherOfWhich  OtherKind = "of_which"  // a row that is part of another row
	OtherLine     OtherKind = "line"      // a row of the statement that the sum does not count
	OtherLastYear OtherKind = "last_year" // a row that the year before has and this one has not
)

// Other is a value outside a sum that may tell why it does not close.
type Other struct {
	Figure dossier.Figure
	Kind   OtherKind
}

// Evidence is what FindCause may look at besides the broken sum: Sums that share its lines confirm or refute a cause
// (the broken sum itself may be among them), Others suggest causes.
type Evidence struct {
	Sums   []Sum
	Others []Other
}

// Cause is one possible reason why a sum does not close: with To in the place of From it does.
type Cause struct {
	Class     CauseClass
	Figure    dossier.Figure // the line that is wrong; for CauseRounding and CauseOffset the total
	From, To  dossier.Decimal
	Lookalike bool            // a digit misread as one that looks alike
	Other     *dossier.Figure // the value outside the sum that suggests it; the second line of CauseTwo
	OtherTo   dossier.Decimal // of CauseTwo
	Closes    int             // other broken sums that the change closes too
	Confirmed bool            // Closes > 0 and every other sum that holds keeps holding
	Rivals    int             // other unconfirmed causes of the same class
	Text      string          // one sentence in Chinese with the arithmetic
}

const maxCauses = 40 // that FindCause returns

// FindCause searches the likeliest causes of a sum that does not close, the likeliest first: single slips on any of
// its lines, values of other columns, papers and scopes, lines counted not at all or twice, and pairs of slips when
// nothing simpler fits. A change that breaks a sum that holds is no cause. nil when the sum holds or nothing fits.
// The work is bounded: some 350 slips a line, 200 lines.
func FindCause(broken Sum, ev Evidence) []Cause {
	if broken.Holds() || len(broken.Terms) == 0 || len(broken.Terms) > maxTerms {
		return nil
	}
	q := newSearch(broken, ev)
	q.rounding()
	q.restated()
	q.slips()
	q.others()
	q.counted()
	q.wrong()
	q.offset()
	if len(q.found) == 0 {
		q.pairs()
	}
	return q.ranked()
}

// Proof returns the only cause that other sums confirm; ok is false when none does or several disagree.
func Proof(causes []Cause) (c Cause, ok bool) {
	for _, x := range causes {
		if !x.Confirmed || x.Class == CauseOffset || x.Class == CauseRestated {
			continue
		}
		if ok && (cellOf(x.Figure) != cellOf(c.Figure) || !x.To.Equal(c.To)) {
			return Cause{}, false
		}
		if !ok {
			c, ok = x, true
		}
	}
	return c, ok
}

// ranked orders what was found, counts rivals and writes the sentences.
func (q *search) ranked() []Cause {
	rank := theCauses().rank
	weight := func(c Cause) int {
		w := rank[c.Class] * 4
		if c.Lookalike {
			w -= 2
			if scanned(c.Figure) { // what OCR read is misread more often than mistyped
				w -= 40
			}
		}
		if cellOf(c.Figure) == cellOf(q.sum.Total) {
			w++ // a total is computed by the program that prints it
		}
		return w
	}
	out := q.found
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i], out[j]
		if a.Confirmed != b.Confirmed {
			return a.Confirmed
		}
		if a.Confirmed && a.Closes != b.Closes {
			return a.Closes > b.Closes
		}
		return weight(a) < weight(b)
	})
	n := map[CauseClass]int{}
	for _, c := range out {
		if !c.Confirmed {
			n[c.Class]++
		}
	}
	if len(out) > maxCauses {
		out = out[:maxCauses]
	}
	for i := range out {
		if !out[i].Confirmed {
			out[i].Rivals = n[out[i].Class] - 1
		}
		out[i].Text = q.text(out[i])
	}
	return out
}

// likely is the cause worth naming: confirmed, or without many others of its kind, which chance brings about.
func likely(causes []Cause) (Cause, bool) {
	for _, c := range causes {
		if c.Confirmed || c.Rivals <= 1 {
			return c, true
		}
	}
	return Cause{}, false
}
