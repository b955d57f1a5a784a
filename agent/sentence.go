package agent

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/agent/claims"
	"github.com/xindiao/xindiao/agent/voice"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

var figureRef = regexp.MustCompile(`\{\{\s*fig:\s*(f\d+)\s*\}\}`)

// claim renders a model's sentence: figure references become values, cited ids become places. unknown lists ids that
// were never offered.
func (m *modelWriter) claim(s sentence, ev *evidence) (c report.Claim, in claims.Input, unknown []string) {
	in = claims.Input{Application: m.w.c.Dossier.Application, Names: m.names}
	c = report.Claim{Author: report.ByModel, Status: report.Quoted}
	use := func(id string) (dossier.Figure, bool) {
		f, ok := ev.figures[id]
		if !ok {
			unknown = append(unknown, id)
			return f, false
		}
		for _, have := range c.Figures {
			if have == id {
				return f, true
			}
		}
		c.Figures = append(c.Figures, id)
		in.Figures = append(in.Figures, f)
		if f.Source != nil {
			c.Citations = append(c.Citations, report.Cite(f.Source.Place))
		}
		return f, true
	}
	c.Text = tidy(figureRef.ReplaceAllStringFunc(strings.TrimSpace(s.Text), func(ref string) string {
		f, ok := use(figureRef.FindStringSubmatch(ref)[1])
		if !ok {
			return "〔？〕"
		}
		return voice.FormatFigure(f)
	}))
	for _, id := range s.Figures {
		use(id)
	}
	for _, id := range s.Passages {
		if p, ok := ev.hits[id]; ok {
			in.Passages = append(in.Passages, p)
			place := p.Place
			if place.Quote == "" {
				place.Quote = p.Text
			}
			c.Citations = append(c.Citations, report.Cite(place))
			continue
		}
		if f, ok := ev.fact(id); ok {
			in.Passages = append(in.Passages, dossier.Passage{ID: id, Text: f.Text})
			c.Citations = append(c.Citations, f.Citations...)
			for _, fig := range f.Figures {
				if _, ok := ev.figures[fig]; ok {
					use(fig)
				}
			}
			continue
		}
		unknown = append(unknown, id)
	}
	in.Sentence = c.Text
	switch {
	case s.Judged:
		c.Status = report.Judged
	case len(in.Figures) > 0:
		c.Status = report.Read
		for _, f := range in.Figures {
			if f.Source == nil {
				c.Status = report.Computed
			}
		}
	}
	return c, in, unknown
}

func (ev *evidence) fact(id string) (report.Claim, bool) {
	n, err := strconv.Atoi(strings.TrimPrefix(id, "t"))
	if err != nil || !strings.HasPrefix(id, "t") || n < 1 || n > len(ev.facts) {
		return report.Claim{}, false
	}
	return ev.facts[n-1], true
}

// uncovered returns the checked facts that the model's prose does not carry: what was known is never lost.
func uncovered(facts, prose []report.Claim) []report.Claim {
	var out []report.Claim
	for _, f := range facts {
		if !carried(f, prose) {
			out = append(out, f)
		}
	}
	return out
}

func carried(f report.Claim, prose []report.Claim) bool {
	used := map[string]bool{}
	text := ""
	for _, c := range prose {
		if c.Status == report.Unverified {
			continue
		}
		for _, id := range c.Figures {
			used[id] = true
		}
		text += c.Text
	}
	for _, id := range f.Figures {
		if !used[id] {
			return false
		}
	}
	for _, n := range claims.Numbers(f.Text) {
		if !strings.Contains(text, f.Text[n.Start:n.End]) {
			return false
		}
	}
	return share(f.Text, text) >= 0.5
}

// share is the part of a's character pairs that stand in b.
func share(a, b string) float64 {
	r := []rune(a)
	n, hit := 0, 0
	for i := 0; i+1 < len(r); i++ {
		n++
		if strings.Contains(b, string(r[i:i+2])) {
			hit++
		}
	}
	if n == 0 {
		return 1
	}
	return float64(hit) / float64(n)
}
