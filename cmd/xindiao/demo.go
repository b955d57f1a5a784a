package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/layout"
	"github.com/xindiao/xindiao/samples"
)

type demoCmd struct {
	Out string `help:"Folder for what the demo makes." default:"out/demo" type:"path"`
	OCR string `help:"OCR engine: auto, embedded, native, none, paddle:URL or vision:MODEL@URL." default:"auto"`
	readFlags
}

// shown is how many findings the demo prints: with the rest it fills one screen.
const shown = 9

func (c *demoCmd) Run(ctx context.Context) error {
	start := time.Now()
	dir := filepath.Join(c.Out, "dossier")
	if err := samples.Unpack(samples.Manufacturing, dir); err != nil {
		return &dossier.Error{Kind: dossier.ErrInput, File: c.Out, Msg: "不能写入输出文件夹", Cause: err}
	}
	b := newBar()
	a, opt, err := open(ctx, overrides{OCR: c.OCR, readFlags: c.readFlags}, modelFlags{}, b)
	if err != nil {
		return err
	}
	k, err := a.Intake(ctx, dir, opt)
	if err != nil {
		b.done()
		return err
	}
	r, err := a.Write(ctx, k, opt)
	b.done()
	if err != nil {
		return err
	}
	review, analysis := a.ReviewCase(k), a.FinanceCase(k, dossier.Yuan)
	paths, err := writeReport(c.Out, "report", r, []string{"docx", "html", "json"})
	if err != nil {
		return err
	}
	for _, f := range []string{"html", "json", "xlsx"} {
		p, err := write(c.Out, "review."+f, reviewWriter(review, f))
		if err != nil {
			return err
		}
		paths = append(paths, p)
	}
	for _, f := range []string{"html", "xlsx"} {
		p, err := write(c.Out, "finance."+f, func(w io.Writer) error { return writeFinance(w, analysis, f) })
		if err != nil {
			return err
		}
		paths = append(paths, p)
	}
	fmt.Println("信调演示：虚构的模具厂，抵押流动资金贷款")
	summary(os.Stdout, r, review)
	printFindings(review)
	fmt.Println("\n已写出：")
	for _, p := range paths {
		fmt.Println("  " + relative(p))
	}
	fmt.Printf("\n用时 %.0f 秒，OCR 引擎 %s。", time.Since(start).Seconds(), opt.Read.OCR.Name())
	if _, err := ocr.Parse("native"); err != nil {
		fmt.Print("安装 tesseract（apt-get install tesseract-ocr tesseract-ocr-chi-sim）后，扫描件的识别约快数倍。")
	}
	fmt.Println("\n打开 " + relative(paths[0]) + " 查看报告；材料在 " + relative(dir) + "。")
	return nil
}

func printFindings(review *report.Review) {
	fmt.Println("\n主要问题：")
	n := 0
	for _, f := range review.Findings {
		if f.Result != report.Fail {
			continue
		}
		if n < shown {
			text := []rune(f.Message)
			if len(text) > 62 {
				text = append(text[:62], '…')
			}
			fmt.Printf("  [%s] %s %s\n", layout.SeverityZH(f.Severity), f.Rule, string(text))
		}
		n++
	}
	if n > shown {
		fmt.Printf("  …共 %d 项，见 review.html\n", n)
	}
}

func relative(path string) string {
	if wd, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(wd, path); err == nil && filepath.IsLocal(rel) {
			return rel
		}
	}
	return path
}
