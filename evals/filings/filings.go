// Package filings keeps score of the ratio calculator and of the articulation checks over annual reports of thousands
// of listed companies: which computed answers of a labelled question set come out again to the digit, what is refused
// and why, and which statements do not add up, with the likeliest cause of each break.
package filings

import (
	"context"
	"fmt"
	"sort"

	"github.com/xindiao/xindiao/finance"
)

// Schema names the scorecard's JSON.
const Schema = "xindiao.scorecard.filings/v1"

// Card is one run; it holds counts only, no company's name or number, and no times, so that it can be committed.
type Card struct {
	Schema   string `json:"schema"`
	Filings  int    `json:"filings"` // company-years
	Firms    int    `json:"firms"`
	Figures  int    `json:"figures"`
	Unread   int    `json:"unread,omitempty"`   // cells that are no number
	Twice    int    `json:"twice,omitempty"`    // rows given twice
	Unmapped int    `json:"unmapped,omitempty"` // columns that no line is known for

	Questions int                       `json:"questions"`
	Open      int                       `json:"open"`            // ask for prose or general knowledge: not for this suite
	Unknown   int                       `json:"unknown_formula"` // labelled formulas with a term that no line is known for
	Misread   int                       `json:"misunderstood"`   // taken for another ratio or rounding than the label's
	Ratios    []*RatioScore             `json:"ratios"`
	Quoted    Ratio                     `json:"quoted"` // all ratios from the operands that the answers quote
	Tables    map[string]int            `json:"tables"` // outcomes of all ratios from the tables' own fields
	Lineage   Lineage                   `json:"lineage"`
	Fields    map[string]map[string]int `json:"fields"`       // outcomes of plain questions by field
	Compare   map[string]int            `json:"compare"`      // of questions that compare a field over years
	Refuse    map[string]int            `json:"unanswerable"` // of questions whose labelled answer is that nothing is known
	Priors    map[string]int            `json:"priors"`       // last year's amounts as answers quote them against that year's own rows
	Checks    []*Check                  `json:"checks"`
	Breaks    Breaks                    `json:"breaks"`
	Rules     []*Rule                   `json:"rules"` // the product's own checklist over the same statements

	lines []string
}

// Ratio counts hits of a whole.
type Ratio struct {
	Good int `json:"good"`
	Of   int `json:"of"`
}

// Lineage counts computed figures whose own operands lead to their value again.
type Lineage struct {
	Proven int `json:"proven"`
	Broken int `json:"broken"`
}

// Options steer a run.
type Options struct {
	Verbose  bool // keep the lines for WriteText
	Progress func(string)
}

type keeper struct {
	c      *corpus
	o      Options
	card   *Card
	scores map[string]*RatioScore
	checks map[string]*Check
	rules  map[string]*Rule
	forms  map[string][]signed
	either map[string]bool // lines of either sign
	member map[string]bool // lines of financial members of a group
}

// Run scores the tables and questions in dir: balance_static, profit_statement, cash_flow_statement, people and
// baseinfo as .csv.gz, and questions-A.jsonl.
func Run(ctx context.Context, dir string, o Options) (*Card, error) {
	c, err := load(dir)
	if err != nil {
		return nil, err
	}
	k := &keeper{c: c, o: o, scores: map[string]*RatioScore{}, checks: map[string]*Check{}, rules: map[string]*Rule{},
		card: &Card{Schema: Schema, Filings: c.filings, Firms: len(c.firms), Twice: c.twice, Unmapped: len(c.unmapped),
			Tables: map[string]int{}, Fields: map[string]map[string]int{}, Compare: map[string]int{}, Refuse: map[string]int{},
			Priors: map[string]int{}}}
	k.learn()
	for _, u := range c.unmapped {
		k.card.lines = append(k.card.lines, "无对应科目的列 "+u)
	}
	if err := questions(dir, func(q question) error { return k.question(ctx, q) }); err != nil {
		return nil, err
	}
	if err := k.articulateAll(ctx); err != nil {
		return nil, err
	}
	k.close()
	return k.card, nil
}

func (k *keeper) question(ctx context.Context, q question) error {
	k.card.Questions++
	if err := ctx.Err(); err != nil {
		return err
	}
	switch {
	case q.Type == "3-1" || q.Type == "3-2" || q.Prompt["key_word"] == "":
		k.card.Open++
	case q.unanswerable():
		k.refuse(q)
	case q.Prompt["公式"] != "":
		return k.ratio(q)
	case q.Type == "2-2":
		k.compare(q)
	default:
		k.plain(q)
	}
	return nil
}

func (k *keeper) score(r finance.Ratio) *RatioScore {
	if s := k.scores[r.ID]; s != nil {
		return s
	}
	s := &RatioScore{Ratio: r.ID, Name: r.Name, Formula: r.Formula, Tables: map[string]int{}}
	if own := k.c.book.ratios[r.ID].Own; own != "" {
		s.Own = &OwnScore{Ratio: own}
	}
	k.scores[r.ID] = s
	k.card.Ratios = append(k.card.Ratios, s)
	return s
}

func (k *keeper) line(kind string, q question, text string) {
	if k.o.Verbose {
		k.card.lines = append(k.card.lines, fmt.Sprintf("问题%d %s：%s %s", q.ID, kind, q.Question, text))
	}
}

// close sorts and sums.
func (k *keeper) close() {
	sort.Slice(k.card.Ratios, func(i, j int) bool { return k.card.Ratios[i].Ratio < k.card.Ratios[j].Ratio })
	for _, s := range k.card.Ratios {
		k.card.Quoted.Good += s.Quoted
		k.card.Quoted.Of += s.Labelled
		for o, n := range s.Tables {
			k.card.Tables[o] += n
		}
	}
	for _, c := range k.checks {
		k.card.Checks = append(k.card.Checks, c)
	}
	sort.Slice(k.card.Checks, func(i, j int) bool { return k.card.Checks[i].ID < k.card.Checks[j].ID })
	k.card.Breaks.sum(k.card.Checks)
	for _, r := range k.rules {
		k.card.Rules = append(k.card.Rules, r)
	}
	sort.Slice(k.card.Rules, func(i, j int) bool { return natural(k.card.Rules[i].ID) < natural(k.card.Rules[j].ID) })
}
