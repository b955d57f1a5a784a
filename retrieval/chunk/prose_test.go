package chunk

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func TestSentencesOverWrappedLines(t *testing.T) {
	text := "本公司主要从事包装制品的生产与销售，产品用于食品、日化和电子等行业，客户集中度\n较低，前五大客户占比约三成。账期一般为两个月，\n年末集中回款。"
	cs := Cut([]*dossier.Document{doc(text)}, Options{Runes: 20})
	if len(cs) != 2 || !strings.HasSuffix(cs[0].Text, "三成。") || !strings.HasPrefix(cs[1].Text, "账期") {
		t.Fatalf("got %d chunks, %q", len(cs), cs[0].Text)
	}
}

func TestHalfSentenceOfThePageBefore(t *testing.T) {
	first := "一、经营情况\n公司所处行业发展与宏观经济环境及下游行业景气度密切相关。公司主要通过参与发电集团、地方政府或下属"
	cs := sound(t, []*dossier.Document{doc(first, "机构等客户招标的方式进行销售，客户集中度较高。")}, Options{})
	c := containing(t, cs, "招标")
	if !strings.Contains(c.Context, "公司主要通过参与发电集团、地方政府或下属") || !strings.Contains(c.Context, "一、经营情况") {
		t.Errorf("%q", c.Context)
	}
}

func TestRunningHeadsAreCitedNotIndexed(t *testing.T) {
	var pages []string
	for _, s := range []string{"公司主要从事模具制造。", "公司员工82人。", "公司无对外担保。", "公司现有厂房一处。"} {
		pages = append(pages, "某某公司年度报告\n"+s+"\n"+string(rune('1'+len(pages)))+" / 4")
	}
	cs := sound(t, []*dossier.Document{doc(pages...)}, Options{})
	if len(cs) != 4 {
		t.Fatalf("%d chunks", len(cs))
	}
	c := cs[2]
	if e := c.Embedded(); strings.Contains(e, "年度报告") || strings.Contains(e, "3 / 4") || !strings.HasSuffix(e, "公司无对外担保。") {
		t.Errorf("indexed as %q", e)
	}
	if p := c.Passage("p3"); p.Text != pages[2] || p.Start != 0 || p.Place.Page != 3 {
		t.Errorf("%+v", p)
	}
}

func TestLongClauseInPieces(t *testing.T) {
	var b strings.Builder
	b.WriteString("第八条 股东会行使下列职权：\n")
	for _, s := range []string{"（一）选举和更换董事、监事，决定有关报酬事项；", "（二）审议批准公司的年度财务预算方案、决算方案；", "（三）对公司增加或者减少注册资本作出决议；", "（四）修改公司章程。"} {
		b.WriteString(s + "\n")
	}
	b.WriteString("第九条 对外担保由股东会决议。\n")
	cs := sound(t, []*dossier.Document{doc(b.String())}, Options{Runes: 25})
	c := containing(t, cs, "修改公司章程")
	if c.Clause != "第八条" || c.Kind != Clause || !strings.Contains(c.Context, "第八条 股东会行使下列职权：") {
		t.Errorf("%s %q", c.Clause, c.Context)
	}
	if c := containing(t, cs, "对外担保"); c.Text != "第九条 对外担保由股东会决议。" {
		t.Errorf("clauses were joined: %q", c.Text)
	}
	if cs := Cut([]*dossier.Document{doc(b.String())}, Options{Runes: 60}); len(cs) != 2 {
		t.Errorf("a clause that is not far too long was cut in %d", len(cs)-1)
	}
}

func TestMentionedClausesStartNothing(t *testing.T) {
	text := "第一条 借款人应当遵守合同。\n违反本条约定的，按照\n第十二条的规定处理。\n第二条 本合同一式两份。"
	cs := sound(t, []*dossier.Document{doc(text)}, Options{})
	if len(cs) != 2 || cs[0].Clause != "第一条" || cs[1].Clause != "第二条" {
		t.Fatalf("%s", texts(cs))
	}
}

func TestClausesInTraditionalCharacters(t *testing.T) {
	cs := sound(t, []*dossier.Document{doc("第一條 本公司依公司法設立。\n第二條 本公司所營事業如下。")}, Options{})
	if len(cs) != 2 || cs[1].Clause != "第二條" {
		t.Errorf("%s", texts(cs))
	}
}

func TestItemsOfAClauseAreNoHeadings(t *testing.T) {
	text := "抵押合同\n第一条  保证\n（一）甲方享有完全的所有权；\n（二）根据主债权发生情况，甲方应当\n按月向乙方报告。\n第二条  抵押物\n一、清单\n厂房一处。\n[印章] 某某公司\n" +
		"第三条  管辖\n由乙方所在地人民法院管辖。\n附件一  抵押物清单\n一、厂房\n坐落某市某路。"
	cs := sound(t, []*dossier.Document{doc(text)}, Options{})
	for _, want := range []struct{ words, clause, heads string }{
		{"甲方应当\n按月", "第一条", "抵押合同"}, {"厂房一处", "第二条", "抵押合同"}, {"由乙方所在地", "第三条", "抵押合同"}, {"坐落", "", "抵押合同/附件一  抵押物清单/一、厂房"},
	} {
		if c := containing(t, cs, want.words); c.Clause != want.clause || strings.Join(c.Headings, "/") != want.heads {
			t.Errorf("%s: %q %q", want.words, c.Clause, c.Headings)
		}
	}
}

