package finance

import (
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// flowCols maps the columns of a flow; -1 where there is none.
type flowCols struct {
	date, time, in, out, amount, flag, balance, party, account, status int
	summary                                                            []int
	scale                                                              dossier.Decimal
	width                                                              int
}

var flowHeads = []struct {
	re  *regexp.Regexp
	set func(*flowCols, int)
}{
	{regexp.MustCompile(`^(?:交易|记账|入账|账务|业务)?(?:日期|日)$|^交易时间\(|^(?:交易|记账|入账)(?:创建)?时间$|^(?:交易|记账|入账)日期时间$|^日期`), func(c *flowCols, i int) {
		if c.date < 0 {
			c.date = i
		} else if c.time < 0 {
			c.time = i
		}
	}},
	{regexp.MustCompile(`^时间$`), func(c *flowCols, i int) { c.time = i }},
	{regexp.MustCompile(`余额$|^余额|账户余额|当前余额`), func(c *flowCols, i int) { first(&c.balance, i) }},
	{regexp.MustCompile(`(?:收入|支出|借方|贷方|收支|收|支|借|贷)[/／](?:收入|支出|借方|贷方|收|支|借|贷)(?:发生额|金额|额)`), func(c *flowCols, i int) { first(&c.amount, i) }},
	{regexp.MustCompile(`借贷|借/贷|收/支|收支|收付|交易方向|借方/贷方|^方向$`), func(c *flowCols, i int) { first(&c.flag, i) }},
	{regexp.MustCompile(`^借方|支出(?:金额|额)?|^付款金额|转出金额|^借$|付出`), func(c *flowCols, i int) { first(&c.out, i) }},
	{regexp.MustCompile(`^贷方|收入(?:金额|额)?|^收款金额|转入金额|^贷$|存入`), func(c *flowCols, i int) { first(&c.in, i) }},
	{regexp.MustCompile(`^(?:交易)?金额|^发生额|^交易额|^本次发生`), func(c *flowCols, i int) { first(&c.amount, i) }},
	{regexp.MustCompile(`(?:对方|对手方?|交易对[方手])(?:账号|账户|卡号|帐号|账户号)$|^收/付款方账号`), func(c *flowCols, i int) { first(&c.account, i) }},
	{regexp.MustCompile(`(?:对方|对手方?)(?:户名|名称|单位|账户名称?|姓名)?$|^交易对[方手]|^收/付款方(?:名称)?$|^对方`), func(c *flowCols, i int) { first(&c.party, i) }},
	{regexp.MustCompile(`状态`), func(c *flowCols, i int) { first(&c.status, i) }},
	{regexp.MustCompile(`摘要|用途|附言|备注|交易类型|交易分类|商品|说明|交易种类`), func(c *flowCols, i int) { c.summary = append(c.summary, i) }},
}

func first(p *int, i int) {
	if *p < 0 {
		*p = i
	}
}

// flowHead reads row r as the header of a flow.
func (g grid) flowHead(r int) (*flowCols, bool) {
	c := &flowCols{date: -1, time: -1, in: -1, out: -1, amount: -1, flag: -1, balance: -1, party: -1, account: -1, status: -1, scale: one}
	c.width = len(g.rows[r])
	for i := range g.rows[r] {
		s := squeeze(g.text(r, i))
		if s == "" || len([]rune(s)) > 24 {
			continue
		}
		core := unitInRE.ReplaceAllString(s, "")
		if m := unitInRE.FindStringSubmatch(s); m != nil {
			c.scale = unitNamed(m[1]).Scale()
		}
		for _, h := range flowHeads {
			if h.re.MatchString(core) {
				h.set(c, i)
				break
			}
		}
	}
	ok := c.date >= 0 && (c.in >= 0 && c.out >= 0 || c.amount >= 0 && (c.flag >= 0 || c.balance >= 0 || c.party >= 0))
	return c, ok
}

// table reads the rows of one table; a table without header continues the one before.
func (r *flowReader) table(p *dossier.Page, t dossier.Table) {
	g := newGrid(*p, t)
	for i := range g.rows {
		if c, ok := g.flowHead(i); ok {
			r.cols = c
			continue
		}
		if r.cols == nil || !r.row(p, g, i) {
			if i < 40 || len(r.f.Rows) == 0 {
				r.headText(g.rowText(i), g.place(r.f.File, p.Number, firstCell(g.rows[i]), ""))
			}
		}
	}
}

func firstCell(row []dossier.Cell) dossier.Cell {
	for _, c := range row {
		if c.Text != "" {
			return c
		}
	}
	return dossier.Cell{}
}

const maxTxns = 300_000

// row reads one transaction.
func (r *flowReader) row(p *dossier.Page, g grid, i int) bool {
	c := r.cols
	if len(r.f.Rows) >= maxTxns {
		return true
	}
	d, clock, ok := dayTime(g.text(i, c.date))
	if !ok {
		return false
	}
	if c.time >= 0 {
		if t := strings.TrimSpace(g.text(i, c.time)); t != "" {
			clock = clip(t, 12)
		}
	}
	t := Txn{Date: d, Time: clock, Party: g.cell(i, c.party), Account: g.cell(i, c.account)}
	var parts []string
	for _, k := range c.summary {
		if s := g.cell(i, k); s != "" && s != "/" {
			parts = append(parts, s)
		}
	}
	t.Summary = strings.Join(parts, " ")
	if t.Party == "/" || t.Party == "-" {
		t.Party = ""
	}
	scale := c.scale.Mul(r.f.Unit.Scale())
	if v, _, ok := ParseAmount(g.text(i, c.balance)); ok && c.balance >= 0 {
		v = v.Mul(scale)
		t.Balance = &v
	}
	switch {
	case c.in >= 0 && c.out >= 0:
		in, _, ok1 := ParseAmount(g.text(i, c.in))
		out, _, ok2 := ParseAmount(g.text(i, c.out))
		if !ok1 && !ok2 {
			return false
		}
		t.In, t.Out = in.Mul(scale), out.Mul(scale)
		if t.In.IsNegative() && t.Out.IsZero() { // a reversed entry
			t.Out, t.In = t.In.Neg(), zero
		} else if t.Out.IsNegative() && t.In.IsZero() {
			t.In, t.Out = t.Out.Neg(), zero
		}
	default:
		v, _, ok := ParseAmount(g.text(i, c.amount))
		if !ok {
			return false
		}
		if !r.direction(&t, v.Mul(scale), g.cell(i, c.flag), g.cell(i, c.status)) {
			r.f.Skipped++
			return true
		}
	}
	cell := g.rows[i][min(amountCol(c, t), len(g.rows[i])-1)]
	t.At = g.place(r.f.File, p.Number, cell, strings.Join(strings.Fields(d.String()+" "+t.Party+" "+t.Summary+" "+Money(t.Amount())), " "))
	r.f.Rows = append(r.f.Rows, t)
	return true
}

func amountCol(c *flowCols, t Txn) int {
	switch {
	case c.amount >= 0 && (c.in < 0 || c.out < 0):
		return c.amount
	case t.In.IsZero():
		return c.out
	}
	return c.in
}

func (g grid) cell(r, c int) string {
	if c < 0 {
		return ""
	}
	return strings.Join(strings.Fields(g.text(r, c)), " ")
}

// direction books a signed or flagged amount; false when the row moves no money of the owner's.
func (r *flowReader) direction(t *Txn, v dossier.Decimal, flag, status string) bool {
	if strings.Contains(status, "关闭") || strings.Contains(status, "失败") || strings.Contains(status, "全额退款") {
		return false
	}
	flag = squeeze(flag)
	in := v.IsPositive()
	switch {
	case strings.Contains(flag, "不计") || flag == "/" || flag == "中性":
		return false
	case strings.Contains(flag, "支") || strings.HasPrefix(flag, "借") || strings.Contains(flag, "付") || strings.EqualFold(flag, "D") || strings.Contains(flag, "转出"):
		in = v.IsNegative()
	case strings.Contains(flag, "收") || strings.HasPrefix(flag, "贷") || strings.EqualFold(flag, "C") || strings.Contains(flag, "转入"):
		in = !v.IsNegative()
	}
	if in {
		t.In = v.Abs()
	} else {
		t.Out = v.Abs()
	}
	return true
}

var (
	stampRE = regexp.MustCompile(`^(20\d{2})(?:年|[-./])?(\d{1,2})(?:月|[-./])?(\d{1,2})日?(?:[ T]*(\d{1,2}:\d{2}(?::\d{2})?))?`)
	packed  = regexp.MustCompile(`^(20\d{2})(\d{2})(\d{2})$`)
)

// dayTime reads 2026-08-31 15:30:26, 2026年8月31日, 20260831.
func dayTime(s string) (d dossier.Date, clock string, ok bool) {
	s = strings.TrimSpace(fold(s))
	if len(s) > 40 {
		return d, "", false
	}
	if m := packed.FindStringSubmatch(s); m != nil {
		d = dateOf(m[1], m[2], m[3])
		return d, "", d.Valid()
	}
	m := stampRE.FindStringSubmatch(s)
	if m == nil {
		return d, "", false
	}
	d = dateOf(m[1], m[2], m[3])
	return d, m[4], d.Valid()
}
