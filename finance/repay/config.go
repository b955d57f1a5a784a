package repay

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
)

//go:embed data/*.yaml
var dataFS embed.FS

// Owned says whose configuration a file is and since when: none of it is law.
type Owned struct {
	Owner string       `yaml:"owner"`
	Date  dossier.Date `yaml:"date"`
	Note  string       `yaml:"note"`
}

func (o Owned) check() error {
	if o.Owner == "" || !o.Date.Valid() || o.Note == "" {
		return fmt.Errorf("owner, date and note are required")
	}
	return nil
}

// Template is a candidate plan before it meets a loan.
type Template struct {
	ID      string          `yaml:"id"`
	Name    string          `yaml:"name"`
	Method  Method          `yaml:"method"`
	Every   int             `yaml:"every"`
	Repay   int             `yaml:"repay"`
	Weights string          `yaml:"weights"` // flat, seasonal, peak, up, down; for Planned
	Grace   dossier.Decimal `yaml:"grace"`   // share of the term
	Balloon dossier.Decimal `yaml:"balloon"` // share of the principal
	Fit     string          `yaml:"fit"`     // whom it suits, in Chinese
}

// statedMethod is how papers word a method; all words stand in the text.
type statedMethod struct {
	Words   []string `yaml:"words"`
	Method  Method   `yaml:"method"`
	Every   int      `yaml:"every"`
	Example string   `yaml:"example"`
}

type planBook struct {
	Owned  `yaml:",inline"`
	Slope  dossier.Decimal `yaml:"slope"`
	Rolled bool            `yaml:"roll_working_loans"` // existing working-capital loans count as renewed at their due day
	Cap    bool            `yaml:"cap_at_earnings"`    // months are scaled down to the statements' earnings
	Back   bool            `yaml:"count_returns"`      // a working-capital loan's money comes back once after the cycle
	Plans  []Template      `yaml:"plans"`
	Stated []statedMethod  `yaml:"stated"`

	Renewal struct {
		Words []string `yaml:"words"`
		Yes   []string `yaml:"yes"` // examples
		No    []string `yaml:"no"`
	} `yaml:"renewal"`
}

// Renewal tells whether a loan's purpose is to repay another.
func Renewal(purpose string) bool {
	return slices.ContainsFunc(theBook().plans.Renewal.Words, func(w string) bool { return strings.Contains(purpose, w) })
}

// RollWorkingLoans tells whether plans take existing working-capital loans as renewed.
func RollWorkingLoans() bool { return theBook().plans.Rolled }

// CountReturns tells whether plans count a working-capital loan's money as coming back after the cycle.
func CountReturns() bool { return theBook().plans.Back }

// CapAtEarnings tells whether the months of plans may not exceed what the statements earn.
func CapAtEarnings() bool { return theBook().plans.Cap }

// StatedMethod reads a method of repayment and the months between payments out of a paper's words.
func StatedMethod(text string) (m Method, every int, ok bool) {
	if len(text) > 4000 {
		text = text[:4000]
	}
	for _, s := range theBook().plans.Stated {
		if !slices.ContainsFunc(s.Words, func(w string) bool { return !strings.Contains(text, w) }) {
			return s.Method, s.Every, true
		}
	}
	return "", 0, false
}

// Measure is one part of the score.
type Measure struct {
	ID     string          `yaml:"id"`
	Name   string          `yaml:"name"`
	Weight dossier.Decimal `yaml:"weight"`
	Points string          `yaml:"points"` // how points are given, in Chinese
}

// Scoring is the written rule by which plans are ranked.
type Scoring struct {
	Owned    `yaml:",inline"`
	Target   dossier.Decimal `yaml:"dscr_target"`
	Measures []Measure       `yaml:"measures"`
}

// Rates are what is assumed where papers state no rate.
type Rates struct {
	Owned     `yaml:",inline"`
	Published dossier.Date    `yaml:"published"`
	LPR1      dossier.Decimal `yaml:"lpr_1y"`
	LPR5      dossier.Decimal `yaml:"lpr_5y"`
	SpreadBP  dossier.Decimal `yaml:"spread_bp"`
	Count     Count           `yaml:"count"`
	Existing  dossier.Decimal `yaml:"existing"`
}

// Case is one stress case.
type Case struct {
	ID       string          `yaml:"id"`
	Name     string          `yaml:"name"`
	RateBP   dossier.Decimal `yaml:"rate_bp"`
	Receipts dossier.Decimal `yaml:"receipts"` // -0.10: ten per cent less comes in
}

// Stress is how hard debt service is tested.
type Stress struct {
	Owned  `yaml:",inline"`
	Follow dossier.Decimal `yaml:"follow"` // share of purchases and cost that falls with receipts
	Min    dossier.Decimal `yaml:"dscr_min"`
	Cases  []Case          `yaml:"cases"` // the first one is the base
}

type book struct {
	plans   planBook
	score   Scoring
	limits  []Limit
	rates   Rates
	stress  Stress
	project projectBook
}

