package classify_test

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/classify"
	"github.com/xindiao/xindiao/documents/extract"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

// long is a contract of so many pages in running text.
func long(pages int) *dossier.Document {
	d := &dossier.Document{File: "合同.pdf", Format: "pdf"}
	para := "甲方应于每月10日前向乙方支付上月货款，逾期按日万分之五计收违约金；乙方交付的货物应当符合国家标准及双方确认的技术要求，验收期为收货后7日内。"
	for i := range pages {
		text := "第" + string(rune('一'+i%9)) + "条 付款与交付\n" + strings.Repeat(para+"\n", 18)
		if i == 0 {
			text = "产品购销合同\n合同编号：HT-2029-001\n甲方（买方）：江城云栖食品有限公司\n乙方（卖方）：北原粮油有限公司\n合同总金额：人民币10万元\n" + text
		}
		d.Pages = append(d.Pages, dossier.Page{Number: i + 1, Text: text})
	}
	return d
}

// BenchmarkHundredPages is held to 2 s by docs/performance.md.
func BenchmarkHundredPages(b *testing.B) {
	c, err := types.Load()
	if err != nil {
		b.Fatal(err)
	}
	d := long(100)
	for b.Loop() {
		classify.Classify(c, d, dossier.Application{})
		extract.Extract(c, d)
	}
}

// BenchmarkOpenings is what a bundle's splitter asks of every page.
func BenchmarkOpenings(b *testing.B) {
	c, err := types.Load()
	if err != nil {
		b.Fatal(err)
	}
	d := long(100)
	for b.Loop() {
		for i := range d.Pages {
			classify.Opening(c, d, i)
		}
	}
}
