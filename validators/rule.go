package validators

import (
	"errors"
	"fmt"
	"strings"
	"text/template"

	"github.com/xindiao/xindiao/report"
)

// Rule is one rules/*.yaml file: what is checked, why, and what cures it. Exactly one of the check kinds is set.
type Rule struct {
	ID       string             `yaml:"id"`
	Title    string             `yaml:"title"`
	Kind     report.FindingKind `yaml:"kind"`
	Severity report.Severity    `yaml:"severity"`
	When     When               `yaml:"when"`
	Basis    []BasisRef         `yaml:"basis"`
	Owner    string             `yaml:"owner"` // who answers for a threshold that is not law
	Since    string             `yaml:"since"` // date of that threshold
	Message  string             `yaml:"message"`
	Remedy   string             `yaml:"remedy"`
	Accepts  []string           `yaml:"accepts"`
	Note     string             `yaml:"note"`
	Examples []Example          `yaml:"examples"`

	Expiry  *Expiry  `yaml:"expiry"`
	MaxAge  *MaxAge  `yaml:"max_age"`
	Order   *Order   `yaml:"order"`
	Covers  *Covers  `yaml:"covers"`
	Ident   *Ident   `yaml:"ident"`
	Match   *Match   `yaml:"match"`
	Denial  *Denial  `yaml:"denial"`
	Rows    *Rows    `yaml:"rows"`
	State   *State   `yaml:"state"`
	Phrase  *Phrase  `yaml:"phrase"`
	Signed  *Signed  `yaml:"signed"`
	Votes   *Votes   `yaml:"votes"`
	Limit   *Limit   `yaml:"limit"`
	Change  *Change  `yaml:"change"`
	Paired  *Paired  `yaml:"paired"`
	Fresh   *Fresh   `yaml:"fresh"`
	Listed  *Listed  `yaml:"listed"`
	Issue   *Issue   `yaml:"issue"`
	Present *Present `yaml:"present"`
	Problem *Problem `yaml:"problem"`

	message *template.Template
	kind    checker // the one kind of check that is set
}

// BasisRef names the article of law, or the key of bank_rules, or the bank's own rule in words.
type BasisRef struct {
	Law     string `yaml:"law"`
	Article string `yaml:"article"`
	Bank    string `yaml:"bank"`
	Text    string `yaml:"text"`
}

// When narrows a rule to the dossiers it is for; an empty list matches all. Entries match as substrings.
type When struct {
	Report    []string `yaml:"report"` // credit, postloan
	Product   []string `yaml:"product"`
	Guarantee []string `yaml:"guarantee"`
	Customer  []string `yaml:"customer"`
	Has       []string `yaml:"has"`      // any of these document types is there
	Lacks     []string `yaml:"lacks"`    // none of these types is there
	Industry  []string `yaml:"industry"` // GB/T 4754 prefixes: C, C14, 14…

	Collateral []string `yaml:"collateral"` // real_estate, movable: what the mortgage stands on, see collateral/kinds.yaml
}

// checker is one kind of check; check yields one outcome a subject.
type checker interface {
	check(in *Input, r *Rule) []outcome
	validate() error
}

// checker returns the one kind that is set; compile keeps it.
func (r *Rule) checker() (checker, error) {
	var found []checker
	for _, c := range []struct {
		set bool
		c   checker
	}{
		{r.Expiry != nil, r.Expiry}, {r.MaxAge != nil, r.MaxAge}, {r.Order != nil, r.Order}, {r.Covers != nil, r.Covers},
		{r.Ident != nil, r.Ident}, {r.Match != nil, r.Match}, {r.Denial != nil, r.Denial}, {r.Rows != nil, r.Rows},
		{r.State != nil, r.State}, {r.Phrase != nil, r.Phrase}, {r.Signed != nil, r.Signed}, {r.Votes != nil, r.Votes},
		{r.Limit != nil, r.Limit}, {r.Change != nil, r.Change}, {r.Paired != nil, r.Paired}, {r.Issue != nil, r.Issue}, {r.Fresh != nil, r.Fresh}, {r.Listed != nil, r.Listed},
		{r.Present != nil, r.Present}, {r.Problem != nil, r.Problem},
	} {
		if c.set {
			found = append(found, c.c)
		}
	}
	if len(found) != 1 {
		return nil, fmt.Errorf("%d kinds of check set, want exactly one", len(found))
	}
	return found[0], found[0].validate()
}

var kinds = map[report.FindingKind]bool{report.Completeness: true, report.Validity: true, report.Compliance: true,
	report.Consistency: true, report.Fraud: true, report.Financial: true, report.PostLoanKind: true, report.Security: true}

func (r *Rule) compile(file string) error {
	var errs []error
	bad := func(format string, a ...any) { errs = append(errs, fmt.Errorf(file+": "+format, a...)) }
	if r.ID == "" || !strings.HasPrefix(file, r.ID) {
		bad("id %q is not the beginning of the file's name", r.ID)
	}
	if r.Title == "" || r.Message == "" || r.Remedy == "" {
		bad("title, message and remedy are all needed")
	}
	if !kinds[r.Kind] {
		bad("unknown kind %q", r.Kind)
	}
	if r.Severity.Rank() == 3 && r.Severity != report.Info {
		bad("unknown severity %q", r.Severity)
	}
	if len(r.Basis) == 0 {
		bad("no basis: name an article, a bank rule or say text")
	}
	for _, b := range r.Basis {
		if b.Text != "" && b.Law == "" && (r.Owner == "" || r.Since == "") {
			bad("a basis that is not law needs owner and since")
		}
	}
	if len(r.Examples) < 2 {
		bad("%d examples, want at least one that fires and one that does not", len(r.Examples))
	}
	var err error
	if r.kind, err = r.checker(); err != nil {
		bad("%v", err)
	}
	t, err := template.New(r.ID).Option("missingkey=zero").Parse(r.Message)
	if err != nil {
		bad("message: %v", err)
	}
	r.message = t
	return errors.Join(errs...)
}

func (r *Rule) say(vars map[string]string) string {
	var b strings.Builder
	if err := r.message.Execute(&b, vars); err != nil {
		return r.Title + "（" + err.Error() + "）"
	}
	return b.String()
}

func need(ok bool, what string) error {
	if !ok {
		return fmt.Errorf("%s needed", what)
	}
	return nil
}
