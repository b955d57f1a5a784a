package read

import (
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

// sheetPage makes a page with a running head, the given lines, a table at y, and a page number. Cells are 100 wide.
func sheetPage(n int, above []string, rows [][]string, below []string) dossier.Page {
	p := dossier.Page{Number: n, Width: 600, Height: 800}
	y := 20.0
	put := func(s string) {
		p.Lines = append(p.Lines, dossier.Line{Text: s, Box: &dossier.Box{X0: 50, Y0: y, X1: 300, Y1: y + 10}})
		y += 15
	}
	put("某公司年度报告")
	for _, s := range above {
		put(s)
	}
	t := dossier.Table{Name: "某公司年度报告"}
	for _, r := range rows {
		row := make([]dossier.Cell, len(r))
		for x, s := range r {
			row[x] = dossier.Cell{Text: s, Box: &dossier.Box{X0: 50 + 100*float64(x), Y0: y, X1: 150 + 100*float64(x), Y1: y + 15}}
		}
		t.Rows = append(t.Rows, row)
		put("row")
	}
	p.Tables = []dossier.Table{t}
	for _, s := range below {
		put(s)
	}
	put(string(rune('0'+n)) + " / 9")
	return p
}

func TestJoinTables(t *testing.T) {
	head := []string{"项目", "期末", "期初"}
	d := &dossier.Document{Pages: []dossier.Page{
		sheetPage(1, []string{"资产负债表"}, [][]string{head, {"货币资金", "1", "2"}}, nil),
		sheetPage(2, nil, [][]string{head, {"存货", "3", "4"}}, nil),
		sheetPage(3, nil, [][]string{{"合计", "5", "6"}}, []string{"法定代表人：甲"}),
		sheetPage(4, nil, [][]string{{"甲", "乙", "丙"}}, nil), // behind a signature
		sheetPage(5, []string{"利润表"}, [][]string{{"收入", "7", "8"}}, nil),
		sheetPage(6, nil, [][]string{{"一列", "二列", "三列", "四列", "五列", "六列"}}, nil),
	}}
	d.Pages[0].Tables[0].Name = "资产负债表"
	joinTables(d)
	for i, want := range []bool{false, true, true, false, false, false} {
		if d.Pages[i].Tables[0].Continues != want {
			t.Errorf("page %d: continues %v", i+1, !want)
		}
	}
	all := d.JoinedTables()
	if len(all) != 4 || d.Pages[2].Tables[0].Name != "资产负债表" {
		t.Fatalf("%d tables", len(all))
	}
	if j := all[0]; len(j.Rows) != 4 || j.Rows[2][0].Text != "存货" || j.Rows[3][2].Text != "6" || j.Pages[2] != 2 || j.Pages[3] != 3 {
		t.Errorf("%+v", j)
	}
}

// A column that is empty on one page is not in that page's table; the whole has it all the same.
func TestJoinTablesWithAColumnMissing(t *testing.T) {
	first := sheetPage(1, nil, [][]string{{"项目", "附注", "期末"}, {"货币资金", "七、1", "1"}}, nil)
	second := sheetPage(2, nil, [][]string{{"存货", "x", "3"}}, nil)
	row := second.Tables[0].Rows[0]
	second.Tables[0].Rows[0] = []dossier.Cell{row[0], row[2]}
	d := &dossier.Document{Pages: []dossier.Page{first, second}}
	joinTables(d)
	if r := d.Pages[1].Tables[0].Rows[0]; !d.Pages[1].Tables[0].Continues || len(r) != 3 || r[2].Text != "3" || r[1].Text != "" || r[2].Ref != "r1c3" {
		t.Errorf("%+v", d.Pages[1].Tables[0])
	}
}
