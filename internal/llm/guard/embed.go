package guard

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/xindiao/xindiao/internal/llm"
)

// EmbedWire is one call to an embedding server: vectors in the texts' order. Errors are *llm.Error.
type EmbedWire func(ctx context.Context, texts []string) ([][]float32, llm.Usage, error)

// EmbedOptions bound and shape the calls of one Embedder. The zero value takes the defaults.
type EmbedOptions struct {
	Options                 // Deadline is of one call with all attempts
	Batch   int             // texts a call at most; default 32. A server that takes fewer is found out
	Tokens  int             // estimated tokens a call at most, default 60,000; found out likewise
	Longest int             // estimated tokens of one text, 0: as many as the server takes. The rest is cut off, and Note told
	Dim     int             // numbers that a vector must have; 0 takes the first answer's
	Nested  bool            // the model's vectors may be cut down to Dim (Matryoshka)
	Query   string          // put before a question
	Passage string          // put before a passage
	Note    func(zh string) // told what was left out, without the texts' words; default nothing

	Patience time.Duration // for questions: a search waits; default 10 s
	Rest     time.Duration // how long questions are not sent to a server that failed; default 30 s, negative: not at all
}

// Embedder batches, masks, retries in halves, checks and counts around an EmbedWire. Its vectors have length one.
type Embedder struct {
	*gate
	name   string
	wire   EmbedWire
	o      EmbedOptions
	limits limits
	rest   rest
	dim    int // under gate.mu
}

// NewEmbedder wraps a wire; name tells model and server, and Name adds what else makes a space.
func NewEmbedder(name string, wire EmbedWire, o EmbedOptions) *Embedder {
	if o.Batch <= 0 {
		o.Batch = 32
	}
	if o.Tokens <= 0 {
		o.Tokens = 60_000
	}
	if o.Patience <= 0 {
		o.Patience = 10 * time.Second
	}
	return &Embedder{rest: rest{d: orRest(o.Rest)}, gate: newGate(o.Options), name: name, wire: wire, o: o, dim: o.Dim, limits: limits{count: o.Batch, tokens: o.Tokens}}
}

// Name is openai:MODEL@HOST/1024, and a fingerprint of the prefixes where there are any.
func (e *Embedder) Name() string {
	name := fmt.Sprintf("%s/%d", e.name, e.Dim())
	if e.o.Query+e.o.Passage != "" {
		name += "~" + fingerprint(e.o.Query, e.o.Passage)
	}
	return name
}

func fingerprint(parts ...string) string {
	sum := sha256.Sum256([]byte(fmt.Sprintf("%q", parts)))
	return fmt.Sprintf("%x", sum[:3])
}

// Dim is 0 before the first answer, when none was asked for.
func (e *Embedder) Dim() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.dim
}

// Embed returns the vectors of passages.
func (e *Embedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	vs, err := e.all(ctx, e.o.Passage, texts)
	e.rest.saw(ctx, err)
	return vs, err
}

// EmbedQueries returns the vectors of questions, within Patience; it fails at once while the server rests.
func (e *Embedder) EmbedQueries(ctx context.Context, questions []string) ([][]float32, error) {
	if err := e.rest.resting(); err != nil {
		return nil, err
	}
	inner, cancel := context.WithTimeout(ctx, e.o.Patience)
	defer cancel()
	vs, err := e.all(inner, e.o.Query, questions)
	e.rest.saw(ctx, err)
	return vs, err
}

func (e *Embedder) all(ctx context.Context, prefix string, texts []string) ([][]float32, error) {
	sent := make([]string, len(texts))
	for i, t := range texts {
		sent[i] = e.prepare(prefix, t)
	}
	out := make([][]float32, len(texts))
	g, inner := errgroup.WithContext(ctx)
	for from := 0; from < len(sent); {
		if err := e.enter(inner, e.name); err != nil {
			g.Go(func() error { return err })
			break
		}
		a := from
		b := a + e.limits.batch(sent[a:]) // after waiting: an earlier call may have learned
		g.Go(func() error {
			defer e.leave()
			_, err := e.part(inner, prefix, sent[a:b], out[a:b])
			return err
		})
		from = b
	}
	if err := g.Wait(); err != nil {
		if ctx.Err() != nil && llm.KindOf(err) != llm.ErrCanceled {
			err = ctxError(ctx, e.name)
		}
		return nil, err
	}
	return out, nil
}

