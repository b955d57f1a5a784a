package finance

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"github.com/xindiao/xindiao/dossier"
)

// rendered is a random statement as somebody might print it, with what must be read back.
type rendered struct {
	pages []dossier.Page
	want  map[string]dossier.Decimal // figKey without the entity -> 元
}

// printCol is one amount column: its header words and what it means.
type printCol struct {
	head, sub string
	scope     dossier.Scope
	period    dossier.Period
	unit      dossier.Unit // "" for the table's
	noise     string       // "percent", "line": a column without amounts of the statement
}

var unitWords = map[dossier.Unit]string{dossier.Yuan: "元", dossier.ThousandYuan: "千元", dossier.WanYuan: "万元",
	dossier.MillionYuan: "百万元", dossier.YiYuan: "亿元"}

func drawUnit(t *rapid.T, label string) dossier.Unit {
	return rapid.SampledFrom([]dossier.Unit{dossier.Yuan, dossier.ThousandYuan, dossier.WanYuan, dossier.MillionYuan, dossier.YiYuan}).Draw(t, label)
}

// printAmount writes an amount in one of the ways to print it and returns its value.
func printAmount(t *rapid.T) (string, dossier.Decimal) {
	n := rapid.Int64Range(1, 99_999_999_999).Draw(t, "cents")
	places := rapid.SampledFrom([]int32{0, 2, 2, 2, 4}).Draw(t, "places")
	v := dossier.D(fmt.Sprint(n)).Shift(-places)
	s := v.StringFixed(places)
	if rapid.Bool().Draw(t, "grouped") {
		s = dossier.Group(s)
	}
	if rapid.IntRange(0, 3).Draw(t, "sign") > 0 {
		return rapid.SampledFrom([]string{"", "¥", " "}).Draw(t, "mark") + s, v
	}
	styles := []string{"-%s", "(%s)", "（%s）", "－%s", "△%s", "− %s", "¥-%s"}
	if strings.ContainsAny(s, ".,") {
		styles = append(styles, "%s-")
	}
	return fmt.Sprintf(rapid.SampledFrom(styles).Draw(t, "negative"), s), v.Neg()
}

// dress writes a line's name as forms do: numbered, marked, spaced.
func dress(t *rapid.T, name string) string {
	switch rapid.IntRange(0, 6).Draw(t, "dress") {
	case 0:
		return "　　" + name
	case 1:
		return "△" + name
	case 2:
		if len([]rune(name)) <= 4 {
			return strings.Join(strings.Split(name, ""), " ")
		}
	case 3:
		return "*" + name
	case 4:
		if !strings.ContainsAny(name, "、（：") {
			return "（一）" + name
		}
	}
	return name
}

// drawCols draws the amount columns of a statement whose latest day is end.
func drawCols(t *rapid.T, s Statement, end dossier.Date) []printCol {
	var cols []printCol
	if s == BalanceSheet {
		heads := rapid.SampledFrom([][2]string{{"期末余额", "年初余额"}, {"期末数", "期初数"}, {"年末余额", "上年年末余额"},
			{end.Chinese(), dossier.NewDate(end.Year-1, 12, 31).Chinese()}}).Draw(t, "heads")
		cols = []printCol{{head: heads[0], period: dossier.At(end)}, {head: heads[1], period: dossier.At(dossier.NewDate(end.Year-1, 12, 31))}}
	} else if end.Month != 12 && rapid.Bool().Draw(t, "monthly") {
		cols = []printCol{{head: "本月金额", period: dossier.Span(end, 1)}, {head: "本年累计金额", period: dossier.Span(end, int(end.Month))}}
	} else {
		heads := rapid.SampledFrom([][2]string{{"本期金额", "上期金额"}, {"本期发生额", "上期发生额"}, {"本年累计数", "上年同期累计数"}}).Draw(t, "heads")
		cols = []printCol{{head: heads[0], period: dossier.Span(end, int(end.Month))}, {head: heads[1], period: dossier.Span(sameDay(end), int(end.Month))}}
	}
	if rapid.Bool().Draw(t, "swapped") {
		cols[0], cols[1] = cols[1], cols[0]
	}
	switch rapid.IntRange(0, 4).Draw(t, "scopes") {
	case 0: // 期末余额 over 合并 and 母公司
		var out []printCol
		for _, c := range cols {
			a, b := c, c
			a.sub, a.scope, b.sub, b.head, b.scope = "合并", dossier.ScopeConsolidated, "母公司", "", dossier.ScopeSingle
			out = append(out, a, b)
		}
		cols = out
	case 1: // the scope in each header
		var out []printCol
		for _, sc := range []dossier.Scope{dossier.ScopeConsolidated, dossier.ScopeSingle} {
			for _, c := range cols {
				c.scope, c.head = sc, map[dossier.Scope]string{dossier.ScopeConsolidated: "合并", dossier.ScopeSingle: "母公司"}[sc]+c.head
				out = append(out, c)
			}
		}
		cols = out
	}
	if cols[0].sub == "" && rapid.IntRange(0, 3).Draw(t, "units") == 0 { // each column in a unit of its own
		for i := range cols {
			cols[i].unit = drawUnit(t, "column unit")
			cols[i].head += "（" + unitWords[cols[i].unit] + "）"
		}
	}
	if rapid.IntRange(0, 2).Draw(t, "percent") == 0 {
		cols = append(cols, printCol{head: rapid.SampledFrom([]string{"增减比例(%)", "本期比上期增减%", "占比"}).Draw(t, "percent head"), noise: "percent"})
	}
	return cols
}

// drawLines draws the lines to print, in the standard's order, at least eight.
func drawLines(t *rapid.T, standard string, s Statement) []Line {
	var all, out []Line
	for _, l := range Lines(standard, s) {
		if id, ok := Lookup(s, l.Name); ok && id == l.ID {
			all = append(all, l)
		}
	}
	for i, l := range all {
		if l.StandsFor == "" && (rapid.IntRange(0, 2).Draw(t, "keep") > 0 || len(out)+len(all)-i <= 8) {
			out = append(out, l)
		}
	}
	return out
}

// printed makes a page without geometry, as web pages are read: texts and tables in turn.
func printed(parts ...any) dossier.Page {
	p := dossier.Page{Number: 1}
	for _, x := range parts {
		switch v := x.(type) {
		case string:
			p.Lines = append(p.Lines, dossier.Line{Text: v})
		case [][]string:
			var tb dossier.Table
			for i, row := range v {
				var cells []dossier.Cell
				for k, c := range row {
					cells = append(cells, dossier.Cell{Text: c, Ref: fmt.Sprintf("r%dc%d", i+1, k+1)})
				}
				tb.Rows = append(tb.Rows, cells)
				p.Lines = append(p.Lines, dossier.Line{Text: strings.Join(row, "\t")})
			}
			p.Tables = append(p.Tables, tb)
		}
	}
	p.Text = textOf(p.Lines)
	return p
}
