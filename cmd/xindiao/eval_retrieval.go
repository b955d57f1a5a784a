package main

import (
	"context"

	"github.com/xindiao/xindiao/agent"
	"github.com/xindiao/xindiao/evals/pdf"
	"github.com/xindiao/xindiao/evals/retrieval"
)

func init() {
	readSuites["retrieval"] = func(c *evalCmd, ctx context.Context, _ pdf.Read, _ string) (readCard, error) {
		var opt agent.Options
		if err := c.modelFlags.open(ctx, &opt); err != nil {
			return nil, err
		}
		return retrieval.Run(ctx, c.Data, retrieval.Options{Embedder: opt.Embedder, Progress: progressLine})
	}
}
