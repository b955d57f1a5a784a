package agent

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/xindiao/xindiao/agent/voice"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/templates"
)

// writer drafts one report.
type writer struct {
	a     *Agent
	c     *Case
	v     *voice.Voice
	r     *report.Report
	opt   Options
	model *modelWriter                  // nil without a model
	later []func(context.Context) error // sections for the model, written together at the end
}

// Write chooses the template and drafts every section. Without a model the templates' own sentences are said over
// figures, fields and quoted evidence; with one, its sentences are checked before they are kept.
func (a *Agent) Write(ctx context.Context, c *Case, opt Options) (*report.Report, error) {
	app := c.Dossier.Application
	choice, err := a.Templates.Choose(app, c.Code, c.Industry, opt.Template)
	if err != nil {
		return nil, err
	}
	kind := report.Credit
	if app.PostLoan() {
		kind = report.PostLoan
	}
	w := &writer{a: a, c: c, v: a.voice(c), opt: opt}
	w.r = &report.Report{Schema: report.SchemaReport, Kind: kind, Title: choice.Title, Missing: []report.MissingItem{},
		Findings: c.Result.Findings, Materials: a.materials(c.Dossier),
		Template:   report.Template{ID: strings.Join(choice.IDs, "+"), Industry: c.Code, Why: choice.Why},
		Generation: report.Generation{Model: "none", Prompts: map[string]string{}},
	}
	w.r.Cover = w.cover()
	if !llm.Absent(opt.Model) {
		if w.model, err = newModelWriter(ctx, w); err != nil {
			return nil, err
		}
	}
	total := len(choice.Sections)
	for i, s := range choice.Sections {
		opt.progress("write", "起草 "+s.Title, i, total)
		out, err := w.section(s)
		if err != nil {
			return nil, err
		}
		w.r.Sections = append(w.r.Sections, *out)
	}
	if w.model != nil {
		if err := w.model.run(ctx, w.later); err != nil {
			return nil, err
		}
	}
	opt.progress("write", "起草完成", total, total)
	w.finish(choice)
	return w.r, nil
}

func (w *writer) cover() report.Cover {
	app := w.c.Dossier.Application
	c := report.Cover{Applicant: app.Applicant, Lender: app.Lender, Product: app.Product, Guarantee: app.Guarantee, AsOf: app.AsOf}
	if app.AmountCNY.IsPositive() {
		c.Amount = voice.Wan(app.AmountCNY)
	}
	if app.TermMonths > 0 {
		c.Term = fmt.Sprintf("%d个月", app.TermMonths)
	}
	if w.c.Code != "" {
		c.Industry = w.c.Code + " " + w.c.Industry
	}
	return c
}

// section drafts a section; what a model shall write is noted for later, on the section's own blocks.
func (w *writer) section(s templates.Section) (*report.Section, error) {
	out := &report.Section{ID: s.ID, Title: s.Title, Blocks: []report.Block{}}
	var gaps []report.Claim
	var prose []int
	for _, b := range s.Blocks {
		blocks, missing, err := w.block(s, b)
		if err != nil {
			return nil, fmt.Errorf("template section %s: %w", s.ID, err)
		}
		if len(b.Paragraph) > 0 && len(blocks) > 0 {
			prose = append(prose, len(out.Blocks))
		}
		out.Blocks = append(out.Blocks, blocks...)
		gaps = append(gaps, missing...)
	}
	if len(gaps) > 0 {
		out.Blocks = append(out.Blocks, report.Block{Type: report.Gap, Claims: gaps})
	}
	if w.model != nil && s.Prompt != "" && len(prose) > 0 {
		blocks := out.Blocks // shared with the section in the report: the model fills the same blocks
		w.later = append(w.later, func(ctx context.Context) error { return w.model.rewrite(ctx, s, blocks, prose) })
	}
	for _, sub := range s.Sections {
		o, err := w.section(sub)
		if err != nil {
			return nil, err
		}
		if len(o.Blocks) > 0 {
			out.Sections = append(out.Sections, *o)
		}
	}
	return out, nil
}