func TestNumbersOfHeadings(t *testing.T) {
	for s, want := range map[string]int{
		"第二编 分则": levelPart, "第三章 借款": levelChapter, "第 二 节 抵押": levelSection, "第三節 擔保": levelSection, "一、基本情况": levelHan, "（一）概况": levelHanIn, "(三)担保": levelHanIn,
		"1、货币资金": levelNumber, "2. 应收账款": levelNumber, "五、1 货币资金": levelNumber, "五、12、存货": levelNumber, "1.1 主体资格": levelDotted, "1.2.3 财务": levelDotted + 1,
		"（1）按账龄": levelIn, "(2).按组合": levelIn, "①往来款": levelCircle,
		"2025年度": 0, "30天": 0, "1.5亿元": 0, "12,345.67": 0, "第三方": 0, "一般项目": 0, "十分重要": 0, "3.14": 0, "2026.08.31": 0,
	} {
		if got, _ := numbered(s); got != want {
			t.Errorf("%s: level %d, want %d", s, got, want)
		}
	}
}

func TestPeriods(t *testing.T) {
	for s, want := range map[string]string{
		"2025年12月31日": "2025-12-31", "2025 年 12 月 31 日": "2025-12-31", "2025-12-31": "2025-12-31", "2026/8/1": "2026-08-01", "20260831": "2026-08-31",
		"2025年度": "2025-01-01/2025-12-31", "2026年1-8月": "2026-01-01/2026-08-31", "2019年 1—12月": "2019-01-01/2019-12-31", "2025年末": "2025-12-31",
		"2026年上半年": "2026-01-01/2026-06-30", "2026年第二季度": "2026-04-01/2026-06-30", "202608": "2026-08-01/2026-08-31", "2026年8月末": "2026-08-31",
		"起止日期：2025-09-01 至 2026-08-31": "2025-09-01/2026-08-31", "自2026年6月1日至2026年6月30日": "2026-06-01/2026-06-30",
		"2025年13月": "", "2025-02-30": "", "合同YG20260903": "", "金额2,025.12元": "", "2025.12": "", "共2025件": "", "": "",
	} {
		if got := periodIn(s).String(); got != want {
			t.Errorf("%s: %q, want %q", s, got, want)
		}
	}
}

func TestPeriodOfTheDocument(t *testing.T) {
	field := func(kv ...string) *dossier.Document {
		d := doc("货币资金充足。")
		d.Fields = map[string]dossier.Field{}
		for i := 0; i < len(kv); i += 2 {
			d.Fields[kv[i]] = dossier.Field{Key: kv[i], Value: kv[i+1]}
		}
		return d
	}
	for want, d := range map[string]*dossier.Document{
		"2026-01-01/2026-08-31": field("period_end", "2026-08-31", "months", "8"),
		"2026-04-01/2026-06-30": field("period_start", "2026-04-01", "period_end", "2026-06-30"),
		"2026-09-15":            field("report_date", "2026-09-15"),
		"":                      field("start", "2026-04-01", "name", "2026-01-01"),
		"2019-01-01/2019-12-31": doc("某某公司\n2019年年度报告\n货币资金充足。"),
	} {
		if got := Period(d); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		if cs := sound(t, []*dossier.Document{d}, Options{}); cs[0].Period != want {
			t.Errorf("chunk speaks of %q, want %q", cs[0].Period, want)
		}
	}
}

func TestMailsKeepTheirSubject(t *testing.T) {
	d := doc("发件人\t张某 <a@example.com>\n收件人\t李某 <b@example.com>\n日期\t2026-09-10 09:30\n主题\t补充授信材料\n附件\t报表.xlsx\n您好：\n" + strings.Repeat("请查收本月的报表与流水。", 20))
	d.Format = "eml"
	cs := sound(t, []*dossier.Document{d}, Options{Runes: 60})
	if c := cs[len(cs)-1]; !strings.Contains(c.Context, "补充授信材料") || strings.Contains(c.Context, "example.com") {
		t.Errorf("%q", c.Context)
	}
}

func TestTitlesSetWide(t *testing.T) {
	cs := sound(t, []*dossier.Document{doc("借 款 申 请 书\n一、还款来源\n以销售回款归还。")}, Options{})
	if h := cs[0].Headings; strings.Join(h, "/") != "借款申请书/一、还款来源" {
		t.Errorf("%q", h)
	}
	for _, s := range []string{"项 目", "第一章 总 则", "a b c", ""} {
		if got := closed(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func TestTokensAreEstimated(t *testing.T) {
	for s, want := range map[string]int{"": 0, "借款金额": 4, "loan": 1, "lending": 2, "1,234.50": 5, "借款 金额\n": 4, "........": 2, "A100000": 3} {
		if got := Tokens(s); got != want {
			t.Errorf("%q: %d, want %d", s, got, want)
		}
	}
}

func TestSizesByRunesTokensAndCount(t *testing.T) {
	d := doc(strings.Repeat("客户按月付款且从未逾期。", 60)) // 12 runes, 12 tokens a sentence
	for name, c := range map[string]struct {
		o    Options
		most int // runes
	}{
		"runes":         {Options{Runes: 50}, 50},
		"tokens":        {Options{Tokens: 40}, 40},
		"both":          {Options{Runes: 100, Tokens: 30}, 30},
		"a model's own": {Options{Tokens: 30, Count: func(s string) int { return len([]rune(s)) / 2 }}, 60},
		"configured":    {Options{}, 300},
	} {
		cs := sound(t, []*dossier.Document{d}, c.o)
		for i, x := range cs {
			if n := len([]rune(x.Text)); n > c.most || i < len(cs)-2 && n < c.most-12 {
				t.Errorf("%s: a chunk of %d runes, want up to %d", name, n, c.most)
			}
			if !strings.HasSuffix(x.Text, "。") {
				t.Errorf("%s: half a sentence: %q", name, x.Text)
			}
		}
	}
}
