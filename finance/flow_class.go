package finance

import (
	"regexp"
	"strings"
)

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
	ClassTax          Class = "tax"          // 税费, 社保
	ClassPayroll      Class = "payroll"      // 工资
	ClassWithdraw     Class = "withdraw"     // 提现
	ClassOut          Class = "out"          // other payments
)

var classNames = map[Class]string{ClassCustomer: "客户回款", ClassOwn: "本户互转", ClassRelated: "关联方往来", ClassPersonal: "个人往来",
	ClassDealings: "单位往来款", ClassLoanIn: "贷款发放", ClassBorrowed: "非银行借入", ClassLoanRepay: "归还贷款", ClassLoanInterest: "支付利息",
	ClassInterest: "存款结息", ClassWealth: "理财及定期存款", ClassRefund: "退款冲正", ClassSubsidy: "退税补贴", ClassCapital: "股东投入",
	ClassLent: "出借款项", ClassTax: "税费社保", ClassPayroll: "工资", ClassWithdraw: "提现", ClassOut: "经营及其他支出"}

// Chinese names the class.
func (c Class) Chinese() string { return classNames[c] }

var (
	tradeRE    = regexp.MustCompile(`货款|货|材料|采购|销售|服务费|工程款|运费|租金|加工|定金|订金|尾款|进度款|结算款|收款码|二维码|商品|餐费|房费|质保`)
	interestRE = regexp.MustCompile(`结息|存款利息|利息收入|活期利息|入息`)
	grantRE    = regexp.MustCompile(`贷款发放|发放贷款|放款|贷款资金|贷款入账|信贷资金|贷款转入|借款发放`)
	repayRE    = regexp.MustCompile(`归还贷款|偿还贷款|还贷|贷款本金|还本|归还本金|收回贷款|贷款归还|贷款还款|结清贷款|还款本金`)
	payIntRE   = regexp.MustCompile(`利息|付息|还息`)
	wealthRE   = regexp.MustCompile(`理财|基金|赎回|申购|结构性存款|定期存款|转定期|大额存单|通知存款|证券`)
	refundRE   = regexp.MustCompile(`退款|退货|退回|冲正|冲账|撤销|退票|原路`)
	subsidyRE  = regexp.MustCompile(`退税|补贴|补助|奖励|稳岗|财政|国库|留抵`)
	capitalRE  = regexp.MustCompile(`投资款|出资|注资|增资|股东投入|资本金|入股`)
	borrowRE   = regexp.MustCompile(`借款|拆借|暂借|借入|垫资|过桥`)
	dealingsRE = regexp.MustCompile(`往来|资金划转|调拨|周转|资金归集|转账存入|暂收|代收|还款`)
	taxRE      = regexp.MustCompile(`税|国库|社保|社会保险|公积金`)
	payrollRE  = regexp.MustCompile(`工资|代发|薪|奖金`)
	bankishRE  = regexp.MustCompile(`银行|信用社|农商|农信|财务公司|小额贷款|消费金融|融资租赁|金融租赁|信托`)
	orgRE      = regexp.MustCompile(`公司|厂|店|部|行|社|局|院|中心|集团|所|站|场|馆|会|校|超市|批发|经营|个体|合作|财付通|支付宝|银联`)
)

// surnames are the first characters by which a short counterparty is taken for a person.
const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔汤向常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝竺屠"

// isPerson tells whether a counterparty looks like a person's name.
func isPerson(name string) bool {
	r := []rune(squeeze(name))
	if len(r) < 2 || len(r) > 4 || orgRE.MatchString(name) {
		return false
	}
	for _, c := range r {
		if c < 0x4e00 || c > 0x9fff {
			return false
		}
	}
	return strings.ContainsRune(surnames, r[0]) && !strings.HasSuffix(name, "费") && !strings.HasSuffix(name, "款")
}

// classify decides one row; round trips are taken off afterwards.
func (o FlowOptions) classify(f *Flow, t Txn) Class {
	text := t.Summary + " " + t.Party
	in := t.In.IsPositive()
	bank := bankishRE.MatchString(t.Party)
	own := SameName(t.Party, f.Owner) || SameName(t.Party, o.Borrower) && f.Kind == FlowBank
	switch {
	case own:
		return ClassOwn
	case in && interestRE.MatchString(text) && !tradeRE.MatchString(t.Summary):
		return ClassInterest
	case in && (grantRE.MatchString(text) || bank && regexpLoan.MatchString(t.Summary)):
		return ClassLoanIn
	case !in && repayRE.MatchString(text) && !payIntOnly(t.Summary):
		return ClassLoanRepay
	case !in && bank && strings.Contains(t.Summary, "还款"):
		return ClassLoanRepay
	case !in && payIntRE.MatchString(text) && !tradeRE.MatchString(t.Summary):
		return ClassLoanInterest
	case o.related(t.Party):
		return ClassRelated
	case wealthRE.MatchString(text):
		return ClassWealth
	case refundRE.MatchString(text):
		return ClassRefund
	}
	if in {
		return o.classifyIn(f, t, text)
	}
	switch {
	case !bank && borrowRE.MatchString(t.Summary) && !strings.Contains(t.Summary, "还借款") && !strings.Contains(t.Summary, "归还"):
		return ClassLent
	case taxRE.MatchString(text):
		return ClassTax
	case payrollRE.MatchString(text):
		return ClassPayroll
	case strings.Contains(text, "提现"):
		return ClassWithdraw
	case isPerson(t.Party) && dealingsRE.MatchString(t.Summary) && !tradeRE.MatchString(t.Summary):
		return ClassPersonal
	}
	return ClassOut
}

var regexpLoan = regexp.MustCompile(`贷款|借款|融资|放款`)

func payIntOnly(s string) bool {
	return strings.Contains(s, "利息") && !strings.Contains(s, "本息") && !strings.Contains(s, "本金")
}

func (o FlowOptions) classifyIn(f *Flow, t Txn, text string) Class {
	trade := tradeRE.MatchString(t.Summary)
	switch {
	case subsidyRE.MatchString(text) && !trade:
		return ClassSubsidy
	case capitalRE.MatchString(t.Summary):
		return ClassCapital
	case trade:
		return ClassCustomer
	case borrowRE.MatchString(t.Summary):
		return ClassBorrowed
	case isPerson(t.Party) && dealingsRE.MatchString(t.Summary):
		return ClassPersonal
	case dealingsRE.MatchString(t.Summary):
		return ClassDealings
	case f.Kind != FlowBank && strings.Contains(t.Summary, "提现"):
		return ClassWithdraw
	}
	return ClassCustomer
}

func (o FlowOptions) related(party string) bool {
	for _, n := range o.RelatedNames {
		if SameName(n, party) {
			return true
		}
	}
	return false
}
