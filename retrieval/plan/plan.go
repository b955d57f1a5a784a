// Package plan turns the questions of a report's section into searches: words of the trade joined by their synonyms,
// statement items by their names in the accounts, periods by their dates.
package plan

import (
	"strings"
	"unicode/utf8"

	"github.com/xindiao/xindiao/dossier"
)

// Plan is what is searched for one question, or for a section's questions.
type Plan struct {
	Text    string // as it was asked
	Queries []Query
}

// Query is one search of a plan.
type Query struct {
	Text   string  // in words, for embedding and reranking: the borrower's name left out
	Terms  []Term  // for the lexical leg
	Weight float64 // of its rankings in the fusion
	Vector bool    // whether it is embedded too
}

// Term is a stretch of text to look for.
type Term struct {
	Text   string
	Weight float64
	Why    string // 同义：炒股, 科目：银行存款, 期间：上年末; "" for what was asked, always first
}

// Options of planning.
type Options struct {
	Names []string     // the borrower's: left out within its own dossier, where every paper bears them
	AsOf  dossier.Date // day against which 上年末 is understood; zero leaves such words alone
	Book  *Book        // Embedded when nil
}

// Bounds of a plan: a question may come from anywhere.
const (
	maxRunes   = 500 // of a question
	maxQueries = 24
	maxTerms   = 64 // of a query
)

// New plans one question.
func New(text string, o Options) (Plan, error) {
	b, err := o.book()
	if err != nil {
		return Plan{}, err
	}
	p := Plan{Text: text}
	p.add(b.query(text, o, 1, true))
	return p, nil
}

// Section plans a section: its title, each of its questions, and the topics that a question lists.
func Section(title string, questions []string, o Options) (Plan, error) {
	b, err := o.book()
	if err != nil {
		return Plan{}, err
	}
	p := Plan{Text: strings.Join(append([]string{title}, questions...), "；")}
	for _, q := range questions {
		p.add(b.query(q, o, 1, true))
	}
	for _, q := range questions {
		for _, t := range topics(q) {
			p.add(b.query(t, o, b.weights.Topic, false))
		}
	}
	p.add(b.query(title, o, b.weights.Title, len(questions) == 0))
	return p, nil
}

func (o Options) book() (*Book, error) {
	if o.Book != nil {
		return o.Book, nil
	}
	return Embedded()
}

// add takes a query with something to look for, once.
func (p *Plan) add(q Query) {
	if len(q.Terms) == 0 || len(p.Queries) >= maxQueries {
		return
	}
	for _, old := range p.Queries {
		if old.Terms[0].Text == q.Terms[0].Text {
			return
		}
	}
	p.Queries = append(p.Queries, q)
}

// topics are the parts of a question that is a list: 股东、法定代表人、公司治理. None when it is no list.
func topics(q string) []string {
	parts := strings.FieldsFunc(q, func(r rune) bool { return strings.ContainsRune("、，；,;", r) })
	if len(parts) < 2 {
		return nil
	}
	var out []string
	for _, s := range parts {
		if n := utf8.RuneCountInString(strings.TrimSpace(s)); n >= 2 && n <= 16 {
			out = append(out, strings.TrimSpace(s))
		}
	}
	return out
}
