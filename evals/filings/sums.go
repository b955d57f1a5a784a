package filings

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
)

type sumSpec struct {
	ID        string            `yaml:"id"`
	Total     string            `yaml:"total"`
	Statement finance.Statement `yaml:"statement"`
	Evidence  bool              `yaml:"evidence"`
	Terms     string            `yaml:"terms"`
}

type sumsFile struct {
	Source  string    `yaml:"source"`
	Sums    []sumSpec `yaml:"sums"`
	Markers []string  `yaml:"markers"`
	Members []string  `yaml:"members"`
	Either  []string  `yaml:"either"`
}

// signed is one id of a formula of sums with its sign.
type signed struct {
	id       string
	sign     int
	optional bool
}

// addends splits a formula of sums: a + b - c?, with or without blanks.
func addends(formula string) (out []signed) {
	f := strings.ReplaceAll(formula, " ", "")
	for f != "" {
		s := signed{sign: 1}
		switch f[0] {
		case '-':
			s.sign, f = -1, f[1:]
		case '+':
			f = f[1:]
		}
		i := strings.IndexAny(f, "+-")
		if i < 0 {
			i = len(f)
		}
		s.id, s.optional = strings.CutSuffix(f[:i], "?")
		out, f = append(out, s), f[i:]
	}
	return out
}

var rounding = dossier.D("0.02") // of amounts that pass through binary numbers on their way into the tables

// extra makes the sums of the tables' own columns for a year, as far as their lines are there.
func (b *book) extra(s *finance.Set, year int) (out []finance.Sum) {
	for _, spec := range b.sums.Sums {
		p := period(spec.Statement, year)
		t, ok := s.Get(spec.Total, p)
		x := finance.Sum{Check: spec.ID, Total: t, Tolerance: rounding}
		for _, a := range addends(spec.Terms) {
			f, have := s.Get(a.id, p)
			if have {
				x.Terms = append(x.Terms, finance.Term{Figure: f, Sign: a.sign})
			}
			ok = ok && (have || a.optional)
		}
		if ok {
			out = append(out, x)
		}
	}
	return out
}

// learn keeps the sums of the general form, by line, and which lines may have either sign.
func (k *keeper) learn() {
	k.forms, k.either, k.member = map[string][]signed{}, map[string]bool{}, map[string]bool{}
	for _, id := range k.c.book.sums.Either {
		k.either[id] = true
	}
	for _, id := range k.c.book.sums.Members {
		k.member[id] = true
	}
	for _, s := range []finance.Statement{finance.BalanceSheet, finance.IncomeStatement, finance.CashFlow} {
		for _, l := range finance.Lines(finance.CAS2019, s) {
			if l.Formula != "" {
				k.forms[l.ID] = addends(l.Formula)
			}
			if l.Sign == "loss_negative" {
				k.either[l.ID] = true
			}
		}
	}
}

// gaps lists the lines of a broken sum that have no figure: columns are those that the tables carry nowhere, cells
// those that were not found for this filing. fits tells whether absent cells can explain the sign of the difference.
func (k *keeper) gaps(s *finance.Set, x finance.Sum) (columns, cells []string, fits bool) {
	diff := x.Diff().Sign()
	var walk func(terms []signed, sign, depth int)
	walk = func(terms []signed, sign, depth int) {
		for _, t := range terms {
			if _, ok := s.Get(t.id, x.Total.Period); ok {
				continue
			}
			switch {
			case k.c.carried[t.id]:
				cells = append(cells, t.id)
				fits = fits || sign*t.sign == diff || k.either[t.id]
			case k.forms[t.id] != nil && depth < 6:
				walk(k.forms[t.id], sign*t.sign, depth+1)
			case !t.optional && !k.member[t.id]:
				columns = append(columns, t.id)
			}
		}
	}
	if spec := k.c.book.sumByID(x.Check); spec != nil {
		walk(addends(spec.Terms), 1, 0)
	} else if !x.Equal {
		walk(k.forms[x.Total.Indicator], 1, 0)
	}
	return columns, cells, fits
}

func (b *book) sumByID(id string) *sumSpec {
	for i := range b.sums.Sums {
		if b.sums.Sums[i].ID == id {
			return &b.sums.Sums[i]
		}
	}
	return nil
}
