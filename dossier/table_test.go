package dossier

import "testing"

func TestJoinedTables(t *testing.T) {
	row := func(cells ...string) (out []Cell) {
		for _, c := range cells {
			out = append(out, Cell{Text: c})
		}
		return out
	}
	d := &Document{Pages: []Page{
		{Number: 1, Tables: []Table{{Name: "甲", Rows: [][]Cell{row("项目", "金额"), row("", "元"), row("a", "1")}}}},
		{Number: 2, Tables: []Table{{Continues: true, Rows: [][]Cell{row("项目", "金额"), row("", "元"), row("b", "2")}}, {Name: "乙", Rows: [][]Cell{row("c")}}}},
	}}
	all := d.JoinedTables()
	if len(all) != 2 || all[1].Name != "乙" {
		t.Fatalf("%+v", all)
	}
	if j := all[0]; len(j.Rows) != 4 || j.Rows[3][0].Text != "b" || j.Pages[3] != 2 || j.Pages[0] != 1 {
		t.Errorf("%+v", j)
	}
	if len(d.Pages[1].Tables[0].Rows) != 3 {
		t.Error("the pages keep their rows")
	}
}
