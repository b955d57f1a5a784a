package bundle_test

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/bundle"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

const (
	licence = "营业执照\n统一社会信用代码 91110000101623741K\n名称 江城云栖食品有限公司\n类型 有限责任公司\n法定代表人 苗一舟\n注册资本 壹佰万元整\n经营范围 食品销售\n登记机关 江城市市场监督管理局"
	cardA   = "中华人民共和国\n居民身份证\n签发机关 江城市公安局\n有效期限 2015.06.01-长期\n姓名 苗一舟\n性别 男 民族 汉\n出生 1949年12月31日\n住址 江城市北区兴业路8号\n公民身份号码 11010519491231002X"
	cardB   = "中华人民共和国\n居民身份证\n签发机关 江城市公安局\n有效期限 2016.06.01-2036.06.01\n姓名 辛岚\n性别 女 民族 汉\n出生 1986年7月19日\n住址 江城市北区兴业路8号\n公民身份号码 340104198607196448"
	chapter = "江城云栖食品有限公司章程\n第一章 总则\n第一条 公司名称：江城云栖食品有限公司。\n第二条 公司住所：江城市北区兴业路8号。\n本章程对公司、股东、董事具有约束力\n股东姓名 出资额 出资比例"
	more    = "第十条 股东会由全体股东组成，是公司的权力机构。\n第十一条 股东会会议由股东按照出资比例行使表决权。\n第十二条 公司设执行董事一名。"
	audit   = "审计报告\n明信审字[2029]第12号\n江城云栖食品有限公司全体股东：\n一、审计意见\n我们审计了江城云栖食品有限公司财务报表，包括2028年12月31日的资产负债表。\n我们认为，后附的财务报表在所有重大方面公允反映。\n江城明信会计师事务所（普通合伙）\n中国注册会计师：辛甲"
	balance = "资产负债表\n编制单位：江城云栖食品有限公司\n2028年12月31日 单位：元\n货币资金 100.00 90.00\n资产总计 1,000.00 900.00\n负债合计 400.00 300.00\n所有者权益合计 600.00 600.00"
	voucher = "江城银行\n业务回单\n回单编号 1001\n付款人户名 江城云栖食品有限公司\n收款人户名 北原粮油有限公司\n金额（小写） ¥1,000,000.00\n交易日期 2029年3月19日\n用途 货款"
	loan    = "流动资金借款合同\n合同编号：JK2029001\n借款人（全称）：江城云栖食品有限公司\n贷款人（全称）：江城银行股份有限公司北区支行\n第一条 借款金额：人民币叁佰万元整\n第二条 借款期限：12个月\n第三条 利率：年利率3.85%\n第四条 借款用途：支付货款"
	iou     = "借款借据\n借据号 J001\n借款人 江城云栖食品有限公司\n金额（大写）叁佰万元整\n年利率 3.85%\n到期日 2030年4月30日\n用途 货款"
)

const (
	cover    = "资产评估报告\n江信评报字（2029）第0288号\n江城云栖食品有限公司拟办理抵押贷款涉及的运输设备价值评估项目\n江城信诚资产评估有限公司"
	summary  = "评估报告摘要\n委托人：江城云栖食品有限公司\n评估对象：运输设备\n评估基准日：2029年9月10日\n评估方法：成本法\n资产评估师：辛甲"
	resolved = "江城云栖食品有限公司\n股东会决议\n会议时间：2029年9月12日\n出席会议股东：苗一舟，代表公司100%的表决权。\n二、同意以公司自有的牵引车、挂车等运输设备（详见抵押设备清单）为上述贷款提供抵押担保，并\n由北原粮油有限公司提供连带责任保证。"
	signedOn = "（本页无正文，为江城云栖食品有限公司股东会决议签字页）\n股东签字：\n苗一舟\n2029年9月12日"
)

func file(pages ...string) *dossier.Document {
	d := &dossier.Document{File: "a/扫描.pdf", Format: "pdf", SHA256: "s", Scan: true}
	for i, t := range pages {
		d.Pages = append(d.Pages, dossier.Page{Number: i + 1, Text: t, Scan: true})
	}
	return d
}

