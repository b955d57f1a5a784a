package main

import (
	"context"
	"fmt"
	"os"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/agent"
	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/llm/providers"
	"github.com/xindiao/xindiao/retrieval/chunk"
	"github.com/xindiao/xindiao/retrieval/embed"
)

// This file alone names providers; database.go names the stores.

// modelFlags choose the models.
type modelFlags struct {
	LLM string `name:"llm" help:"Model: none, openai:MODEL@BASE_URL, ollama:MODEL@URL, anthropic:MODEL. Keys come from the environment." default:"none" env:"XINDIAO_LLM"`
	embedFlag
	chunksFlag
}

// chunksFlag lets a bank set the size of passages.
type chunksFlag struct {
	Chunks string `help:"YAML file of passage sizes and of the words that begin a heading, instead of the embedded one." type:"path" env:"XINDIAO_CHUNKS" group:"reading"`
}

func (f chunksFlag) options() (chunk.Options, error) {
	if f.Chunks == "" {
		return chunk.Options{}, nil
	}
	c, err := chunk.Load(f.Chunks)
	if err != nil {
		return chunk.Options{}, &dossier.Error{Kind: dossier.ErrInput, File: f.Chunks, Msg: "段落配置文件有误：" + err.Error()}
	}
	return chunk.Options{Config: c}, nil
}

// embedFlag chooses the embedding model.
type embedFlag struct {
	Embed string `help:"Embedding model: none (the embedded hashing embedder), openai:MODEL[#DIM]@BASE_URL or ollama:MODEL[#DIM]@URL." default:"none" env:"XINDIAO_EMBED"`
}

// embedder opens the embedding model, nil for the embedded one. It remembers what it was asked last.
func (f embedFlag) embedder(ctx context.Context) (llm.Embedder, error) {
	if f.Embed == "none" || f.Embed == "" {
		return nil, nil
	}
	e, err := providers.OpenEmbedder(ctx, f.Embed, providers.Options{Note: func(zh string) { fmt.Fprintln(os.Stderr, "注意 "+zh) }})
	if err != nil {
		return nil, err
	}
	return embed.Cached(e, embed.NewLRU(0)), nil
}

// reranker opens the reranker, nil for none.
func reranker(ctx context.Context, spec string) (llm.Reranker, error) {
	if spec == "none" || spec == "" {
		return nil, nil
	}
	return providers.OpenReranker(ctx, spec, providers.Options{})
}

func (m modelFlags) open(ctx context.Context, opt *agent.Options) error {
	g, err := providers.Open(m.LLM, providers.Options{})
	if err != nil {
		return err
	}
	opt.Model = g
	if opt.Embedder, err = m.embedder(ctx); err != nil {
		return err
	}
	opt.Chunk, err = m.options()
	return err
}

// engine picks the OCR engine; one that was asked for and is not there is an error.
func engine(name string) (ocr.Engine, error) { return ocr.Parse(name) }

// open loads the agent and builds a trip's options from flags.
func open(ctx context.Context, o overrides, m modelFlags, b *bar) (*agent.Agent, agent.Options, error) {
	opt := agent.Options{Override: o.apply}
	if b != nil {
		opt.Progress = b.event
	}
	var err error
	if opt.Read.OCR, err = engine(o.OCR); err != nil {
		return nil, opt, err
	}
	if err := o.readFlags.apply(&opt.Read, ""); err != nil {
		return nil, opt, err
	}
	if opt.Policy, err = o.policy(); err != nil {
		return nil, opt, err
	}
	if err := m.open(ctx, &opt); err != nil {
		return nil, opt, err
	}
	a, err := agent.New()
	if err == nil && o.Types != "" {
		a.Catalogue, err = o.catalogue()
	}
	return a, opt, err
}

func parseAmount(s string) (dossier.Decimal, error) { return decimal.NewFromString(s) }
