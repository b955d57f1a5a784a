package filings

import (
	"bytes"
	"compress/gzip"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/finance"
)

const (
	head = "报告年份,信息来源,股票代码,股票简称,"
	tail = ",年份,证券代码,证券简称\n"
)

// mini writes a small fictional data set: 青禾 adds up, 白川 has slips, 远山 is a broker.
func mini(t *testing.T, questions string) string {
	t.Helper()
	row := func(code, name, year, cells string) string {
		return year + ",年度报告," + code + "," + name + "," + cells + "," + year + "," + code + "," + name + "\n"
	}
	files := map[string]string{
		"balance_static.csv.gz": head + "流动资产合计,非流动资产合计,流动负债合计,非流动负债合计" + tail +
			row("900001", "青禾", "2019", "300.0,700.0,200.0,100.0") + row("900001", "青禾", "2020", "124949.0,1000.0,100000.0,-1.0") +
			row("900002", "白川", "2020", "-1.0,-1.0,-1.0,-1.0") + row("900003", "远山", "2020", "-1,-1,-1,-1"),
		"profit_statement.csv.gz": head + "营业总收入,营业总成本,营业收入,营业成本,销售费用,管理费用,财务费用,营业利润,营业外收入,营业外支出,利润总额,所得税费用,净利润,手续费及佣金收入,已赚保费,税金及附加,研发费用,其他收益,投资收益,净敞口套期收益,公允价值变动收益,信用减值损失,资产减值损失,资产处置收益" + tail +
			row("900001", "青禾", "2019", "1000,860,1000,800,20,30,10,140,5,15,130,30,100,-1,-1,0,0,0,0,0,0,0,0,0") +
			row("900001", "青禾", "2020", "1100,950,1100,880,20,40,10,150,5,15,140,-10,150,-1,-1,0,0,0,0,0,0,0,0,0") +
			row("900002", "白川", "2020", "1000,860,1000,800,20,30,10,140,5,15,999,30,100,-1,-1,0,0,0,0,0,0,0,0,0") + // 利润总额 is another cell's
			row("900003", "远山", "2020", "900,567,890,-1,40,250,-1,333,5,5,333,33,300,77,-1,0,0,0,0,0,0,0,0,0"),
		"cash_flow_statement.csv.gz": head + "销售商品、提供劳务收到的现金,支付给职工以及为职工支付的现金,购买商品、接受劳务支付的现金,收到的税费返还,收到其他与经营活动有关的现金,支付的各项税费,支付其他与经营活动有关的现金,经营活动产生的现金流量净额,收回投资收到的现金,投资支付的现金,投资活动产生的现金流量净额,筹资活动产生的现金流量净额,汇率变动对现金及现金等价物的影响,期初现金及现金等价物余额,期末现金及现金等价物余额" + tail +
			row("900001", "青禾", "2019", "1000,-1,500,1,1,50,2,370,10,100,-165,-100,0,95,200") +
			row("900001", "青禾", "2020", "1000,80,500,1,1,50,2,370,10,100,-90,-100,0,150,330"),
		"people.csv.gz":   head + "职工人数,研发人员,硕士人数,博士以上人数" + tail + row("900001", "青禾", "2020", "200,50,30,0"),
		"baseinfo.csv.gz": head + "法定代表人" + tail + row("900001", "青禾", "2019", "甲某") + row("900001", "青禾", "2020", "乙某"),
	}
	dir := t.TempDir()
	for name, text := range files {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		if _, err := z.Write([]byte(text)); err != nil || z.Close() != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "questions-A.jsonl"), []byte(questions), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func run(t *testing.T, questions string) *Card {
	t.Helper()
	c, err := Run(context.Background(), mini(t, questions), Options{Verbose: true})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func ratioQuestion(text, year, formula, answer, operands string) string {
	return `{"id":1,"type":"2-1","question":"` + text + `","prompt":{"ent_short_name":"青禾","year":"` + year + `","key_word":"x","公式":"` + formula +
		`","prom_answer":"` + answer + `",` + operands + `},"answer":["a"]}` + "\n"
}

func TestRatioOutcomes(t *testing.T) {
	const growth = "净利润增长率=(净利润-上年净利润)/上年净利润"
	for name, c := range map[string]struct {
		q, outcome string
		quoted     int
	}{
		"reproduced": {ratioQuestion("2020年青禾的流动比率是多少?保留2位小数。", "2020", "流动比率=流动资产/流动负债", "1.25",
			`"流动资产":"124949.0元","流动负债":"100000.0元"`), Reproduced, 1},
		"rounded once": {ratioQuestion("青禾2020年流动比率?保留2位小数。", "2020", "流动比率=流动资产/流动负债", "1.12",
			`"流动资产":"1124960.0元","流动负债":"1000000.0元"`), OtherSource, 1}, // 1.12496 by way of 1.1250 would be 1.13
		"wrong answer": {ratioQuestion("青禾2020年流动比率?保留2位小数。", "2020", "流动比率=流动资产/流动负债", "1.26",
			`"流动资产":"124949.0元","流动负债":"100000.0元"`), Wrong, 0},
		"growth": {ratioQuestion("青禾2020年净利润增长率保留2位小数", "2020", growth, "50.00%", `"净利润":"150元","上年净利润":"100元"`), Reproduced, 1},
		"growth from a loss": {ratioQuestion("青禾2020年净利润增长率保留2位小数", "2020", growth, "-400.00%", `"净利润":"150元","上年净利润":"-50元"`),
			OtherSource, 1},
		"year without a row": {ratioQuestion("青禾2021年净利润增长率保留2位小数", "2021", growth, "10.00%", `"净利润":"110元","上年净利润":"100元"`), NoYear, 1},
		"line without a column": {ratioQuestion("青禾2020年速动比率保留2位小数", "2020", "速动比率=(流动资产-存货)/流动负债", "1.00",
			`"流动资产":"150元","存货":"50元","流动负债":"100元"`), NoColumn, 1},
		"cell not found": {ratioQuestion("青禾2020年非流动负债比率保留2位小数", "2020", "非流动负债比率=非流动负债/总负债", "25.00%",
			`"非流动负债":"25元","总负债":"100元"`), NotFound, 1},
		"heads": {ratioQuestion("青禾2020年研发人员占职工人数比例?保留2位小数", "2020", "研发人员占职工人数比例=研发人员数/职工总数", "0.25",
			`"研发人员数":"50人","职工总数":"200人"`), Reproduced, 1},
		"blank doctors": {ratioQuestion("青禾2020年硕士及以上人员占职工人数比例?保留2位小数", "2020",
			"企业硕士及以上人员占职工人数比例=(硕士人数 + 博士及以上人数)/职工总数", "0.15", `"硕士人数":"30人","博士及以上人数":"","职工总数":"200人"`), Reproduced, 1},
	} {
		card := run(t, c.q)
		if card.Tables[c.outcome] != 1 || card.Quoted.Good != c.quoted || card.Quoted.Of != 1 || card.Lineage.Broken != 0 {
			t.Errorf("%s: tables %v, quoted %+v, misread %d, lineage %+v\n%s", name, card.Tables, card.Quoted, card.Misread, card.Lineage, card.lines[0])
		}
	}
}

func TestQuestionTakenForAnother(t *testing.T) {
	c := run(t, ratioQuestion("青禾2020年毛利率?保留2位小数。", "2020", "流动比率=流动资产/流动负债", "1.25", `"流动资产":"5元","流动负债":"4元"`)+
		ratioQuestion("青禾2020年毛利率?保留3位小数。", "2020", "毛利率=(营业收入-营业成本)/营业收入", "20.00%", `"营业收入":"10元","营业成本":"8元"`)+
		ratioQuestion("青禾2020年毛利率?", "2020", "毛利率=(营业收入-神秘成本)/营业收入", "20.00%", `"营业收入":"10元","神秘成本":"8元"`))
	if c.Misread != 2 || c.Unknown != 1 || c.Quoted.Of != 0 {
		t.Errorf("misread %d, unknown %d, quoted %+v", c.Misread, c.Unknown, c.Quoted)
	}
}

func TestOtherQuestions(t *testing.T) {
	c := run(t, `{"id":1,"type":"1","question":"q","prompt":{"ent_short_name":"青禾","year":"2020","key_word":"净利润、法定代表人","净利润":"150元","法定代表人":"丙某"}}
{"id":2,"type":"2-2","question":"q","prompt":{"ent_short_name":"青禾","year":"2020","key_word":"2019年法定代表人、2020年法定代表人","prom_answer":"不相同","2019年法定代表人":"甲某","2020年法定代表人":"乙某"}}
{"id":3,"type":"1","question":"q","prompt":{"ent_short_name":"青禾","year":"2018","key_word":"无|不"}}
{"id":4,"type":"2-1","question":"青禾2020年毛利率","prompt":{"ent_short_name":"青禾","year":"2020","key_word":"无|不"}}
{"id":5,"type":"3-2","question":"什么是负债","prompt":{}}
`)
	if c.Fields["净利润"][Reproduced] != 1 || c.Fields["法定代表人"][OtherSource] != 1 || c.Compare[Reproduced] != 1 || c.Refuse[NoYear] != 1 ||
		c.Refuse[Invented] != 1 || c.Open != 1 {
		t.Errorf("fields %v, compare %v, unanswerable %v, open %d", c.Fields, c.Compare, c.Refuse, c.Open)
	}
}

func TestBreaks(t *testing.T) {
	c := run(t, "")
	by := map[string]*Check{}
	for _, k := range c.Checks {
		by[k.ID] = k
	}
	for id, want := range map[string]string{
		"A2 profit_before_tax": string(finance.CauseWrong), // 白川: 130 closes both sums that 999 breaks
		"A2 net_profit":        string(finance.CauseWrong), //
		"A2 cfo":               EmptyCell,                  // 青禾 2019: wages were not found
		"A2 operating_profit":  OtherFormat,                // 远山 prints fees
	} {
		if k := by[id]; k == nil || k.Broken != 1 || k.Causes[want] != 1 {
			t.Errorf("%s: %+v, want one %s\n%s", id, k, want, strings.Join(c.lines, "\n"))
		}
	}
	if k := by["A6b cf_begin"]; k == nil || k.Tested != 1 || k.Broken != 1 || k.Causes[string(finance.CauseRestated)] != 1 {
		t.Errorf("opening cash: %+v\n%s", k, strings.Join(c.lines, "\n"))
	}
	if k := by["A2 cfi"]; k == nil || k.Untestable != 1 || k.Held != 1 || k.Broken != 0 {
		t.Errorf("a sum that lacks a column: %+v", k)
	}
	if c.Breaks.Tested != c.Breaks.Held+c.Breaks.Broken+c.Breaks.Untestable || c.Filings != 4 || c.Firms != 3 || c.Unmapped != 0 {
		t.Errorf("%+v, %d filings of %d firms, %d columns unknown", c.Breaks, c.Filings, c.Firms, c.Unmapped)
	}
}

func TestExamplesOfAsks(t *testing.T) {
	b, err := loadBook()
	if err != nil {
		t.Fatal(err)
	}
	for _, ex := range b.asks.Examples {
		if id, digits := b.asked(ex.Question); id != ex.Ratio || digits != ex.Digits {
			t.Errorf("%s: %q to %d digits, want %q to %d", ex.Question, id, digits, ex.Ratio, ex.Digits)
		}
	}
}

func TestBrokenInput(t *testing.T) {
	dir := mini(t, "{")
	if _, err := Run(context.Background(), dir, Options{}); err == nil || !strings.Contains(err.Error(), "第1行") {
		t.Errorf("a broken question: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "people.csv.gz"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Run(context.Background(), dir, Options{}); err == nil || !strings.Contains(err.Error(), "people.csv.gz") {
		t.Errorf("no gzip: %v", err)
	}
	if _, err := Run(context.Background(), t.TempDir(), Options{}); err == nil || !strings.Contains(err.Error(), "balance_static") {
		t.Errorf("an empty folder: %v", err)
	}
}