var loadBook = sync.OnceValues(func() (*book, error) {
	b := &book{}
	var limits struct {
		Products []Limit `yaml:"products"`
	}
	for name, v := range map[string]any{"plans": &b.plans, "score": &b.score, "limits": &limits, "rates": &b.rates, "stress": &b.stress,
		"project": &b.project} {
		name = "data/" + name + ".yaml"
		data, err := dataFS.ReadFile(name)
		if err == nil {
			err = datafile.Decode("finance/repay/"+name, data, v)
		}
		if err != nil {
			return nil, err
		}
	}
	b.limits = limits.Products
	for name, check := range map[string]func() error{"plans": b.plans.check, "score": b.score.check, "rates": b.rates.check,
		"stress": b.stress.check, "project": b.project.check} {
		if err := check(); err != nil {
			return nil, fmt.Errorf("finance/repay/data/%s.yaml: %w", name, err)
		}
	}
	return b, checkLimits(b.limits)
})

// theBook is the embedded data; the tests and xindiao lint have loaded it, so that it cannot fail later.
func theBook() *book {
	b, err := loadBook()
	if err != nil {
		panic(err)
	}
	return b
}

// Lint loads the package's data and returns what is wrong with it.
func Lint() error {
	_, err := loadBook()
	return err
}

func (b *planBook) check() error {
	seen := map[string]bool{}
	for _, p := range b.Plans {
		switch {
		case p.ID == "" || p.Name == "" || p.Fit == "" || seen[p.ID]:
			return fmt.Errorf("%s: id (once), name and fit are required", p.ID)
		case p.Method == Planned && !slices.Contains([]string{"flat", "seasonal", "peak", "up", "down"}, p.Weights):
			return fmt.Errorf("%s: unknown weights %q", p.ID, p.Weights)
		case p.Method != Planned && p.Weights != "":
			return fmt.Errorf("%s: weights need method planned", p.ID)
		case p.Grace.IsNegative() || p.Grace.GreaterThanOrEqual(one) || p.Balloon.IsNegative() || p.Balloon.GreaterThanOrEqual(one):
			return fmt.Errorf("%s: grace and balloon are shares below 1", p.ID)
		}
		seen[p.ID] = true
		t := Terms{Principal: hundred, Start: dossier.NewDate(2030, 1, 1), Months: 12, Method: p.Method, Every: p.Every, Repay: p.Repay,
			Weights: []dossier.Decimal{one}}
		if err := t.check(); err != nil {
			return fmt.Errorf("%s: %w", p.ID, err)
		}
	}
	for i, s := range b.Stated {
		if len(s.Words) == 0 || s.Every < 1 || s.Method.Chinese() == string(s.Method) {
			return fmt.Errorf("stated %d: words, a known method and every are required", i+1)
		}
	}
	if !b.Slope.GreaterThan(one) {
		return fmt.Errorf("slope must be above 1")
	}
	return b.Owned.check()
}

func (s *Scoring) check() error {
	total := zero
	for _, m := range s.Measures {
		if m.Name == "" || m.Points == "" || m.Weight.IsNegative() || measures[m.ID] == nil {
			return fmt.Errorf("%s: a known id, name, points and a weight are required", m.ID)
		}
		total = total.Add(m.Weight)
	}
	if !total.IsPositive() || !s.Target.IsPositive() {
		return fmt.Errorf("weights and dscr_target must be positive")
	}
	return s.Owned.check()
}

func (r *Rates) check() error {
	if !r.LPR1.IsPositive() || !r.LPR5.IsPositive() || !r.Existing.IsPositive() || !r.Published.Valid() {
		return fmt.Errorf("lpr_1y, lpr_5y, existing and published are required")
	}
	return r.Owned.check()
}

func (s *Stress) check() error {
	if len(s.Cases) == 0 || !s.Cases[0].RateBP.IsZero() || !s.Cases[0].Receipts.IsZero() {
		return fmt.Errorf("the first case must be the base")
	}
	for _, c := range s.Cases {
		if c.ID == "" || c.Name == "" || c.Receipts.LessThan(one.Neg()) {
			return fmt.Errorf("%s: id, name and receipts of at least -1 are required", c.ID)
		}
	}
	return s.Owned.check()
}

// TheStress, TheRates and TheScoring are the bank's configuration as embedded.
func TheStress() Stress { return theBook().stress }

// TheRates are the assumed rates.
func TheRates() Rates { return theBook().rates }

// TheScoring is the ranking rule.
func TheScoring() Scoring { return theBook().score }

// Assumed is the yearly rate for a term where no paper states one, and how it comes about, in Chinese.
func (r Rates) Assumed(months int) (dossier.Decimal, string) {
	base, name := r.LPR1, "1年期LPR"
	if months > 60 {
		base, name = r.LPR5, "5年期以上LPR"
	}
	rate := base.Add(r.SpreadBP.Shift(-4))
	return rate, fmt.Sprintf("假定：%s %s（%s公布）＋%s个基点，材料未载明利率", name, percent(base), r.Published, r.SpreadBP)
}
