package annual

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/evals/card"
)

// The committed scorecard adds up and keeps the bar of 98 % for every format.
func TestCommittedScorecard(t *testing.T) {
	var c Card
	if err := card.Load("../scorecards/annual.json", &c); err != nil || c.Schema != Schema {
		t.Fatalf("%v, schema %q", err, c.Schema)
	}
	sum, formats := 0, map[string]bool{}
	for _, r := range c.Reports {
		sum += r.Cells.Good
		formats[strings.Fields(r.Report)[0]] = true
		if r.Cells.Of == 0 || r.Cells.Rate() < 0.98 || r.Statements.Good != r.Statements.Of || r.Error != "" {
			t.Errorf("%+v", r)
		}
	}
	if sum != c.Cells.Good || len(formats) != 3 {
		t.Errorf("%d cells of %d formats, the card says %+v", sum, len(formats), c.Cells)
	}
}

// One right cell, one wrong, one missing, one that the list lacks.
func TestScore(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("reports/600000_2025_某.html", "x")
	write("balance_static.csv", "报告年份,股票代码,流动资产合计,流动负债合计\n2025,600000,30.0,7.0\n2024,600000,1,1\n")
	write("profit_statement.csv", "报告年份,股票代码,营业收入,净利润\n2025,600000,-1.0,-1.0\n")
	write("cash_flow_statement.csv", "报告年份,股票代码,支付的各项税费\n2025,600000,5\n")
	if _, err := Run(t.Context(), t.TempDir(), nil, nil); dossier.KindOf(err) != dossier.ErrNotFound {
		t.Errorf("%v", err)
	}
	read := func(context.Context, string) (*dossier.Document, error) {
		var tb dossier.Table
		for _, row := range []string{"项目|2025年12月31日|2024年12月31日", "货币资金|10.00|9.00", "存货|20.00|20.00", "流动资产合计|30.00|29.00",
			"资产总计|30.00|29.00", "流动负债合计|8.00|8.00", "负债合计|8.00|8.00", "未分配利润|22.00|21.00", "所有者权益合计|22.00|21.00"} {
			var cells []dossier.Cell
			for _, c := range strings.Split(row, "|") {
				cells = append(cells, dossier.Cell{Text: c})
			}
			tb.Rows = append(tb.Rows, cells)
		}
		return &dossier.Document{File: "a.html", Pages: []dossier.Page{{Number: 1, Text: "合并资产负债表\n单位：元", Tables: []dossier.Table{tb}}}}, nil
	}
	card, err := Run(t.Context(), dir, read, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := card.Reports[0]
	if r.Cells.Good != 1 || r.Cells.Of != 3 || r.Unlisted != 0 || len(r.Wrong) != 2 || r.Lines != 16 || r.Statements.Good != 2 {
		t.Errorf("%+v", r)
	}
	var text strings.Builder
	if err := card.WriteText(&text, true); err != nil || !strings.Contains(text.String(), "differs") || !strings.Contains(text.String(), "8.00") {
		t.Errorf("%v %s", err, text.String())
	}
	if js, err := card.JSON(); err != nil || strings.Contains(string(js), "600000") {
		t.Errorf("%v %s", err, js)
	}
}
