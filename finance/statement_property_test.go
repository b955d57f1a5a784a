package finance

import (
	"flag"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/xindiao/xindiao/dossier"
)

// Whatever the layout, the unit, the signs and the page breaks: what was printed is read back, and nothing else.
func TestReadBackProperty(t *testing.T) {
	if f := flag.Lookup("rapid.checks"); f != nil && f.Value.String() == f.DefValue { // -rapid.checks=3000 for more
		if err := flag.Set(f.Name, "25"); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = flag.Set(f.Name, f.DefValue) })
	}
	rapid.Check(t, func(t *rapid.T) {
		standard := rapid.SampledFrom([]string{CAS2019, CAS2019, Small2013}).Draw(t, "standard")
		end := rapid.SampledFrom([]dossier.Date{dossier.NewDate(2025, 12, 31), dossier.NewDate(2026, 8, 31), dossier.NewDate(2025, 6, 30)}).Draw(t, "end")
		sheet := rapid.Bool().Draw(t, "sheet")
		d := &dossier.Document{File: "报表", Type: "financial_statements_annual"}
		want := map[string]dossier.Decimal{}
		for _, s := range []Statement{BalanceSheet, IncomeStatement, CashFlow} {
			r := render(t, s, standard, end, sheet, len(d.Pages)+1)
			d.Pages = append(d.Pages, r.pages...)
			for k, v := range r.want {
				want[k] = v
			}
		}
		figs, issues := ReadStatements(d)
		for _, f := range figs {
			k := propKey(f.Indicator, f.Scope, f.Period)
			if w, ok := want[k]; !ok || !w.Equal(f.Value) {
				t.Errorf("%s: read %s, printed %v %s (%s)\n%s", k, f.Value, ok, w, f.Source.Quote, show(d))
			}
			delete(want, k)
		}
		for k, v := range want {
			t.Errorf("%s: %s was not read\n%s", k, v, show(d))
		}
		for _, is := range issues {
			t.Errorf("issue %s %s", is.Kind, is.Message)
		}
	})
}

func propKey(id string, s dossier.Scope, p dossier.Period) string {
	return id + "|" + string(s) + "|" + p.String()
}

func show(d *dossier.Document) string {
	var b strings.Builder
	for _, p := range d.Pages {
		fmt.Fprintf(&b, "page %d\n%s\n", p.Number, p.Text)
		for _, t := range p.Tables {
			fmt.Fprintf(&b, "table %v\n", t.Continues)
			for _, r := range t.Rows {
				for _, c := range r {
					b.WriteString(c.Text + "|")
				}
				b.WriteByte('\n')
			}
		}
	}
	return b.String()
}

// render prints one statement.
func render(t *rapid.T, s Statement, standard string, end dossier.Date, sheet bool, page int) rendered {
	r := rendered{want: map[string]dossier.Decimal{}}
	unit := drawUnit(t, "unit")
	cols := drawCols(t, s, end)
	lines := drawLines(t, standard, s)
	notes := rapid.Bool().Draw(t, "notes")
	title := map[Statement]string{BalanceSheet: "资产负债表", IncomeStatement: "利润表", CashFlow: "现金流量表"}[s]
	scope := dossier.ScopeSingle
	if cols[0].scope == "" && rapid.Bool().Draw(t, "group") {
		title, scope = "合并"+title, dossier.ScopeConsolidated
	}
	width := 1 + len(cols)
	if notes {
		width++
	}
	halves := [][]Line{lines}
	if s == BalanceSheet && rapid.Bool().Draw(t, "two sides") {
		halves = [][]Line{lines[:len(lines)/2], lines[len(lines)/2:]}
	}
	var head, sub []string
	hasSub := cols[0].sub != ""
	for i := range halves {
		name := "项目"
		if len(halves) == 2 {
			name = []string{"资产", "负债和所有者权益（或股东权益）"}[i]
		}
		head, sub = append(head, name), append(sub, "")
		if notes {
			head, sub = append(head, rapid.SampledFrom([]string{"附注", "行次", "注释号"}).Draw(t, "notes head")), append(sub, "")
		}
		for _, c := range cols {
			head, sub = append(head, c.head), append(sub, c.sub)
		}
	}
	var sides [][][]string
	for _, half := range halves {
		var rows [][]string
		for i, l := range half {
			rows = append(rows, printLine(t, r.want, s, l, i, cols, notes, unit, scope)...)
		}
		sides = append(sides, rows)
	}
	rows := [][]string{head}
	if hasSub {
		rows = append(rows, sub)
	}
	heads := len(rows)
	for i := 0; i < len(sides[0]) || len(sides) == 2 && i < len(sides[1]); i++ {
		var row []string
		for _, side := range sides {
			if i < len(side) {
				row = append(row, side[i]...)
			} else {
				row = append(row, make([]string, width)...)
			}
		}
		rows = append(rows, row)
	}
	day := end.Chinese()
	if s != BalanceSheet {
		day = dossier.Span(end, int(end.Month)).Chinese()
	}
	above := []string{title, "编制单位：某某有限公司", day, "单位：" + unitWords[unit]}
	r.pages = pagesOf(t, above, rows, heads, sheet, page)
	return r
}

