package read

import (
	"slices"
	"strings"
	"testing"
)

func TestRowObjects(t *testing.T) {
	const text = `{"page": 1, "allrow": 0, "type": "页眉", "inside": "甲公司年度报告"}
{"page": 1, "allrow": 1, "type": "text", "inside": "1、合并资产负债表"}
{"page": 1, "allrow": 2, "type": "excel", "inside": "['项目', '2025年12月31日', '']"}
{"page": 1, "allrow": 3, "type": "excel", "inside": "['货币资金', '1,234.50', \"it's\"]"}
{"page": 1, "allrow": 4, "type": "页脚", "inside": "1"}
{"page": 2, "allrow": 5, "type": "页眉", "inside": "甲公司年度报告"}
{"page": 2, "allrow": 6, "type": "excel", "inside": "['存货', '9.00', None]"}
{"page": 2, "allrow": 7, "type": "text", "inside": "结束"}
这一行不是
{"page": 2, "allrow": 8, "type": "excel", "inside": "['另表', 'x', '']"}
`
	d := inProcess(t, "年报.txt", []byte(text))
	if len(d.Pages) != 2 || len(d.Pages[0].Tables) != 1 || len(d.Pages[1].Tables) != 2 {
		t.Fatalf("%+v", d.Pages)
	}
	if !d.Pages[1].Tables[0].Continues || d.Pages[1].Tables[1].Continues {
		t.Errorf("%+v", d.Pages[1].Tables)
	}
	j := d.JoinedTables()
	if len(j) != 2 || len(j[0].Rows) != 3 || j[0].Rows[1][2].Text != "it's" || j[0].Rows[2][0].Text != "存货" || j[0].Rows[2][2].Text != "" {
		t.Errorf("%+v", j)
	}
	if want := "甲公司年度报告\n1、合并资产负债表\n项目\t2025年12月31日\n货币资金\t1,234.50\tit's\n1"; d.Pages[0].Text != want {
		t.Errorf("%q", d.Pages[0].Text)
	}
	if !strings.Contains(d.Pages[1].Text, "这一行不是") {
		t.Errorf("%q", d.Pages[1].Text)
	}
	if d := inProcess(t, "a.txt", []byte("{\"page\": 1}\n普通文字")); len(d.Pages) != 1 || !strings.HasPrefix(d.Text(), "{") {
		t.Errorf("%+v", d)
	}
}

func TestListLiteral(t *testing.T) {
	for in, want := range map[string][]string{
		`['a', 'b']`: {"a", "b"}, `["it's", '']`: {"it's", ""}, `['x\'y', None, 3]`: {"x'y", "", "3"}, `[]`: nil, `['a`: nil, `[[1]]`: nil,
	} {
		if got, ok := listLiteral(in); !slices.Equal(got, want) || ok != (want != nil) {
			t.Errorf("%s: %q %v", in, got, ok)
		}
	}
}

func FuzzListLiteral(f *testing.F) {
	f.Add(`['a', "b\'", None]`)
	f.Add(`['`)
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 64<<10 {
			t.Skip()
		}
		if out, ok := listLiteral(s); ok && (len(out) == 0 || len(out) > maxListCells) {
			t.Errorf("%d cells", len(out))
		}
	})
}
