package main

import (
	"context"

	"github.com/xindiao/xindiao/evals/annual"
	"github.com/xindiao/xindiao/evals/pdf"
)

func init() {
	readSuites["annual"] = func(c *evalCmd, ctx context.Context, one pdf.Read, _ string) (readCard, error) {
		return annual.Run(ctx, c.Data, one, progressLine)
	}
}