// prepare is a text as it is sent.
func (e *Embedder) prepare(prefix, text string) string {
	text = plain(text)
	if !e.gate.o.NoMask {
		text = Hide(text)
	}
	if e.o.Longest > 0 {
		short, whole := Shorten(text, max(1, e.o.Longest-Estimate(prefix)))
		if !whole {
			e.note(text, short)
		}
		text = short
	}
	return prefix + text
}

func (e *Embedder) note(text, short string) {
	if e.o.Note != nil {
		e.o.Note(fmt.Sprintf("%s：一段文本约 %d 词元，超过模型上限，向量只按前约 %d 词元计算", e.name, Estimate(text), Estimate(short)))
	}
}

// part fills out with the vectors of texts. A refused batch is sent in halves, a refused text shortened.
func (e *Embedder) part(ctx context.Context, prefix string, texts []string, out [][]float32) (part, error) {
	tokens := 0
	for _, t := range texts {
		tokens += Estimate(t)
	}
	err := e.once(ctx, texts, out)
	if err == nil {
		e.limits.accepted(len(texts))
		return part{texts: len(texts), tokens: tokens}, nil
	}
	if !tooMuch(err) {
		return part{}, err
	}
	if len(texts) == 1 {
		return e.shorter(ctx, prefix, texts[0], out, err)
	}
	half := (len(texts) + 1) / 2
	p, err := e.part(ctx, prefix, texts[:half], out[:half])
	if err != nil {
		return p, err
	}
	q, err := e.part(ctx, prefix, texts[half:], out[half:])
	p = p.with(q)
	if err == nil && !p.cut {
		e.limits.refused(len(texts), p.texts, p.tokens)
	}
	return p, err
}

// least is the shortest that a text is cut to, in estimated tokens.
const least = 32

// shorter sends less and less of one text until the server takes it; the first refusal is the error otherwise.
func (e *Embedder) shorter(ctx context.Context, prefix, text string, out [][]float32, refusal error) (part, error) {
	body := text[len(prefix):]
	for n := Estimate(body); n > least; {
		n = max(n*3/4, least)
		short, _ := Shorten(body, n)
		err := e.once(ctx, []string{prefix + short}, out)
		if err == nil {
			e.note(body, short)
			return part{texts: 1, tokens: n, cut: true}, nil
		}
		if !tooMuch(err) {
			return part{}, err
		}
		n = min(n, Estimate(short))
	}
	return part{}, refusal
}

// once makes one call and takes over what it gave, when that is what was promised.
func (e *Embedder) once(ctx context.Context, texts []string, out [][]float32) error {
	ctx, cancel := context.WithTimeout(ctx, e.gate.o.Deadline)
	defer cancel()
	vs, used, err := e.wire(ctx, texts)
	e.count(used)
	if err != nil {
		if ctx.Err() != nil && llm.KindOf(err) != llm.ErrCanceled {
			err = ctxError(ctx, e.name)
		}
		return err
	}
	if len(vs) != len(texts) {
		return e.invalid("向量个数与文本个数不符")
	}
	for i, v := range vs {
		if vs[i], err = e.checked(v); err != nil {
			return err
		}
	}
	copy(out, vs)
	return nil
}

// checked is v cut to the dimension and of length one.
func (e *Embedder) checked(v []float32) ([]float32, error) {
	e.mu.Lock()
	if e.dim == 0 {
		e.dim = len(v)
	}
	dim := e.dim
	e.mu.Unlock()
	if e.o.Nested && len(v) > dim {
		v = v[:dim:dim]
	}
	if len(v) != dim || dim == 0 {
		return nil, e.invalid(fmt.Sprintf("向量为 %d 维，应为 %d 维", len(v), dim))
	}
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if math.IsNaN(sum) || math.IsInf(sum, 0) {
		return nil, e.invalid("向量含非数")
	}
	if sum == 0 {
		return nil, e.invalid("向量全为零")
	}
	k := 1 / math.Sqrt(sum)
	out := make([]float32, dim)
	for i, x := range v {
		out[i] = float32(float64(x) * k)
	}
	return out, nil
}

func (e *Embedder) invalid(note string) error {
	return &llm.Error{Kind: llm.ErrInvalid, Provider: e.name, Note: note}
}
