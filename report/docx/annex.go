package docx

import (
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/layout"
)

func (d *doc) annexes() {
	if d.r.Kind != report.Finance {
		d.pages.newPage()
		d.heading(1)
		d.findings()
		d.pages.newPage()
		d.heading(1)
		d.materials()
	}
	d.pages.newPage()
	d.heading(1)
	d.sources()
}

func (d *doc) findings() {
	fs := layout.Findings(d.r.Findings)
	if len(fs) == 0 {
		d.text("Body", "按现有规则检查，未发现问题。", bodySize, bodyLine)
		return
	}
	var rows [][]cell
	for i, f := range fs {
		marks, w := d.marks(d.src.NumbersOf(f.Evidence))
		what := plain(f.Message)
		what.runs += marks
		what.ems += w
		if f.Arithmetic != "" {
			sum := plain("计算：" + f.Arithmetic)
			what.runs += "<w:r><w:br/></w:r>" + sum.runs
			what.lines += 1 + int(sum.ems/14) // the column holds some 14 characters
		}
		if f.Title != "" {
			what.runs = run(f.Title, "<w:b/>") + "<w:r><w:br/></w:r>" + what.runs
			what.lines++
		}
		level := layout.SeverityZH(f.Severity) + "\n" + layout.KindZH(f.Kind)
		if f.Result == "not_testable" {
			level += "\n" + layout.ResultZH(f.Result)
		}
		rows = append(rows, []cell{left(strconv.Itoa(i+1) + "\n" + f.Rule), left(level), what, left(layout.BasisText(f.Basis)), left(layout.RemedyText(f))})
	}
	d.grid([]string{"编号", "级别", "问题", "依据", "整改"}, rows, 5, []float64{10, 8, 32, 18, 20})
	d.gapAfterTable()
}

func left(s string) cell {
	c := plain(s)
	c.right = false
	return c
}

func (d *doc) gapAfterTable() {
	d.body.raw(para("Note", "", ""))
	d.pages.lines(1, 15, 1, 6)
}

func (d *doc) materials() {
	if len(d.r.Materials) == 0 {
		d.text("Body", "未收到可识别的材料。", bodySize, bodyLine)
		return
	}
	var rows [][]cell
	for i, m := range d.r.Materials {
		pages := "—"
		if m.Pages > 0 {
			pages = strconv.Itoa(m.Pages)
		}
		var notes []string
		if m.Scan {
			notes = append(notes, "扫描件（文字识别）")
		}
		notes = append(notes, m.Problems...)
		rows = append(rows, []cell{plain(strconv.Itoa(i + 1)), left(m.NameZH), left(m.File), plain(pages), left(m.State), left(strings.Join(notes, "；"))})
	}
	d.grid([]string{"序号", "材料", "文件", "页数", "状态", "说明"}, rows, 6, []float64{6, 18, 28, 6, 13, 19})
	d.gapAfterTable()
}

func (d *doc) sources() {
	if fs := layout.Formulas(d.r); len(fs) > 0 {
		d.sub("1. 指标计算过程")
		var rows [][]cell
		for _, f := range fs {
			rows = append(rows, []cell{left(f.Name), left(f.Period), left(f.Formula), left(f.Operands), plain(f.Value)})
		}
		d.grid([]string{"指标", "期间", "公式", "代入", "结果"}, rows, 5, []float64{16, 13, 24, 33, 13})
		d.gapAfterTable()
	}
	d.sub("2. 各文件被引用之处")
	var rows [][]cell
	for _, f := range d.src.ByFile() {
		var places []string
		for _, s := range f.Sources {
			places = append(places, strings.TrimSpace("["+strconv.Itoa(s.N)+"] "+s.Where()))
		}
		rows = append(rows, []cell{left(f.File), left(strings.Join(places, "、"))})
	}
	if len(rows) > 0 {
		d.grid([]string{"文件", "来源编号及位置"}, rows, 2, []float64{38, 50})
		d.gapAfterTable()
		d.sub("3. 来源原文")
		d.text("Body", "以下注释按首次引用的先后编号，引号内为材料原文；个人证件号码、账号、手机号码已遮盖。", bodySize, bodyLine)
	} else {
		d.text("Body", "本稿没有引用任何材料。", bodySize, bodyLine)
	}
}

func (d *doc) sub(s string) {
	d.body.raw(para("Sub", "", run(s, "")))
	d.pages.keep(31, nil)
}
