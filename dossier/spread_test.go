package dossier

import "testing"

func TestSpread(t *testing.T) {
	in := Table{Rows: [][]Cell{{{Text: "项目", Rows: 2, Ref: "r1c1"}, {Text: "金额", Cols: 60000}, {}}, {{Ref: "r2c1"}, {Text: "本年"}, {Text: "上年"}}, {{Text: "合计", Cols: 2, Rows: 9}, {}}}}
	got := ""
	for _, row := range in.Spread() {
		for _, c := range row {
			got += c.Text + c.Ref + "|"
		}
		got += "/"
	}
	if want := "项目r1c1|金额|金额|/项目r2c1|本年|上年|/合计|合计|/"; got != want {
		t.Errorf("%s", got)
	}
	if in.Rows[1][0].Text != "" {
		t.Error("the table was changed")
	}
}
