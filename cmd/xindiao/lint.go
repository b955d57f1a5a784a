package main

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/agent"
	"github.com/xindiao/xindiao/documents/read"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/internal/llm/providers"
	"github.com/xindiao/xindiao/prompts"
	"github.com/xindiao/xindiao/retrieval"
	"github.com/xindiao/xindiao/retrieval/chunk"
	"github.com/xindiao/xindiao/retrieval/corpus"
	"github.com/xindiao/xindiao/retrieval/lexical"
	"github.com/xindiao/xindiao/retrieval/plan"
	"github.com/xindiao/xindiao/validators/law"
)

type lintCmd struct{}

// Run checks every data file and that what they name in each other exists.
func (lintCmd) Run(ctx context.Context) error {
	var errs []error
	a, err := agent.New() // types, rules, requirements, law and templates are read strictly here
	if err != nil {
		errs = append(errs, err)
	}
	book, err := prompts.Embedded()
	errs = append(errs, err)
	errs = append(errs, finance.Lint()...)
	errs = append(errs, types.Lint(types.Files())...)
	errs = append(errs, read.Lint()...)
	errs = append(errs, corpus.Lint()...)
	errs = append(errs, chunk.Lint()...)
	errs = append(errs, lexical.Lint(), plan.Lint(), retrieval.Lint())
	errs = append(errs, providers.Lint()...)
	if a != nil {
		errs = append(errs, a.Lint(book)...)
		errs = append(errs, a.Checker.RunExamples(), a.Checker.RunRequirementExamples(), a.Templates.RunExamples(), a.RunTemplateExamples(ctx))
	}
	if err := errors.Join(errs...); err != nil {
		lines := strings.Split(err.Error(), "\n")
		sort.Strings(lines)
		for _, l := range lines {
			fmt.Println(l)
		}
		return &dossier.Error{Kind: dossier.ErrInput, Msg: fmt.Sprintf("数据文件有 %d 处问题", len(lines))}
	}
	laws, _ := law.Embedded()
	articles := 0
	for _, l := range laws {
		articles += len(l.Articles)
	}
	fmt.Printf("材料种类 %d，规则 %d，要求清单 %d，模板 %d，提示词 %d，法规 %d 部 %d 条，财务指标 %d：均通过检查\n", len(a.Catalogue.All()), len(a.Checker.Rules),
		len(a.Checker.Requirements), len(a.Templates), len(book), len(laws), articles, len(finance.RatioBook()))
	return nil
}
