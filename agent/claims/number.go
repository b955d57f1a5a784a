// Package claims checks a sentence against what it cites: each number, date, quotation, name and denial must
// stand in a cited passage, equal a cited figure, or follow from cited figures by simple arithmetic.
//
// Numbers reads the numbers of Chinese prose with their units and printed precision; Check compares. A number
// that merely occurs somewhere in the dossier is no support.
package claims

import "github.com/xindiao/xindiao/dossier"

// Kind of a number.
type Kind string

// Kinds. Value is canonical for each: see Number.Value.
const (
	Money      Kind = "money"      // 元
	Foreign    Kind = "foreign"    // another currency, in its unit; never compared with 元
	Percent    Kind = "percent"    // a ratio: 37.77% is 0.3777
	Points     Kind = "points"     // a difference of ratios: 2.3个百分点 is 0.023
	Count      Kind = "count"      // with Unit: 天 个月 人 倍 ㎡…
	Plain      Kind = "plain"      // no unit: 流动比率1.62
	Date       Kind = "date"       // see Number.Date
	Ordinal    Kind = "ordinal"    // 第九条, 第一大股东
	Identifier Kind = "identifier" // contract and document numbers, codes, accounts, house numbers
	Relative   Kind = "relative"   // a window of time: 近三年, 一年以内
)

// Approx is how a number is hedged.
type Approx string

// Hedges.
const (
	Exact Approx = ""
	About Approx = "约" // within rounding
	Under Approx = "近" // the fact is a little below
	Over  Approx = "逾" // the fact is a little above
)

// Number is one number of a text.
type Number struct {
	Kind   Kind
	Value  dossier.Decimal // 元, ratio, or in Unit; signed
	Tol    dossier.Decimal // what printing may have rounded off, in Value's unit; 0 for integers that count
	Unit   string          // canonical: 元 % 百分点 天 月 年 人 倍 ㎡ …; "" for Plain
	Approx Approx
	Change int          // -1 when words say a decrease or loss, 1 an increase, 0 neither
	Date   dossier.Date // Month or Day 0 when not printed; the end of a period
	From   dossier.Date // the start of a period, else zero
	Edge   string       // 末 or 初 of the date
	Text   string       // as printed
	Start  int          // byte offsets in the text
	End    int
}

// units that say the same: printed -> canonical and factor.
var units = map[string]struct {
	unit   string
	factor string
}{
	"天": {"天", "1"}, "日": {"天", "1"}, "周": {"天", "7"}, "个工作日": {"工作日", "1"}, "个月": {"月", "1"}, "月": {"月", "1"},
	"年": {"月", "12"}, "个季度": {"月", "3"}, "季度": {"月", "3"}, "小时": {"小时", "1"}, "分钟": {"分钟", "1"}, "岁": {"岁", "1"},
	"人": {"人", "1"}, "名": {"人", "1"}, "位": {"人", "1"}, "家": {"家", "1"}, "户": {"家", "1"}, "个": {"个", "1"},
	"笔": {"笔", "1"}, "次": {"次", "1"}, "倍": {"倍", "1"}, "套": {"套", "1"}, "台": {"台", "1"}, "辆": {"辆", "1"}, "份": {"份", "1"},
	"张": {"张", "1"}, "项": {"项", "1"}, "件": {"件", "1"}, "条": {"条", "1"}, "股": {"股", "1"}, "吨": {"吨", "1"}, "公斤": {"公斤", "1"},
	"千克": {"公斤", "1"}, "kg": {"公斤", "1"}, "米": {"米", "1"}, "公里": {"公里", "1"}, "平方米": {"㎡", "1"}, "平米": {"㎡", "1"},
	"㎡": {"㎡", "1"}, "m2": {"㎡", "1"}, "m²": {"㎡", "1"}, "亩": {"亩", "1"}, "kWh": {"kWh", "1"}, "千瓦时": {"kWh", "1"}, "度": {"kWh", "1"},
	"页": {"页", "1"}, "处": {"处", "1"}, "期": {"期", "1"}, "批": {"批", "1"}, "只": {"只", "1"}, "艘": {"艘", "1"},
	"宗": {"宗", "1"}, "成": {"%", "0.1"}, "kVA": {"kVA", "1"}, "KVA": {"kVA", "1"}, "kW": {"kW", "1"}, "MW": {"kW", "1000"},
}

var scales = map[string]string{"": "1", "十": "10", "百": "100", "千": "1000", "万": "10000", "十万": "100000", "百万": "1000000",
	"千万": "10000000", "亿": "100000000", "百亿": "10000000000", "千亿": "100000000000", "万亿": "1000000000000"}
