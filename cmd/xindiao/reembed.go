package main

import (
	"context"
	"fmt"

	"github.com/xindiao/xindiao/agent"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/retrieval/embed"
)

type reembedCmd struct {
	Rate float64 `help:"Texts embedded a second at most; 0: as fast as the model answers." default:"0"`
	embedFlag
	databaseFlags
}

// Run embeds what has no vector of the model yet, beside the old vectors, and switches each customer and corpus when
// all of it is there. Stopped, it goes on where it was the next time.
func (c *reembedCmd) Run(ctx context.Context) error {
	db, err := c.database(ctx, true)
	if err != nil {
		return err
	}
	defer db.Close()
	var e llm.Embedder
	if e, err = c.embedder(ctx); err != nil {
		return err
	}
	if e == nil {
		e = embed.Hash{}
	}
	b := newBar()
	sum, err := embed.Move{To: e, Rate: c.Rate, Actor: actor(), Event: func(ev embed.Event) {
		text := "重建向量 " + ev.Collection
		switch {
		case ev.Err != nil:
			text += "：暂不切换，" + ev.Err.Error()
		case ev.Switched:
			text += "：已切换"
		}
		b.event(agent.Event{Step: "index", Text: text, Done: ev.Done, Total: ev.Total})
	}}.Run(ctx, db)
	b.done()
	fmt.Printf("模型   %s\n集合   %d 个，本次切换 %d，未切换 %d\n向量   新增 %d\n", e.Name(), sum.Collections, sum.Switched, sum.Failed, sum.Chunks)
	return err
}
