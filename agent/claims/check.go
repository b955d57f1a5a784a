package claims

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// Input is one sentence with what it cites. Nothing else of the dossier counts.
type Input struct {
	Sentence    string
	Passages    []dossier.Passage
	Figures     []dossier.Figure
	Application dossier.Application // may be zero; its amount, term, dates and names need no citation
	Names       []string            // more names that need no citation, e.g. of the dossier's parties
}

// FaultKind classes what is wrong with a sentence.
type FaultKind string

// Fault kinds.
const (
	BadNumber FaultKind = "number" // in no cited figure or passage, and not derivable
	BadPeriod FaultKind = "period" // the figure of another period than the sentence names
	BadName   FaultKind = "name"   // a company or person that the evidence does not know
	BadQuote  FaultKind = "quote"  // not the passage's words
	BadDenial FaultKind = "denial" // says that something is not, and no cited passage says so
	BadSwap   FaultKind = "swap"   // another cited indicator's number
)

// Fault is one thing that the evidence does not bear out.
type Fault struct {
	Kind    FaultKind
	Text    string // as printed in the sentence
	Start   int    // byte offsets in the sentence
	End     int
	Reason  string // in Chinese, for the reader and for the model that repairs
	Nearest string // the closest candidate, "" when there is none
}

// Support says what bears out a number.
type Support struct {
	Number Number
	By     string // f12, p3, application, or the arithmetic: (f1 - f2) / f2
}

// Verdict on a sentence.
type Verdict struct {
	OK       bool
	Supports []Support
	Faults   []Fault
}

// Reasons joins the faults' reasons for a Claim's Reason.
func (v Verdict) Reasons() string {
	var out []string
	for _, f := range v.Faults {
		out = append(out, f.Reason)
	}
	return strings.Join(out, "；")
}

// Check compares a sentence with what it cites.
func Check(in Input) Verdict {
	var v Verdict
	known := facts(in)
	numbers := Numbers(in.Sentence)
	years := yearsOf(numbers)
	var pending []Number
	operands := figuresOnly(known)
	for _, n := range numbers {
		switch n.Kind {
		case Ordinal, Relative:
			continue
		case Identifier:
			v.identifier(in, n)
			continue
		}
		f, ok := pick(in, n, known, years)
		if !ok {
			pending = append(pending, n)
			continue
		}
		if fault := swapped(in, n, f, known); fault != nil {
			v.Faults = append(v.Faults, *fault)
			continue
		}
		if fault := wrongPeriod(in, n, f, known, years); fault != nil {
			v.Faults = append(v.Faults, *fault)
			continue
		}
		v.Supports = append(v.Supports, Support{n, f.by})
		if f.figure == nil || n.Kind == Date {
			f.Number = n
			operands = append(operands, f)
		}
	}
	for _, n := range pending {
		if how, ok := derive(in.Sentence, n, operands); ok {
			v.Supports = append(v.Supports, Support{n, how})
			continue
		}
		v.Faults = append(v.Faults, unsupported(n, known))
	}
	v.Faults = append(v.Faults, checkQuotes(in)...)
	v.Faults = append(v.Faults, checkNames(in)...)
	v.Faults = append(v.Faults, checkDenials(in)...)
	v.OK = len(v.Faults) == 0
	return v
}

// pick finds the fact that bears n out; one of a period that the sentence names comes first.
func pick(in Input, n Number, known []fact, years map[int]bool) (fact, bool) {
	best, score := fact{}, -1
	for _, f := range known {
		if !f.bears(n) {
			continue
		}
		s := 0
		if f.figure != nil {
			s++
			if years[f.figure.Period.End.Year] {
				s++
			}
			if strings.Contains(clauseBefore(in.Sentence, n.Start), f.figure.Name) {
				s += 2
			}
		}
		if s > score {
			best, score = f, s
		}
	}
	return best, score >= 0
}

func (v *Verdict) identifier(in Input, n Number) {
	want := strings.ReplaceAll(squeeze(n.Text), "-", "")
	for _, text := range evidenceTexts(in) {
		if strings.Contains(strings.ReplaceAll(squeeze(text.text), "-", ""), want) {
			v.Supports = append(v.Supports, Support{n, text.by})
			return
		}
	}
	v.Faults = append(v.Faults, Fault{Kind: BadNumber, Text: n.Text, Start: n.Start, End: n.End,
		Reason: fmt.Sprintf("引用的依据中没有编号“%s”", n.Text)})
}

type evidence struct{ by, text string }

// evidenceTexts are the words that a sentence may repeat: cited passages, sources of cited figures, the application.
func evidenceTexts(in Input) []evidence {
	var out []evidence
	for _, p := range in.Passages {
		out = append(out, evidence{p.ID, p.Text + "\n" + p.Place.File + "\n" + p.Place.Cell})
	}
	for _, f := range in.Figures {
		text := f.Entity
		if f.Source != nil {
			text += "\n" + f.Source.Quote + "\n" + f.Source.Printed + "\n" + f.Source.File + "\n" + f.Source.Cell
		}
		out = append(out, evidence{f.ID, text})
	}
	a := in.Application
	return append(out, evidence{"application", strings.Join([]string{a.Applicant, a.USCC, a.Product, a.Guarantee, a.Purpose, a.Industry, a.Lender}, "\n")})
}

func figuresOnly(known []fact) []fact {
	var out []fact
	for _, f := range known {
		if f.figure != nil && f.Kind != Date || f.by == "application" && f.Kind == Money {
			out = append(out, f)
		}
	}
	return out
}

func unsupported(n Number, known []fact) Fault {
	f := Fault{Kind: BadNumber, Text: n.Text, Start: n.Start, End: n.End}
	f.Nearest = nearest(n, known)
	f.Reason = fmt.Sprintf("“%s”在引用的依据中找不到，也不能由所引数值算出", n.Text)
	if f.Nearest != "" {
		f.Reason += "，最接近的是" + f.Nearest
	}
	return f
}

// nearest names the fact of the same kind that is closest in value.
func nearest(n Number, known []fact) string {
	var best *fact
	var gap dossier.Decimal
	for i, f := range known {
		if f.Kind != n.Kind || f.Unit != n.Unit || f.by == "application" {
			continue
		}
		d := f.Value.Sub(n.Value).Abs()
		if n.Kind == Date {
			d = dossier.D(fmt.Sprint(abs((f.Date.Year-n.Date.Year)*372 + int(f.Date.Month-n.Date.Month)*31 + f.Date.Day - n.Date.Day)))
		}
		if best == nil || d.LessThan(gap) {
			best, gap = &known[i], d
		}
	}
	if best == nil {
		return ""
	}
	if best.figure != nil && n.Kind != Date {
		return fmt.Sprintf("%s%s（%s）", best.figure.Name, best.Value, best.by)
	}
	if best.figure != nil {
		return best.figure.Period.Chinese() + "（" + best.by + "）"
	}
	return best.Text + "（" + best.by + "）"
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
