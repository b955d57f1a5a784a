package main

import (
	"context"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/agent"
	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/llm/providers"
)

// This file alone names providers; stores will be named here too.

// modelFlags choose the models.
type modelFlags struct {
	LLM   string `name:"llm" help:"Model: none, openai:MODEL@BASE_URL, ollama:MODEL@URL, anthropic:MODEL. Keys come from the environment." default:"none" env:"XINDIAO_LLM"`
	Embed string `help:"Embedding model: none (the embedded hashing embedder) or openai:MODEL@BASE_URL." default:"none" env:"XINDIAO_EMBED"`
}

func (m modelFlags) open(ctx context.Context, opt *agent.Options) error {
	g, err := providers.Open(m.LLM, providers.Options{})
	if err != nil {
		return err
	}
	opt.Model = g
	if m.Embed != "none" && m.Embed != "" {
		var e llm.Embedder
		if e, err = providers.OpenEmbedder(ctx, m.Embed, providers.Options{}); err != nil {
			return err
		}
		opt.Embedder = e
	}
	return nil
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
