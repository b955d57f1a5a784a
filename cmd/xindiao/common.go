package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/term"

	"github.com/xindiao/xindiao/agent"
	"github.com/xindiao/xindiao/dossier"
)

// overrides are flags that say what application.yaml would, or correct it.
type overrides struct {
	Applicant string `help:"Borrower's full name, when there is no application.yaml." group:"application"`
	Product   string `help:"Product, as the bank calls it: 流动资金贷款…" group:"application"`
	Amount    string `help:"Amount asked for, in 元." group:"application"`
	Term      int    `help:"Term, in months." group:"application"`
	Guarantee string `help:"抵押, 质押, 保证 or 信用." group:"application"`
	Customer  string `help:"corporate or small_micro." group:"application"`
	Industry  string `help:"GB/T 4754-2017 code." group:"application"`
	AsOf      string `help:"Day that validity is judged on, YYYY-MM-DD (default: application.yaml, then today)." group:"application"`
	OCR       string `help:"OCR engine: auto, embedded, native, none, paddle:URL or vision:MODEL@URL." default:"auto"`
	readFlags
	kindsFlag
	policyFlag
}

func (o overrides) apply(app *dossier.Application) error {
	set := func(p *string, v string) {
		if v != "" {
			*p = v
		}
	}
	set(&app.Applicant, o.Applicant)
	set(&app.Product, o.Product)
	set(&app.Guarantee, o.Guarantee)
	set(&app.CustomerType, o.Customer)
	set(&app.Industry, o.Industry)
	if o.Term > 0 {
		app.TermMonths = o.Term
	}
	if o.AsOf != "" {
		d, err := dossier.ParseDate(o.AsOf)
		if err != nil || !d.Valid() {
			return usageError{"--as-of: want YYYY-MM-DD, got " + o.AsOf}
		}
		app.AsOf = d
	}
	if o.Amount != "" {
		v, err := parseAmount(o.Amount)
		if err != nil {
			return usageError{"--amount: want a number of 元, got " + o.Amount}
		}
		app.AmountCNY = v
	}
	return nil
}

// bar shows progress on standard error: one line that is written over on a terminal, a line a step elsewhere.
type bar struct {
	mu   sync.Mutex
	w    io.Writer
	tty  bool
	last string
}

func newBar() *bar {
	return &bar{w: os.Stderr, tty: term.IsTerminal(int(os.Stderr.Fd()))}
}

var steps = map[string]string{"read": "读取", "name": "识别", "figures": "计算", "check": "检查", "write": "起草", "index": "索引", "store": "入库"}

func (b *bar) event(e agent.Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	count := ""
	if e.Total > 0 {
		count = fmt.Sprintf(" %d/%d", e.Done, e.Total)
	}
	if b.tty {
		filled := 0
		if e.Total > 0 {
			filled = 20 * e.Done / e.Total
		}
		text := e.Text
		if r := []rune(text); len(r) > 34 {
			text = string(r[:34]) + "…"
		}
		fmt.Fprintf(b.w, "\r\033[K[%s%s]%s %s", strings.Repeat("█", filled), strings.Repeat("·", 20-filled), count, text)
		return
	}
	line := steps[e.Step] + count + " " + e.Text
	if e.Step == "read" && e.Done == 0 && e.Total > 0 {
		return
	}
	if line != b.last {
		fmt.Fprintln(b.w, line)
		b.last = line
	}
}

// done ends the bar's line.
func (b *bar) done() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.tty {
		fmt.Fprint(b.w, "\r\033[K")
	}
}

// write makes dir/name with what f writes; a file half written is removed.
func write(dir, name string, f func(io.Writer) error) (string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", &dossier.Error{Kind: dossier.ErrInput, File: dir, Msg: "不能创建输出文件夹", Cause: err}
	}
	path := filepath.Join(dir, name)
	tmp, err := os.CreateTemp(dir, ".xindiao-*")
	if err != nil {
		return "", &dossier.Error{Kind: dossier.ErrInput, File: dir, Msg: "不能写入输出文件夹", Cause: err}
	}
	defer os.Remove(tmp.Name())
	err = f(tmp)
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Chmod(tmp.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	return path, nil
}
