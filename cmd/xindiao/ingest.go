package main

import (
	"context"
	"fmt"
	"os"

	"github.com/xindiao/xindiao/agent"
	"github.com/xindiao/xindiao/dossier"
)

type ingestCmd struct {
	Dossier string `arg:"" help:"Folder with application.yaml and files/, or any folder of files."`
	ID      string `name:"id" help:"Customer's key in the database; default: the borrower's unified social credit code."`
	Name    string `help:"Dossier's name within the customer; an ingest of the same name replaces what it held. Default: application.yaml's, then the folder's."`
	NoFiles bool   `help:"Keep no original files."`
	Format  string `help:"text or json." default:"text" enum:"text,json"`
	databaseFlags
	embedFlag
	chunksFlag
	overrides
}

// Run reads a dossier and records it whole, or not at all.
func (c *ingestCmd) Run(ctx context.Context) error {
	if _, err := os.Stat(c.Dossier); err != nil { // before a database is made for nothing
		return &dossier.Error{Kind: dossier.ErrNotFound, File: c.Dossier, Msg: "没有这个文件夹"}
	}
	db, err := c.database(ctx, false)
	if err != nil {
		return err
	}
	defer db.Close()
	b := newBar()
	a, opt, err := open(ctx, c.overrides, modelFlags{embedFlag: c.embedFlag, chunksFlag: c.chunksFlag}, b)
	if err != nil {
		return err
	}
	ar := agent.Archive{Store: db, Actor: actor()}
	if !c.NoFiles {
		if ar.Files, err = c.originals(ctx); err != nil {
			return err
		}
	}
	cs, err := a.Intake(ctx, c.Dossier, opt)
	if err != nil {
		b.done()
		return err
	}
	rec, err := a.Keep(ctx, cs, ar, c.ID, c.Name, opt)
	b.done()
	if err != nil {
		return err
	}
	if c.Format == "json" {
		return writeJSON(os.Stdout, rec)
	}
	fmt.Printf("客户   %s %s\n", rec.Customer.Key, rec.Customer.Name)
	fmt.Printf("卷宗   %s（编号 %d）\n", rec.Name, rec.Receipt.Dossier)
	fmt.Printf("材料   %d 份：新增 %d，未变 %d，移除 %d\n", len(cs.Dossier.Documents), rec.Receipt.Added, rec.Receipt.Kept, rec.Receipt.Removed)
	fmt.Printf("段落   %d，其中有向量 %d\n", rec.Chunks, rec.Embedded)
	fmt.Printf("指标   %d，发现 %d\n", len(cs.Figures.All()), len(cs.Result.Findings))
	for _, n := range rec.Notes {
		fmt.Println("注意   " + n)
	}
	fmt.Printf("查询   xindiao search --customer %s \"…\" --db %s\n", rec.Customer.Key, printable(c.DB))
	return nil
}