// printLine prints a line in one row or, its name wrapped, in two.
func printLine(t *rapid.T, want map[string]dossier.Decimal, s Statement, l Line, i int, cols []printCol, notes bool, unit dossier.Unit,
	scope dossier.Scope) [][]string {
	name := dress(t, l.Name)
	row := []string{name}
	if notes {
		row = append(row, rapid.SampledFrom([]string{"", "七、" + fmt.Sprint(i+1), fmt.Sprint(i + 1)}).Draw(t, "note"))
	}
	any := false
	for _, c := range cols {
		if c.noise != "" {
			row = append(row, rapid.SampledFrom([]string{"", "12.50%", "-3.10%", "0.52"}).Draw(t, "percent"))
			continue
		}
		if rapid.IntRange(0, 4).Draw(t, "blank") == 0 {
			row = append(row, rapid.SampledFrom([]string{"", "-", "—", "--"}).Draw(t, "dash"))
			continue
		}
		text, v := printAmount(t)
		row = append(row, text)
		any = true
		u, sc := unit, scope
		if c.unit != "" {
			u = c.unit
		}
		if c.scope != "" {
			sc = c.scope
		}
		if l.PerShare {
			u = dossier.Yuan
		}
		want[propKey(l.ID, sc, c.period)] = v.Mul(u.Scale())
	}
	if n := []rune(name); any && len(n) >= 14 && rapid.IntRange(0, 2).Draw(t, "wrap") == 0 {
		cut := rapid.IntRange(len(n)/2, len(n)-3).Draw(t, "cut")
		rest := make([]string, len(row))
		first, second := string(n[:cut]), string(n[cut:])
		if _, known := Lookup(s, first); known {
			return [][]string{row}
		}
		if _, known := Lookup(s, second); known {
			return [][]string{row}
		}
		if rapid.Bool().Draw(t, "amounts first") {
			row[0], rest[0] = first, second
			return [][]string{row, rest}
		}
		rest[0], row[0] = first, second
		return [][]string{rest, row}
	}
	return [][]string{row}
}

// pagesOf puts the rows on a sheet, or on one or two printed pages.
func pagesOf(t *rapid.T, above []string, rows [][]string, heads int, sheet bool, page int) []dossier.Page {
	table := func(rows [][]string, from int) (out [][]dossier.Cell) {
		for i, row := range rows {
			var cells []dossier.Cell
			for k, text := range row {
				ref := fmt.Sprintf("r%dc%d", from+i+1, k+1)
				if sheet {
					ref = fmt.Sprintf("%c%d", 'A'+k, from+i+1)
				}
				cells = append(cells, dossier.Cell{Text: text, Ref: ref})
			}
			out = append(out, cells)
		}
		return out
	}
	if sheet {
		var top [][]string
		for _, a := range above {
			top = append(top, []string{a})
		}
		return []dossier.Page{{Number: page, Name: above[0], Tables: []dossier.Table{{Sheet: true, Rows: table(append(top, rows...), 0)}}}}
	}
	one := dossier.Page{Number: page}
	for _, a := range above {
		one.Lines = append(one.Lines, dossier.Line{Text: a})
	}
	cut := len(rows)
	if rapid.Bool().Draw(t, "two pages") {
		cut = rapid.IntRange(heads+3, len(rows)-2).Draw(t, "page break")
	}
	for _, row := range rows[:cut] {
		one.Lines = append(one.Lines, dossier.Line{Text: strings.Join(row, "\t")})
	}
	one.Text = textOf(one.Lines)
	one.Tables = []dossier.Table{{Rows: table(rows[:cut], 0)}}
	if cut == len(rows) {
		return []dossier.Page{one}
	}
	rest := rows[cut:]
	if rapid.Bool().Draw(t, "head again") {
		rest = append(append([][]string{}, rows[:heads]...), rest...)
	}
	two := dossier.Page{Number: page + 1, Tables: []dossier.Table{{Rows: table(rest, 0), Continues: true}}}
	for _, row := range rest {
		two.Lines = append(two.Lines, dossier.Line{Text: strings.Join(row, "\t")})
	}
	two.Text = textOf(two.Lines)
	return []dossier.Page{one, two}
}

func textOf(lines []dossier.Line) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.Text + "\n")
	}
	return b.String()
}
