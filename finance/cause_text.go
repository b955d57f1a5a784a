package finance

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
)

// text says a cause in one sentence with its arithmetic.
func (q *search) text(c Cause) string {
	name, total := NameOf(c.Figure.Indicator), NameOf(q.sum.Total.Indicator)
	closed := total + "即相符"
	if q.sum.Equal {
		closed = "两份材料即一致"
	}
	if c.Closes > 0 {
		closed += fmt.Sprintf("，同一数字所在的其他%d项勾稽也随之相符", c.Closes)
	}
	diff := Money(q.sum.Diff().Abs())
	other := ""
	if c.Other != nil {
		other = NameOf(c.Other.Indicator)
	}
	change := fmt.Sprintf("%s %s 若为 %s", name, Money(c.From), Money(c.To))
	switch c.Class {
	case CauseRounding:
		return fmt.Sprintf("差额 %s 不超过各项尾数之和，属四舍五入", diff)
	case CauseRestated:
		return fmt.Sprintf("两份报表各自平衡而%s相差 %s，应为追溯调整或更正，须有说明", name, diff)
	case CauseOffset:
		return fmt.Sprintf("差额 %s 与%s的差额大小相等、方向相反，同一笔金额可能列错了项目", diff, other)
	case CauseDouble:
		return fmt.Sprintf("差额 %s 等于%s，%s可能重复计入了该项", diff, other, total)
	case CauseMissing:
		if c.From.IsZero() && c.Other != nil && c.Other.Indicator == c.Figure.Indicator {
			return fmt.Sprintf("上期有%s %s 而本期未列示，若为 %s，%s", other, Money(c.Other.Value), Money(c.To), closed)
		}
		return fmt.Sprintf("差额 %s 等于%s，%s可能漏计了该项", diff, other, total)
	case CauseTwo:
		return fmt.Sprintf("%s，同时%s %s 若为 %s，%s", change, other, Money(c.Other.Value), Money(c.OtherTo), closed)
	}
	return fmt.Sprintf("%s（%s），%s", change, q.why(c), closed)
}

// why names the slip.
func (q *search) why(c Cause) string {
	why := c.Class.Chinese()
	switch c.Class {
	case CauseDigit:
		if c.Lookalike {
			why = "一位数字与形近数字相混"
		}
	case CauseWrong:
		why = "多项勾稽一致指向该数"
	case CauseUnit:
		why = "相差" + times(c.From, c.To) + "倍，单位或小数点错位"
	case CauseSwapped:
		why = "误取了" + c.Other.Period.Chinese() + "数"
	case CauseScope:
		why = "误取了" + scopeName(c.Other.Scope) + "口径的数"
	case CausePaper:
		why = "另一份材料所列"
	}
	if c.Other != nil && c.Other.Source != nil && file(*c.Other) != file(c.Figure) {
		why += "，见《" + c.Other.Source.File + "》"
	}
	return why
}

func scopeName(s dossier.Scope) string {
	if s == dossier.ScopeConsolidated {
		return "合并"
	}
	return "母公司"
}

// times is the power of ten between two amounts.
func times(a, b dossier.Decimal) string {
	a, b = a.Abs(), b.Abs()
	if a.LessThan(b) {
		a, b = b, a
	}
	n := "1"
	for b = b.Shift(1); b.LessThanOrEqual(a.Mul(dossier.D("1.01"))) && len(n) < 12; b = b.Shift(1) {
		n += "0"
	}
	return n
}
