package agent

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"github.com/xindiao/xindiao/agent/claims"
	"github.com/xindiao/xindiao/agent/voice"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/prompts"
	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/retrieval"
	"github.com/xindiao/xindiao/retrieval/plan"
	"github.com/xindiao/xindiao/templates"
)

const (
	defaultRounds = 2
	passagesMost  = 24 // of a section
	parallel      = 4
)

// modelWriter lets a model write the prose of sections, and keeps only what its evidence bears out.
type modelWriter struct {
	w     *writer
	gen   llm.Generator
	index *retrieval.Searcher
	book  prompts.Book
	names []string

	mu   sync.Mutex
	used llm.Usage
	done int
}

func newModelWriter(ctx context.Context, w *writer) (*modelWriter, error) {
	book, err := prompts.Embedded()
	if err != nil {
		return nil, err
	}
	index, err := retrieval.New(ctx, w.c.Dossier.Documents, retrieval.Options{Embedder: w.opt.Embedder, Chunk: w.opt.Chunk})
	if err != nil {
		return nil, err
	}
	w.r.Generation.Model = w.opt.Model.Name()
	m := &modelWriter{w: w, gen: w.opt.Model, index: index, book: book}
	for _, d := range w.c.Dossier.Documents {
		if d.Current() && d.Party.Name != "" {
			m.names = append(m.names, d.Party.Name)
		}
	}
	return m, nil
}

// run writes the sections together. A model that cannot be reached fails the draft: the person asked for it.
func (m *modelWriter) run(ctx context.Context, jobs []func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	slots := make(chan struct{}, parallel)
	errs := make(chan error, len(jobs))
	for _, job := range jobs {
		go func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			if ctx.Err() != nil {
				errs <- ctx.Err()
				return
			}
			errs <- job(ctx)
			m.mu.Lock()
			m.done++
			m.w.opt.progress("write", fmt.Sprintf("模型起草 %d/%d 节", m.done, len(jobs)), m.done, len(jobs))
			m.mu.Unlock()
		}()
	}
	var first error
	for range jobs {
		if err := <-errs; err != nil && first == nil {
			first = err
			cancel()
		}
	}
	m.w.r.Generation.Tokens = report.Tokens{In: m.used.In, Out: m.used.Out}
	return first
}

// sentence is what the model answers with.
type sentence struct {
	Text     string   `json:"text"`
	Figures  []string `json:"figures"`
	Passages []string `json:"passages"`
	Judged   bool     `json:"judged"`
}

// evidence is what one section may rest on.
type evidence struct {
	facts    []report.Claim // t1, t2…
	hits     map[string]dossier.Passage
	passages []map[string]string
	figures  map[string]dossier.Figure
	list     []map[string]string
}

// rewrite asks the model for the section's prose, checks each sentence against what it cites, and hands the faults
// back at most Rounds times. Blocks that are not prose stay as they are.
func (m *modelWriter) rewrite(ctx context.Context, s templates.Section, blocks []report.Block, prose []int) error {
	prompt := m.book[s.Prompt]
	if prompt == nil {
		return fmt.Errorf("template section %s: no prompt %q", s.ID, s.Prompt)
	}
	m.mu.Lock()
	m.w.r.Generation.Prompts[prompt.Name] = prompt.SHA256
	m.mu.Unlock()
	ev, err := m.gather(ctx, s, blocks, prose)
	if err != nil {
		return err
	}
	rounds := m.w.opt.Rounds
	if rounds <= 0 {
		rounds = defaultRounds
	}
	var kept []report.Claim
	var faults []string
	dropped := 0
	for round := 0; round <= rounds; round++ {
		sentences, err := m.ask(ctx, prompt, s, ev, faults)
		if err != nil {
			return err
		}
		kept, faults, dropped = m.check(sentences, ev)
		if len(faults) == 0 {
			break
		}
	}
	kept = append(kept, uncovered(ev.facts, kept)...)
	blocks[prose[0]] = report.Block{Type: report.Paragraph, Claims: kept}
	if dropped > 0 {
		blocks[prose[0]].Note = fmt.Sprintf("模型稿中有%d句的数字没有依据，已删去。", dropped)
	}
	for _, i := range prose[1:] {
		blocks[i] = report.Block{Type: report.Paragraph, Claims: []report.Claim{}}
	}
	return nil
}

