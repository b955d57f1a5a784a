package invoice

import "github.com/xindiao/xindiao/dossier"

// checkID names a check; its text is in checkTable.
type checkID uint8

const (
	checkNone checkID = iota
	checkNoNumber
	checkScientific
	checkNumberForm
	checkCodeForm
	checkNumberYear
	checkNoDate
	checkNoAmount
	checkFuture
	checkSum
	checkTaxRate
	checkRateIllegal
	checkRateOld
	checkTaxHigh
	checkTaxMixed
	checkTaxRounding
	checkSign
	checkAbnormal
	checkCopy
	checkSameNumber
	checkSharedNumber
	checkTwoStates
	checkOrder
	checkRedByNumber
	checkRedByAmount
	checkRedPart
	checkRedOrphan
	checkRedTooMuch
	checkReversedOnly
	checkReturn
	checkAfterLoan
	checkCount
)

// Weight tells what a check's hit is worth.
type Weight uint8

// Weights.
const (
	Remark Weight = iota // worth knowing, usual in honest ledgers
	Doubt                // to be explained
	Fault                // cannot stand as it is
)

// Check is what one check found on one side of a ledger.
type Check struct {
	ID       string
	Name     string // Chinese
	Weight   Weight
	Rows     int
	Amount   Cents // of the rows, without sign
	Examples []Example
}

// Example shows one row, the first ones of each check.
type Example struct {
	Line   int
	Number string
	Date   dossier.Date
	Party  string
	Amount Cents
	Note   string // Chinese
}

const maxExamples = 12

var checkTable = [checkCount]struct {
	id, name string
	weight   Weight
}{
	checkNoNumber:     {"no_number", "没有发票号码", Doubt},
	checkScientific:   {"number_scientific", "号码以科学计数法保存，末位已丢失", Remark},
	checkNumberForm:   {"number_form", "号码不是8位、也不是合乎年份与地区的20位", Fault},
	checkCodeForm:     {"code_form", "发票代码不是10位或12位的已知式样", Fault},
	checkNumberYear:   {"number_year", "号码中的年份与开票日期不符", Fault},
	checkNoDate:       {"no_date", "开票日期无法识别", Doubt},
	checkNoAmount:     {"no_amount", "金额无法识别", Doubt},
	checkFuture:       {"date_future", "开票日期晚于基准日", Fault},
	checkSum:          {"sum", "金额加税额不等于价税合计", Fault},
	checkTaxRate:      {"tax_rate", "税额不等于金额乘以所列税率", Fault},
	checkRateIllegal:  {"rate_illegal", "所列税率在开票日未施行", Fault},
	checkRateOld:      {"rate_old", "按旧税率开具（补开）", Remark},
	checkTaxHigh:      {"tax_high", "税额高于当时最高税率", Fault},
	checkTaxMixed:     {"tax_mixed", "税额不合任何单一税率（多税率或差额征税）", Remark},
	checkTaxRounding:  {"tax_rounding", "税额与单一税率相差在多行尾差以内", Remark},
	checkSign:         {"sign", "标为红字而金额为正，或金额与税额正负相反", Doubt},
	checkAbnormal:     {"abnormal", "状态为失控或异常", Fault},
	checkCopy:         {"duplicate_copy", "同一张发票重复列示", Fault},
	checkSameNumber:   {"duplicate_amount", "同一号码金额或日期不同", Fault},
	checkSharedNumber: {"duplicate_party", "同一号码开给不同购方", Fault},
	checkTwoStates:    {"duplicate_state", "同一号码既有效又作废", Fault},
	checkOrder:        {"date_order", "号码在后而开票日期在前", Remark},
	checkRedByNumber:  {"red_by_number", "红字发票按备注号码找到原票", Remark},
	checkRedByAmount:  {"red_by_amount", "红字发票按对手和金额找到原票", Remark},
	checkRedPart:      {"red_part", "红字发票无等额原票，或为部分红冲", Remark},
	checkRedOrphan:    {"red_orphan", "红字发票在清单内没有原票", Doubt},
	checkRedTooMuch:   {"red_too_much", "红字金额大于原票", Fault},
	checkReversedOnly: {"reversed_only", "原票标为已红冲而清单内没有红字发票", Doubt},
	checkReturn:       {"return", "与同一对手短期内等额一买一卖", Doubt},
	checkAfterLoan:    {"after_loan", "放款后红冲放款前开具的发票", Doubt},
}

// hit counts a row for a check.
func (s *sideBook) hit(id checkID, amount Cents, example func() Example) {
	c := &s.checks[id]
	c.Rows++
	c.Amount += amount.abs()
	if len(c.Examples) < maxExamples {
		c.Examples = append(c.Examples, example())
	}
}

func (s *sideBook) hitRow(id checkID, r *Row, note string) {
	c := &s.checks[id]
	c.Rows++
	c.Amount += r.value().abs()
	if len(c.Examples) < maxExamples {
		c.Examples = append(c.Examples, Example{r.Line, show(r.Number), r.Day.Date(), show(r.Party), r.value(), note})
	}
}

func show(b []byte) string { return string(clipBytes(b, 120)) }

// list returns the checks that found something, in the table's order.
func (s *sideBook) list() (out []Check) {
	for id := range s.checks {
		if c := s.checks[id]; c.Rows > 0 {
			t := checkTable[id]
			c.ID, c.Name, c.Weight = t.id, t.name, t.weight
			out = append(out, c)
		}
	}
	return out
}
