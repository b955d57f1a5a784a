package finance

import "strings"

// Class tells what a row of a flow is.
type Class string

// Classes. Only Customer counts as operating receipts.
const (
	ClassCustomer     Class = "customer"     // 客户回款
	ClassOwn          Class = "own"          // 本户名互转
	ClassRelated      Class = "related"      // 关联方
	ClassPersonal     Class = "personal"     // 个人往来
	ClassDealings     Class = "dealings"     // 单位往来款, no trade named
	ClassLoanIn       Class = "loan_in"      // 贷款发放
	ClassBorrowed     Class = "borrowed"     // 向非银行借入
	ClassLoanRepay    Class = "loan_repay"   // 归还本金
	ClassLoanInterest Class = "interest_out" // 付息
	ClassInterest     Class = "interest_in"  // 存款结息
	ClassWealth       Class = "wealth"       // 理财, 定期
	ClassRefund       Class = "refund"       // 退款, 冲正
	ClassSubsidy      Class = "subsidy"      // 退税, 补贴
	ClassCapital      Class = "capital"      // 股东投入
	ClassLent         Class = "lent"         // 借给第三方
	ClassTax          Class = "tax"          // 税费
	ClassSocial       Class = "social"       // 社保, 公积金
	ClassRent         Class = "rent"         // 房租, 物业
	ClassUtility      Class = "utility"      // 水电燃气
	ClassPayroll      Class = "payroll"      // 工资
	ClassWithdraw     Class = "withdraw"     // 提现
	ClassOut          Class = "out"          // other payments
)

var classNames = map[Class]string{ClassCustomer: "客户回款", ClassOwn: "本户互转", ClassRelated: "关联方往来", ClassPersonal: "个人往来",
	ClassDealings: "单位往来款", ClassLoanIn: "贷款发放", ClassBorrowed: "非银行借入", ClassLoanRepay: "归还贷款", ClassLoanInterest: "支付利息",
	ClassInterest: "存款结息", ClassWealth: "理财及定期存款", ClassRefund: "退款冲正", ClassSubsidy: "退税补贴", ClassCapital: "股东投入",
	ClassLent: "出借款项", ClassTax: "税费", ClassSocial: "社保公积金", ClassRent: "房租物业", ClassUtility: "水电燃气", ClassPayroll: "工资",
	ClassWithdraw: "提现", ClassOut: "经营及其他支出"}

// Chinese names the class.
func (c Class) Chinese() string { return classNames[c] }

// isPerson tells whether a counterparty looks like a person's name.
func isPerson(name string) bool {
	r := []rune(squeeze(name))
	d := classData()
	if len(r) < 2 || len(r) > 4 || d.says("org", name) {
		return false
	}
	for _, c := range r {
		if c < 0x4e00 || c > 0x9fff {
			return false
		}
	}
	if !strings.ContainsRune(d.Surnames, r[0]) {
		return false
	}
	for _, w := range d.Lists["not_person"] {
		if strings.HasSuffix(name, w) {
			return false
		}
	}
	return true
}

// classifier classes rows; equal rows are classed once.
type classifier struct {
	f               *Flow
	d               *classFile
	owner, borrower string
	related         map[string]bool
	memo            map[string]Class
	keys            map[string]string
	persons         map[string]bool
}

const maxMemo = 100_000

func newClassifier(f *Flow, o FlowOptions) *classifier {
	c := &classifier{f: f, d: classData(), owner: nameKey(f.Owner), borrower: nameKey(o.Borrower), related: map[string]bool{},
		memo: map[string]Class{}, keys: map[string]string{}, persons: map[string]bool{}}
	for _, n := range o.RelatedNames {
		if n != "" {
			c.related[nameKey(n)] = true
		}
	}
	return c
}

// key is the party's name as names are compared.
func (c *classifier) key(party string) string {
	if party == "" {
		return ""
	}
	k, ok := c.keys[party]
	if !ok {
		k = nameKey(party)
		if len(c.keys) < maxMemo {
			c.keys[party] = k
		}
	}
	return k
}

func (c *classifier) person(party string) bool {
	p, ok := c.persons[party]
	if !ok {
		p = isPerson(party)
		if len(c.persons) < maxMemo {
			c.persons[party] = p
		}
	}
	return p
}

// class decides one row; round trips are taken off afterwards.
func (c *classifier) class(t Txn) Class {
	k := t.Party + "\x00" + t.Summary
	if t.In.IsPositive() {
		k = "+" + k
	}
	v, ok := c.memo[k]
	if !ok {
		v = c.decide(t)
		if len(c.memo) < maxMemo {
			c.memo[k] = v
		}
	}
	return v
}

func (c *classifier) decide(t Txn) Class {
	d := c.d
	text := t.Summary + " " + t.Party
	in := t.In.IsPositive()
	bank := d.bankish(t.Party)
	key := c.key(t.Party)
	own := key != "" && (key == c.owner || key == c.borrower && c.owner == "" && c.f.Kind == FlowBank)
	switch {
	case own:
		return ClassOwn
	case in && d.says("deposit_interest", text) && !d.says("trade", t.Summary):
		return ClassInterest
	case in && (d.says("grant", text) || bank && d.says("loan", t.Summary)):
		return ClassLoanIn
	case !in && d.says("repay", text) && !payIntOnly(t.Summary):
		return ClassLoanRepay
	case !in && bank && strings.Contains(t.Summary, "还款"):
		return ClassLoanRepay
	case !in && d.lender(t.Party) != "" && !payIntOnly(t.Summary) && !d.says("wealth", text) && !d.says("refund", text):
		return ClassLoanRepay
	case !in && d.says("pay_interest", text) && !d.says("trade", t.Summary):
		return ClassLoanInterest
	case c.related[key], key != "" && key == c.borrower: // on the card of somebody close
		return ClassRelated
	case d.says("wealth", text):
		return ClassWealth
	case d.says("refund", text):
		return ClassRefund
	}
	if in {
		return c.decideIn(t, text)
	}
	switch {
	case !bank && d.says("borrow", t.Summary) && !d.says("repay_borrowed", t.Summary):
		return ClassLent
	case d.says("social", text):
		return ClassSocial
	case d.says("tax", text):
		return ClassTax
	case d.says("payroll", text):
		return ClassPayroll
	case strings.Contains(text, "提现"):
		return ClassWithdraw
	case d.says("utility", text):
		return ClassUtility
	case d.says("rent", t.Summary):
		return ClassRent
	case c.person(t.Party) && d.says("dealings", t.Summary) && !d.says("trade", t.Summary):
		return ClassPersonal
	}
	return ClassOut
}

func payIntOnly(s string) bool {
	return strings.Contains(s, "利息") && !strings.Contains(s, "本息") && !strings.Contains(s, "本金")
}

func (c *classifier) decideIn(t Txn, text string) Class {
	d := c.d
	trade := d.says("trade", t.Summary)
	switch {
	case d.says("subsidy", text) && !trade:
		return ClassSubsidy
	case d.says("capital", t.Summary):
		return ClassCapital
	case trade:
		return ClassCustomer
	case d.says("borrow", t.Summary):
		return ClassBorrowed
	case c.person(t.Party) && d.says("dealings", t.Summary):
		return ClassPersonal
	case d.says("dealings", t.Summary):
		return ClassDealings
	case c.f.Kind != FlowBank && d.says("withdraw", t.Summary):
		return ClassWithdraw
	}
	return ClassCustomer
}
