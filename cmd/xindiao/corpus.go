package main

import (
	"context"
	"fmt"
	"os"

	"github.com/xindiao/xindiao/agent"
	"github.com/xindiao/xindiao/documents/read"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/retrieval/corpus"
)

type corpusCmd struct {
	Add    corpusAddCmd    `cmd:"" help:"Put a folder of the bank's own (policies, past reports) into the database, or law and industry, which ship with xindiao."`
	List   corpusListCmd   `cmd:"" help:"List the shared corpora."`
	Remove corpusRemoveCmd `cmd:"" help:"Take a corpus out of the database."`
}

type corpusAddCmd struct {
	Name string `arg:"" help:"Name to search it by: law, industry, or one of a-z, 0-9, - and _."`
	Dir  string `arg:"" optional:"" help:"Folder of files; corpus.yaml in it says title, kind, owner, date and what is in force when." type:"path"`
	OCR  string `help:"OCR engine: auto, embedded, native, none, paddle:URL or vision:MODEL@URL." default:"auto"`
	readFlags
	embedFlag
	databaseFlags
}

// Run reads the folder and replaces the corpus in one transaction; files that are as before cost nothing.
func (c *corpusAddCmd) Run(ctx context.Context) error {
	b := newBar()
	known, err := c.load(ctx, b)
	b.done()
	if err != nil {
		return err
	}
	db, err := c.database(ctx, false)
	if err != nil {
		return err
	}
	defer db.Close()
	e, err := c.embedder(ctx)
	if err != nil {
		return err
	}
	row, notes, err := known.Sync(ctx, db, e, actor(), func(done, total int) {
		b.event(agent.Event{Step: "index", Text: "建立检索索引", Done: done, Total: total})
	})
	b.done()
	if err != nil {
		return err
	}
	fmt.Printf("资料库 %s（%s）：%d 条，%d 个段落\n", row.Name, row.Title, row.Items, row.Chunks)
	for _, n := range notes {
		fmt.Fprintln(os.Stderr, "注意 "+n)
	}
	for _, p := range known.Problems {
		fmt.Fprintf(os.Stderr, "注意 %s：%s %s\n", p.File, p.Msg, p.Remedy)
	}
	return nil
}

func (c *corpusAddCmd) load(ctx context.Context, b *bar) (*corpus.Corpus, error) {
	ships, err := shipped(c.Name)
	switch {
	case err != nil:
		return nil, err
	case ships != nil && c.Dir != "":
		return nil, usageError{"corpus add: " + c.Name + " 随程序附带，不需要文件夹；自己的资料请另起名字"}
	case ships != nil:
		return ships, nil
	case c.Dir == "":
		return nil, usageError{"corpus add: 用法是 xindiao corpus add 名字 文件夹"}
	}
	var opt read.Options
	if opt.OCR, err = engine(c.OCR); err != nil {
		return nil, err
	}
	if err := c.readFlags.apply(&opt, ""); err != nil {
		return nil, err
	}
	opt.Progress = func(e read.Event) {
		b.event(agent.Event{Step: "read", Text: "读取 " + e.File, Done: e.Done, Total: e.Total})
	}
	return corpus.Load(ctx, c.Name, c.Dir, opt)
}

type corpusListCmd struct {
	Format string `help:"text or json." default:"text" enum:"text,json"`
	databaseFlags
}

func (c *corpusListCmd) Run(ctx context.Context) error {
	db, err := c.database(ctx, true)
	if err != nil {
		return err
	}
	defer db.Close()
	list, err := db.Corpora(ctx)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		return writeJSON(os.Stdout, list)
	}
	if len(list) == 0 {
		fmt.Println("库中还没有资料库；law 与 industry 随程序附带，可直接 --corpus law 检索")
	}
	for _, r := range list {
		fmt.Printf("%-12s %6d 条 %7d 段  %s  %s %s\n", r.Name, r.Items, r.Chunks, r.Updated.Local().Format("2006-01-02 15:04"), r.Title, r.Owner)
	}
	return nil
}

type corpusRemoveCmd struct {
	Name string `arg:"" help:"Name of the corpus."`
	databaseFlags
}

func (c *corpusRemoveCmd) Run(ctx context.Context) error {
	db, err := c.database(ctx, true)
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.Corpus(ctx, c.Name); err != nil {
		return err
	}
	if err := db.DropCorpus(ctx, c.Name, actor()); err != nil {
		return &dossier.Error{Kind: dossier.ErrInput, Msg: "资料库 " + c.Name + " 没有移除", Cause: err}
	}
	fmt.Println("已移除资料库 " + c.Name + "；随程序附带的内容不受影响")
	return nil
}
