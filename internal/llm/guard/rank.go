package guard

import (
	"context"
	"math"
	"time"

	"github.com/xindiao/xindiao/internal/llm"
)

// RankWire is one call to a rerank server: one score a text, in the texts' order, -Inf where it gave none. Errors are
// *llm.Error.
type RankWire func(ctx context.Context, query string, texts []string) ([]float64, llm.Usage, error)

// RankOptions bound the calls of one Reranker. The zero value takes the defaults.
type RankOptions struct {
	Options     // Deadline is of one Rerank with all its calls
	Batch   int // texts a call at most; default 64. A server that takes fewer is found out
	Tokens  int // estimated tokens a call at most, default 60,000; found out likewise
	Longest int // estimated tokens of question and text together, default 1,000: the text's rest is cut off

	Rest time.Duration // how long a server that failed is not asked again; default 30 s, negative: not at all
}

// Reranker batches, masks, bounds and counts around a RankWire. A cross-encoder scores each text for itself, so
// scores of two calls compare.
type Reranker struct {
	*gate
	name   string
	wire   RankWire
	o      RankOptions
	limits limits
	rest   rest
}

// NewReranker wraps a wire.
func NewReranker(name string, wire RankWire, o RankOptions) *Reranker {
	if o.Batch <= 0 {
		o.Batch = 64
	}
	if o.Tokens <= 0 {
		o.Tokens = 60_000
	}
	if o.Longest <= 0 {
		o.Longest = 1000
	}
	return &Reranker{gate: newGate(o.Options), name: name, wire: wire, o: o, limits: limits{count: o.Batch, tokens: o.Tokens}, rest: rest{d: orRest(o.Rest)}}
}

// Name is rerank:MODEL@HOST.
func (r *Reranker) Name() string { return r.name }

// Rerank scores the texts. The question and the texts are masked together.
func (r *Reranker) Rerank(ctx context.Context, query string, texts []string) ([]float64, error) {
	if len(texts) == 0 {
		return nil, nil
	}
	if err := r.rest.resting(); err != nil {
		return nil, err
	}
	scores, err := r.all(ctx, query, texts)
	r.rest.saw(ctx, err)
	return scores, err
}

func (r *Reranker) all(ctx context.Context, query string, texts []string) ([]float64, error) {
	ctx, cancel := context.WithTimeout(ctx, r.gate.o.Deadline)
	defer cancel()
	if err := r.enter(ctx, r.name); err != nil {
		return nil, err
	}
	defer r.leave()
	sent := append([]string{query}, texts...)
	for i, t := range sent {
		sent[i] = plain(t)
	}
	if !r.gate.o.NoMask {
		sent = HideTogether(sent...)
	}
	query, _ = Shorten(sent[0], r.o.Longest/2)
	sent = sent[1:]
	for i, t := range sent {
		sent[i], _ = Shorten(t, r.o.Longest-Estimate(query))
	}
	out := make([]float64, len(sent))
	for from := 0; from < len(sent); {
		to := from + r.limits.batch(sent[from:])
		if _, err := r.part(ctx, query, sent[from:to], out[from:to]); err != nil {
			if ctx.Err() != nil && llm.KindOf(err) != llm.ErrCanceled {
				err = ctxError(ctx, r.name)
			}
			return nil, err
		}
		from = to
	}
	return out, nil
}

// part scores texts into out; a refused call is made again in halves.
func (r *Reranker) part(ctx context.Context, query string, texts []string, out []float64) (part, error) {
	scores, used, err := r.wire(ctx, query, texts)
	r.count(used)
	switch {
	case err == nil && len(scores) != len(texts):
		return part{}, r.invalid("分数个数与文本个数不符")
	case err == nil:
		for _, s := range scores {
			if math.IsNaN(s) || math.IsInf(s, 1) {
				return part{}, r.invalid("分数不是数")
			}
		}
		copy(out, scores)
		r.limits.accepted(len(texts))
		tokens := 0
		for _, t := range texts {
			tokens += Estimate(t)
		}
		return part{texts: len(texts), tokens: tokens}, nil
	case len(texts) == 1 || !tooMuch(err):
		return part{}, err
	}
	half := (len(texts) + 1) / 2
	p, err := r.part(ctx, query, texts[:half], out[:half])
	if err != nil {
		return p, err
	}
	q, err := r.part(ctx, query, texts[half:], out[half:])
	p = p.with(q)
	if err == nil {
		r.limits.refused(len(texts), p.texts, p.tokens)
	}
	return p, err
}

func (r *Reranker) invalid(note string) error {
	return &llm.Error{Kind: llm.ErrInvalid, Provider: r.name, Note: note}
}