// gather collects the section's facts, the figures behind them, and passages for its questions.
func (m *modelWriter) gather(ctx context.Context, s templates.Section, blocks []report.Block, prose []int) (*evidence, error) {
	ev := &evidence{hits: map[string]dossier.Passage{}, figures: map[string]dossier.Figure{}}
	for _, i := range prose {
		ev.facts = append(ev.facts, blocks[i].Claims...)
	}
	add := func(id string) {
		if f, ok := m.w.c.Figures.Figure(id); ok && ev.figures[id].ID == "" {
			ev.figures[id] = f
			ev.list = append(ev.list, map[string]string{"ID": id, "Name": f.Name, "Period": f.Period.Chinese(), "Value": voice.FormatFigure(f)})
		}
	}
	for _, b := range blocks {
		for _, c := range b.Claims {
			for _, id := range c.Figures {
				add(id)
			}
		}
		for _, row := range b.Rows {
			for _, c := range row {
				for _, id := range c.Figures {
					add(id)
				}
			}
		}
	}
	p, err := plan.Section(s.Title, s.Questions, plan.Options{Names: []string{m.w.c.Dossier.Application.Applicant}, AsOf: m.w.c.Dossier.Application.AsOf})
	if err != nil {
		return nil, err
	}
	found, err := m.index.Search(ctx, retrieval.Query{Plan: &p, K: passagesMost})
	if err != nil {
		return nil, err
	}
	for _, h := range found.Hits {
		p := h.Evidence() // with its table's heading and unit
		ev.hits[p.ID] = p
		ev.passages = append(ev.passages, map[string]string{"ID": p.ID, "From": where(p.Place), "Text": fence.Replace(p.Text)})
	}
	return ev, nil
}

// fence keeps a material from closing the marks between which it is quoted.
var fence = strings.NewReplacer("<<<", "〈〈〈", ">>>", "〉〉〉")

func where(p dossier.Place) string {
	if p.Page > 0 {
		return fmt.Sprintf("%s 第%d页", p.File, p.Page)
	}
	return p.File
}

func (m *modelWriter) ask(ctx context.Context, p *prompts.Prompt, s templates.Section, ev *evidence, faults []string) ([]sentence, error) {
	facts := make([]map[string]string, len(ev.facts))
	for i, f := range ev.facts {
		facts[i] = map[string]string{"ID": fmt.Sprintf("t%d", i+1), "Text": f.Text}
	}
	text, err := p.Render(map[string]interface{}{"title": s.Title, "questions": s.Questions, "figures": ev.list, "facts": facts,
		"passages": ev.passages, "faults": faults})
	if err != nil {
		return nil, err
	}
	resp, err := m.gen.Generate(ctx, llm.Request{System: "你是银行授信调查报告的起草助手，只依据给出的材料写作。", Messages: llm.Ask(text),
		Schema: json.RawMessage(p.Schema), SchemaName: p.Name, MaxTokens: 4096})
	m.mu.Lock()
	m.used = m.used.Add(resp.Usage)
	m.mu.Unlock()
	if err != nil {
		return nil, &dossier.Error{Kind: dossier.ErrDependency, Msg: "模型未能起草“" + s.Title + "”一节", Cause: err}
	}
	var answer struct {
		Sentences []sentence `json:"sentences"`
	}
	if err := json.Unmarshal([]byte(resp.Text), &answer); err != nil {
		return nil, &dossier.Error{Kind: dossier.ErrDependency, Msg: "模型的回答不是约定的格式", Cause: err}
	}
	return answer.Sentences, nil
}

// check keeps the sentences that hold. A number without evidence drops its sentence; other faults leave it in,
// marked 待核实 with the reason.
func (m *modelWriter) check(list []sentence, ev *evidence) (kept []report.Claim, faults []string, dropped int) {
	for _, s := range list {
		c, in, unknown := m.claim(s, ev)
		v := claims.Check(in)
		switch {
		case len(unknown) > 0:
			faults = append(faults, fmt.Sprintf("“%s”引用了不存在的编号 %v", s.Text, unknown))
			dropped++
			continue
		case len(c.Figures)+len(s.Passages) == 0:
			faults = append(faults, fmt.Sprintf("“%s”没有列出依据", s.Text))
			dropped++
			continue
		case v.OK:
			kept = append(kept, c)
			continue
		}
		faults = append(faults, fmt.Sprintf("“%s”：%s", c.Text, v.Reasons()))
		if invented(v) {
			dropped++
			continue
		}
		c.Status, c.Reason = report.Unverified, v.Reasons()
		kept = append(kept, c)
	}
	return kept, faults, dropped
}

func invented(v claims.Verdict) bool {
	for _, f := range v.Faults {
		switch f.Kind {
		case claims.BadNumber, claims.BadSwap, claims.BadPeriod, claims.BadQuote:
			return true
		}
	}
	return false
}