func TestSplit(t *testing.T) {
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	for name, k := range map[string]struct {
		pages []string
		want  string // page ranges behind the #
	}{
		"licence, card, articles":                 {[]string{licence, cardA, chapter, more}, "1 2 3-4"},
		"an unreadable page stays where it lies":  {[]string{licence, "照片", cardA}, "1-2 3"},
		"blank separators":                        {[]string{licence, "", chapter, more, " ", cardA}, "1-2 3-5 6"},
		"two persons' cards":                      {[]string{cardA, cardB}, "1 2"},
		"one person's card twice":                 {[]string{cardA, cardA}, ""},
		"vouchers, a sheet each":                  {[]string{voucher, strings.Replace(voucher, "1,000,000.00", "850,000.00", 1), voucher}, "1 2 3"},
		"a report with its statements and annex":  {[]string{audit, balance, "利润表\n" + more, licence}, ""},
		"two reports":                             {[]string{audit, balance, strings.NewReplacer("第12号", "第77号", "2028年", "2027年").Replace(audit), balance}, "1-2 3-4"},
		"a report, then what is no annex of it":   {[]string{audit, balance, cardA}, "1-2 3"},
		"a contract with its drawdown note":       {[]string{loan, more, iou}, ""},
		"numbered pages run on":                   {[]string{loan + "\n第1页共3页", licence + "\n第2页共3页", more + "\n第3页共3页"}, ""},
		"numbered papers":                         {[]string{chapter + "\n第1页 共2页", more + "\n第2页 共2页", loan + "\n第1页 共1页"}, "1-2 3"},
		"a list of materials in front":            {[]string{"资料目录\n1 营业执照\n2 身份证\n3 公司章程", licence, cardA}, "1 2 3"},
		"a letter in front of one paper is a try": {[]string{"关于报送材料的说明\n现将材料报送贵行，请查收。\n其他事项另行说明。", "续页文字内容若干，仍为说明。", licence}, ""},
		"one paper":                               {[]string{chapter, more, more}, ""},
		"one report behind its cover":             {[]string{cover, summary}, ""},
		"a cover that OCR could not read":         {[]string{licence, cardA, "江城云栖食品有限公司\n二〇二九年十月", chapter, more}, "1 2 3-5"},
		"a resolution that names a list":          {[]string{resolved, signedOn}, ""},
	} {
		d := file(k.pages...)
		parts := bundle.Split(c, d)
		var got []string
		for _, p := range parts {
			if p.Part() != "" {
				got = append(got, p.Part())
			}
			if p.Path() != "a/扫描.pdf" || p.SHA256 != "s" || !p.Scan {
				t.Errorf("%s: %s %s", name, p.Path(), p.SHA256)
			}
		}
		if s := strings.Join(got, " "); s != k.want {
			t.Errorf("%s: %q, want %q", name, s, k.want)
		}
		if again := bundle.Split(c, parts[len(parts)-1]); len(again) != 1 {
			t.Errorf("%s: a part is parted again", name)
		}
	}
}

// TestPartKeepsPlaces: pages keep the file's numbers, problems go with their page.
func TestPartKeepsPlaces(t *testing.T) {
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	d := file(licence, cardA, chapter, more)
	d.Problems = []dossier.Problem{{Page: 4, Msg: "模糊"}, {Msg: "整份"}}
	parts := bundle.Split(c, d)
	if len(parts) != 3 || parts[2].Pages[0].Number != 3 || parts[2].File != "a/扫描.pdf#3-4" || len(parts[2].Problems) != 1 || len(parts[0].Problems) != 1 {
		t.Fatalf("%+v", parts)
	}
	sheets := file(licence, chapter)
	sheets.Format = "xlsx"
	if len(bundle.Split(c, sheets)) != 1 {
		t.Error("sheets of a workbook are one paper")
	}
}

func FuzzSplit(f *testing.F) {
	f.Add(licence + "\f" + cardA + "\f" + chapter)
	f.Add("第1页共3页\f第2页共3页\f\f目录")
	f.Add(voucher + "\f" + voucher)
	c, err := types.Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 16<<10 {
			t.Skip()
		}
		d := file(strings.Split(s, "\f")...)
		if len(d.Pages) > 20 {
			t.Skip()
		}
		n := 0
		for _, p := range bundle.Split(c, d) {
			for _, pg := range p.Pages {
				if n++; pg.Number != n {
					t.Fatalf("page %d at %d", pg.Number, n)
				}
			}
		}
		if n != len(d.Pages) {
			t.Fatalf("%d pages of %d", n, len(d.Pages))
		}
	})
}
