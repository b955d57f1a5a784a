package repay

import (
	"errors"
	"fmt"

	"github.com/xindiao/xindiao/dossier"
)

// Method is how principal comes back.
type Method string

// Methods.
const (
	EqualPayment   Method = "equal_payment"   // 等额本息: the same payment every period
	EqualPrincipal Method = "equal_principal" // 等额本金: the same principal every period
	Bullet         Method = "bullet"          // 到期一次还本付息: one payment
	InterestOnly   Method = "interest_only"   // 按期付息、到期还本
	Planned        Method = "planned"         // 按计划分期还本: principal by Terms.Weights
)

// Chinese names the method.
func (m Method) Chinese() string {
	switch m {
	case EqualPayment:
		return "等额本息"
	case EqualPrincipal:
		return "等额本金"
	case Bullet:
		return "到期一次还本付息"
	case InterestOnly:
		return "按期付息、到期还本"
	case Planned:
		return "按计划分期还本"
	}
	return string(m)
}

// Count is how interest counts time.
type Count string

// Counts. Monthly takes a twelfth of the yearly rate a whole month; a broken period counts its days over 360.
const (
	Monthly   Count = "monthly"    // 按月计息
	Actual360 Count = "actual/360" // 按日计息，年 360 天
	Actual365 Count = "actual/365" // 按日计息，年 365 天
	Thirty360 Count = "30/360"     // 每月 30 天、年 360 天
)

// Bounds of what a schedule takes.
const (
	maxMonths = 600
	maxRows   = 601
)

var (
	maxPrincipal = dossier.D("1000000000000000")
	maxRate      = one
)

// Terms are a loan's terms.
type Terms struct {
	Principal dossier.Decimal // 元, to the cent
	Rate      dossier.Decimal // yearly: 0.0435
	Start     dossier.Date    // the day of the draw
	Months    int             // to maturity, 1 to 600
	Method    Method
	Every     int               // months between two payments; 0: 1
	Repay     int               // months between two repayments of principal, a multiple of Every; 0: as Every
	Day       int               // of the month on which payments fall, 31 the last; 0: the day of Start
	Calendar  bool              // payments fall in months that Every divides: 3, 6, 9, 12 for quarters
	MinStub   int               // a first period of fewer days joins the next; 0: none is too short
	Count     Count             // "": Monthly
	Grace     int               // months from the start in which no principal falls due
	Balloon   dossier.Decimal   // 元 of principal that only maturity repays
	Weights   []dossier.Decimal // Planned: shares of principal at its dates, of any sum; fewer than dates: the rest are 0
}

// check fills defaults and refuses what makes no loan.
func (t *Terms) check() error {
	if t.Every == 0 {
		t.Every = 1
	}
	if t.Repay == 0 {
		t.Repay = t.Every
	}
	if t.Count == "" {
		t.Count = Monthly
	}
	switch {
	case !t.Principal.IsPositive():
		return errors.New("贷款金额须大于零")
	case t.Principal.GreaterThan(maxPrincipal):
		return errors.New("贷款金额超出可计算的范围")
	case !t.Principal.Equal(t.Principal.Round(2)):
		return errors.New("贷款金额须精确到分")
	case t.Rate.IsNegative() || t.Rate.GreaterThan(maxRate):
		return fmt.Errorf("年利率%s不在0至100%%之间，请核对是否把百分数写成了小数", percent(t.Rate))
	case t.Months < 1 || t.Months > maxMonths:
		return fmt.Errorf("贷款期限须为1至%d个月", maxMonths)
	case !t.Start.Valid() || t.Start.Year < 1900 || t.Start.Year > 2200:
		return errors.New("缺少有效的放款日期")
	case t.Every < 1 || t.Repay < 1 || t.Repay%t.Every != 0:
		return errors.New("还本间隔须为付息间隔的整数倍")
	case t.Method == EqualPayment && t.Repay != t.Every:
		return errors.New("等额本息每期同时还本付息，还本间隔须等于付息间隔")
	case t.Day < 0 || t.Day > 31 || t.MinStub < 0 || t.MinStub > 366:
		return errors.New("还款日须为1至31日")
	case t.Grace < 0 || t.Grace >= t.Months && t.Grace > 0:
		return errors.New("宽限期须短于贷款期限")
	case t.Balloon.IsNegative() || t.Balloon.GreaterThan(t.Principal):
		return errors.New("到期一次归还的部分须在零与贷款金额之间")
	}
	switch t.Method {
	case EqualPayment, EqualPrincipal, Bullet, InterestOnly:
	case Planned:
		return t.checkWeights()
	default:
		return fmt.Errorf("没有这种还款方式：%s", t.Method)
	}
	switch t.Count {
	case Monthly, Actual360, Actual365, Thirty360:
		return nil
	}
	return fmt.Errorf("没有这种计息方式：%s", t.Count)
}

func (t *Terms) checkWeights() error {
	total := zero
	for _, w := range t.Weights {
		if w.IsNegative() {
			return errors.New("还本比例不得为负")
		}
		total = total.Add(w)
	}
	if len(t.Weights) > maxRows || !total.IsPositive() {
		return errors.New("按计划分期还本须给出每期还本比例")
	}
	return nil
}