func (w *writer) block(s templates.Section, b templates.Block) (blocks []report.Block, gaps []report.Claim, err error) {
	switch {
	case b.Table != nil:
		return w.table(s, *b.Table)
	case b.Chart != nil:
		return w.chart(*b.Chart), nil, nil
	case b.Builder != "":
		build, ok := builder(b.Builder)
		if !ok {
			return nil, nil, fmt.Errorf("no builder named %q", b.Builder)
		}
		return build(w), nil, nil
	}
	kind := report.Paragraph
	if len(b.List) > 0 {
		kind = report.List
	}
	out := report.Block{Type: kind, Claims: []report.Claim{}}
	for _, it := range b.Items() {
		claim, said, err := w.say(it)
		if err != nil {
			return nil, nil, fmt.Errorf("item %s: %w", it.ID, err)
		}
		if it.Required {
			w.count(s, it.Name, it.Needs, said)
		}
		if said {
			out.Claims = append(out.Claims, claim)
		} else if it.Required {
			gaps = append(gaps, w.gap(it.Name, it.Needs))
		}
	}
	if len(out.Claims) > 0 {
		blocks = append(blocks, out)
	}
	return blocks, gaps, nil
}

// say renders the first alternative that has all it names.
func (w *writer) say(it templates.Item) (report.Claim, bool, error) {
	holds, err := w.v.Holds(it.When)
	if err != nil || !holds {
		return report.Claim{}, false, err
	}
	for _, text := range it.Say {
		c, err := w.v.Say(text, it.Judged)
		if errors.Is(err, voice.ErrMissing) {
			continue
		}
		if err != nil {
			return c, false, err
		}
		c.Text = tidy(c.Text)
		return c, true, nil
	}
	return report.Claim{}, false, nil
}

// tidy mends what joining sentences leaves behind: two full stops, a stop after a quoted stop.
func tidy(s string) string {
	r := strings.NewReplacer("。。", "。", "。”。", "。”", "；。", "。", "，。", "。", "。；", "；")
	for {
		t := r.Replace(s)
		if t == s {
			return s
		}
		s = t
	}
}

func (w *writer) count(s templates.Section, item string, needs []string, filled bool) {
	w.r.Coverage.Required++
	if filled {
		w.r.Coverage.Filled++
		return
	}
	w.r.Coverage.Missing++
	w.r.Missing = append(w.r.Missing, report.MissingItem{Section: s.Title, Item: item, Needs: w.names(needs)})
}

func (w *writer) names(ids []string) []string {
	out := make([]string, 0, len(ids))
	for _, id := range ids {
		out = append(out, w.a.Catalogue.Name(id))
	}
	return out
}

func (w *writer) gap(item string, needs []string) report.Claim {
	return report.Claim{Text: fmt.Sprintf("待补充：%s（需提供%s）。", item, strings.Join(w.names(needs), "或")), Status: report.Missing, Author: report.ByTemplate}
}

// finish adds what is only known at the end: figures, coverage, the hash of the inputs.
func (w *writer) finish(choice templates.Choice) {
	w.r.Sections = clean(w.r.Sections)
	for _, f := range w.c.Figures.All() {
		w.r.Figures = append(w.r.Figures, report.Figure(f))
	}
	if cov := &w.r.Coverage; cov.Required > 0 {
		cov.Rate = math.Round(float64(cov.Filled)/float64(cov.Required)*10000) / 10000
	}
	h := sha256.New()
	enc := json.NewEncoder(h)
	_ = enc.Encode(choice.IDs)
	_ = enc.Encode(w.c.Dossier.Application)
	for _, d := range w.c.Dossier.Documents {
		_ = enc.Encode([]string{d.File, d.SHA256, d.Type})
	}
	w.r.Generation.Inputs = hex.EncodeToString(h.Sum(nil))
}

func (a *Agent) materials(d *dossier.Dossier) []report.Material {
	out := make([]report.Material, 0, len(d.Documents))
	for _, doc := range d.Documents {
		m := report.Material{File: doc.File, Type: doc.Type, NameZH: doc.TypeName, Pages: len(doc.Pages), Scan: doc.Scan, State: "采用", Problems: []string{}}
		switch {
		case doc.Type == dossier.TypeArchive:
			m.State = "压缩包"
		case doc.Type == dossier.TypeIrrelevant:
			m.State = "无关"
		case doc.DuplicateOf != "":
			m.State = "重复（同 " + doc.DuplicateOf + "）"
		case doc.SupersededBy != "":
			m.State = "已被替代（见 " + doc.SupersededBy + "）"
		case len(doc.Pages) == 0:
			m.State = "未能读取"
		case doc.Type == dossier.TypeUnknown:
			m.State = "未能识别"
		}
		for _, p := range doc.Problems {
			m.Problems = append(m.Problems, p.Msg)
		}
		out = append(out, m)
	}
	return out
}
