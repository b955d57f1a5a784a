package tables

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/evals/pdf"
)

func rows(s string) (out [][]dossier.Cell) {
	for _, l := range strings.Split(s, "\n") {
		var row []dossier.Cell
		for _, c := range strings.Split(l, "|") {
			row = append(row, dossier.Cell{Text: c})
		}
		out = append(out, row)
	}
	return out
}

func TestScore(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"made/a.pdf": "", "truth/a.tsv": "== 资产负债表\n项目\t期末\t期初\n货币资金\t1.00\t2.00\n其中：\t\t3.00\n合计\t4.00\t5.00\n== 利润表\n收入\t6.00\n"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	doc := &dossier.Document{Pages: []dossier.Page{
		{Number: 1, Tables: []dossier.Table{{Rows: rows("说明|x")}, {Rows: rows("项 目||期末|期初\n货币资金||1.00|2.00")}}},
		{Number: 2, Tables: []dossier.Table{{Continues: true, Rows: rows("项 目||期末|期初\n其中：||3.00|\n合计||4.00|5.01")}}},
	}}
	card, err := Run(t.Context(), dir, func(context.Context, string) (*dossier.Document, error) { return doc, nil }, nil)
	if err != nil || len(card.Files) != 1 {
		t.Fatal(card, err)
	}
	// A value in the wrong column is two faults: one cell lacks it, another has it; and 5.01 is no 5.00.
	b := card.Files[0].Tables[0]
	if b.Rows != (pdf.Ratio{Good: 4, Of: 4}) || b.Cells != (pdf.Ratio{Good: 9, Of: 12}) || len(b.Wrong) != 3 {
		t.Errorf("%+v", b)
	}
	if p := card.Files[0].Tables[1]; p.Cells != (pdf.Ratio{Good: 0, Of: 2}) {
		t.Errorf("%+v", p)
	}
	var out bytes.Buffer
	if err := card.WriteText(&out, true); err != nil || !strings.Contains(out.String(), `合计：应为 "5.00"，读出 "5.01"`) {
		t.Error(out.String(), err)
	}
	if _, err := Run(t.Context(), t.TempDir(), nil, nil); dossier.KindOf(err) != dossier.ErrNotFound {
		t.Error(err)
	}
}
