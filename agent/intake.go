package agent

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/xindiao/xindiao/documents"
	"github.com/xindiao/xindiao/documents/read"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/validators"
)

// Intake reads a dossier folder, names its materials, takes their fields and figures, and checks them. dir holds
// application.yaml and files/, or is any folder or single file; what nobody stated is inferred and said to be.
// Errors are *dossier.Error: no such folder, an empty one, a faulty application.yaml.
func (a *Agent) Intake(ctx context.Context, dir string, opt Options) (*Case, error) {
	d, err := a.Read(ctx, dir, opt)
	if err != nil {
		return nil, err
	}
	c := &Case{Dossier: d}
	var problem *dossier.Problem
	if c.Code, c.Industry, problem = industry(d.Application); problem != nil {
		d.Problems = append(d.Problems, *problem)
	}
	opt.progress("figures", "读取报表、流水并计算指标", 0, 0)
	a.figures(c, opt.Policy)
	opt.progress("check", "执行检查规则", 0, len(a.Checker.Rules))
	a.check(c)
	opt.progress("check", "发现"+strconv.Itoa(len(c.Result.Findings))+"项问题", len(a.Checker.Rules), len(a.Checker.Rules))
	return c, nil
}

// Read is the first half of Intake: every material read and named, nothing computed or checked.
func (a *Agent) Read(ctx context.Context, dir string, opt Options) (*dossier.Dossier, error) {
	d, err := a.read(ctx, dir, opt)
	if err != nil {
		return nil, err
	}
	opt.progress("name", "识别材料种类", 0, len(d.Documents))
	d.Documents = documents.Name(a.Catalogue, d.Documents, d.Application)
	if infer(d, time.Now()) {
		d.Documents = documents.Name(a.Catalogue, d.Documents, d.Application) // who the borrower is was only now found out
	}
	return d, nil
}

func (a *Agent) read(ctx context.Context, dir string, opt Options) (*dossier.Dossier, error) {
	st, err := os.Stat(dir)
	if err != nil {
		return nil, &dossier.Error{Kind: dossier.ErrNotFound, File: dir, Msg: "没有这个文件夹"}
	}
	ro := opt.Read
	ro.Progress = func(e read.Event) {
		text := "读取材料"
		if e.File != "" {
			text = "读取 " + e.File
			if e.Pages > 1 {
				text += " 第" + strconv.Itoa(e.Page) + "/" + strconv.Itoa(e.Pages) + "页"
			}
		}
		opt.progress("read", text, e.Done, e.Total)
	}
	d := &dossier.Dossier{Root: dir}
	if !st.IsDir() {
		d.Documents, err = read.File(ctx, dir, ro)
	} else {
		var problems []dossier.Problem
		if d.Application, problems, err = LoadApplication(dir); err != nil {
			return nil, err
		}
		files := dir
		if st, err := os.Stat(filepath.Join(dir, "files")); err == nil && st.IsDir() {
			files = filepath.Join(dir, "files")
		}
		d.Problems = append(d.Problems, problems...)
		d.Documents, problems, err = read.Folder(ctx, files, ro)
		d.Problems = append(d.Problems, problems...)
		d.Documents = withoutApplication(d.Documents)
	}
	if err != nil {
		return nil, err
	}
	if len(d.Documents) == 0 {
		return nil, &dossier.Error{Kind: dossier.ErrEmpty, File: filepath.Base(dir), Msg: "文件夹里没有材料"}
	}
	if err := nothingRead(d.Documents); err != nil {
		return nil, err
	}
	if opt.Override != nil {
		if err := opt.Override(&d.Application); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// nothingRead is the error when no file gave a single page: it names the files and says why.
func nothingRead(docs []*dossier.Document) error {
	var why []string
	kind := dossier.ErrEmpty
	for _, d := range docs {
		if len(d.Pages) > 0 {
			return nil
		}
		for _, p := range d.Problems {
			kind = p.Kind
			why = append(why, d.File+"："+strings.TrimSuffix(p.Msg, "。")+"。"+p.Remedy)
			break
		}
	}
	const most = 5
	if n := len(why); n > most {
		why = append(why[:most], fmt.Sprintf("…共%d个文件", n))
	}
	return &dossier.Error{Kind: kind, Msg: "没有一份材料能够读取\n  " + strings.Join(why, "\n  ")}
}

// withoutApplication drops application.yaml, which is no material, when it lies among the files.
func withoutApplication(docs []*dossier.Document) []*dossier.Document {
	out := docs[:0]
	for _, d := range docs {
		if d.File != "application.yaml" {
			out = append(out, d)
		}
	}
	return out
}

// check runs the rules; Figure speaks the rules' words for periods.
func (a *Agent) check(c *Case) {
	v := a.voice(c)
	when := map[string]string{"latest_year": "Y0", "prior_year": "Y1", "latest": "L", "same_last_year": "S0"}
	c.Result = a.Checker.Check(&validators.Input{Dossier: c.Dossier, Issues: c.Issues, Code: c.Code, ByID: c.Figures.Figure, Explain: c.Figures.Explain, Same: func(f dossier.Figure) []dossier.Figure { return same(c, f) },
		Figure: func(indicator, w string) (dossier.Figure, bool) { return v.At(indicator, when[w]) }})
}
