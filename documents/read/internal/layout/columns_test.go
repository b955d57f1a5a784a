package layout

import (
	"strings"
	"testing"
)

// Two columns of running text are read one after the other, between the title above and the line below them.
func TestTwoColumnsOfProse(t *testing.T) {
	left := []string{"第一条甲方向乙方提供流动资金借款期限十二", "个月自首次提款之日起计算按季结息到期一次", "还本第二条乙方应当按照约定用途使用借款不", "得将借款用于固定资产投资股权投资以及国家", "禁止生产经营的领域和用途第三条乙方应当按", "照甲方要求提供真实完整有效的财务报表"}
	right := []string{"第四条发生下列情形之一的甲方有权宣布借款", "提前到期乙方未按约定用途使用借款乙方财务", "状况恶化乙方提供虚假材料第五条乙方逾期还", "款的自逾期之日起按本合同约定利率上浮百分", "之五十计收罚息直至清偿本息为止第六条本合", "同争议由甲方住所地人民法院管辖"}
	parts := [][]Glyph{set(250, 40, "借款合同"), set(50, 300, "本页无正文")}
	for i := range left {
		parts = append(parts, set(50, 80+float64(i)*20, left[i]), set(300, 87+float64(i)*20, right[i]))
	}
	want := "借款合同\n" + strings.Join(left, "\n") + "\n" + strings.Join(right, "\n") + "\n本页无正文"
	if got := texts(Build(page(parts...), nil, 600, 800)); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// Two columns of labels and values, or of numbers, are lines of one form and stay together.
func TestTwoColumnsOfAForm(t *testing.T) {
	var parts [][]Glyph
	for i, row := range [][2]string{{"货币资金 1,234.50", "短期借款 2,000.00"}, {"应收账款 99.10", "应付账款 1.25"}, {"存货 7,777.70", "应交税费 8.80"}, {"固定资产 6.60", "实收资本 5.50"}, {"无形资产 3.30", "未分配利润 2.20"}, {"资产总计 4.40", "负债合计 1.10"}} {
		y := 60 + 20*float64(i)
		parts = append(parts, set(50, y, row[0]), set(320, y, row[1]))
	}
	res := Build(page(parts...), nil, 600, 800)
	if len(res.Lines) != 6 || !strings.HasPrefix(res.Lines[0].Text, "货币资金 1,234.50\t短期借款") {
		t.Errorf("%q", texts(res))
	}
}

// Numbers that come close to the words behind them are parted where line after line has the same edge.
func TestTightColumns(t *testing.T) {
	var parts [][]Glyph
	for i, row := range [][3]string{{"2026-01-01", "10,000.00", "甲公司"}, {"2026-01-02", "777.10", "乙公司"}, {"2026-01-03", "1,554.20", "丙公司"}} {
		y := 60 + 20*float64(i)
		parts = append(parts, set(50, y, row[0]), right(200, y, row[1]), set(201, y, row[2]))
	}
	res := Build(page(parts...), nil, 600, 800)
	if want := "2026-01-01\t10,000.00\t甲公司\n2026-01-02\t777.10\t乙公司\n2026-01-03\t1,554.20\t丙公司"; texts(res) != want {
		t.Errorf("%q", texts(res))
	}
	if b := res.Tables[0].Rows[1][2].Box; b.X0 != 201 || b.X1 != 231 {
		t.Errorf("box %+v", b)
	}
}

// A unit belongs to its number, an item's number to its text, however regular the lines are.
func TestTightProse(t *testing.T) {
	var parts [][]Glyph
	for i, s := range []string{"总资产：人民币 100.00", "净资产：人民币 200.00", "净利润：人民币 300.00"} {
		parts = append(parts, set(50, 60+20*float64(i), s), set(163, 60+20*float64(i), "元"))
	}
	for i, s := range []string{"1.", "2.", "3."} {
		parts = append(parts, set(50, 200+20*float64(i), s), set(64, 200+20*float64(i), "甲方应当"))
	}
	got := texts(Build(page(parts...), nil, 600, 800))
	if strings.Contains(got, "\t") {
		t.Errorf("%q", got)
	}
}

func TestLabelSetDownwards(t *testing.T) {
	res := Build(page(set(55, 60, "股"), set(55, 75, "东"), set(55, 90, "情"), set(55, 105, "况"), set(120, 60, "甲")),
		frame([]float64{50, 110, 200}, []float64{45, 115}), 600, 800)
	if got := res.Tables[0].Rows[0][0].Text; got != "股东情况" {
		t.Errorf("%q", got)
	}
}

// A merged cell says how far it reaches over the columns and rows that are left.
func TestReach(t *testing.T) {
	rules := []Rule{{true, 50, 50, 350}, {true, 75, 150, 350}, {true, 100, 50, 350}, {true, 125, 50, 350},
		{false, 50, 50, 125}, {false, 150, 50, 125}, {false, 250, 75, 125}, {false, 350, 50, 125}}
	res := Build(page(set(60, 78, "项目"), set(200, 65, "金额"), set(160, 90, "本月"), set(260, 90, "累计"),
		set(60, 115, "收入"), set(160, 115, "1.00"), set(260, 115, "2.00")), rules, 600, 800)
	rows := res.Tables[0].Rows
	if c := rows[0][0]; c.Rows != 2 || c.Cols != 1 {
		t.Errorf("%+v", c)
	}
	if c := rows[0][1]; c.Cols != 2 || c.Rows != 1 {
		t.Errorf("%+v", c)
	}
	if c := rows[2][2]; c.Cols != 0 || c.Rows != 0 {
		t.Errorf("%+v", c)
	}
}
