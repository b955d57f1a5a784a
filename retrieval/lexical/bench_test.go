package lexical

import (
	"fmt"
	"strings"
	"testing"
)

// customer makes n fictional chunks of about 300 characters with words of a skewed frequency.
func customer(n int) [][]byte {
	words := strings.Fields("货款 支付 借款人 应收账款 存货 担保 抵押 保证 逾期 利息 合同 发票 销售 采购 设备 厂房 土地 股东 法定代表人 银行 授信 余额 年末 增长 下降 毛利率 现金流 税款 诉讼 公司")
	var out [][]byte
	for d := 0; d*10 < n; d++ {
		var chunks []string
		for c := d * 10; c < min(n, d*10+10); c++ {
			var s strings.Builder
			for k := 0; s.Len() < 900; k++ {
				x := (c*7919 + k*104729) % 1000003
				fmt.Fprintf(&s, "%s%c%c", words[x%(1+x%len(words))], rune(0x4e00+x%6000), rune(0x4e00+x%997))
				if k%9 == 0 {
					fmt.Fprintf(&s, "%d,%03d.%02d元，", x%900, x%1000, x%100)
				}
			}
			chunks = append(chunks, s.String())
		}
		out = append(out, Pack(chunks))
	}
	return out
}

func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{68, 258, 1019, 3006} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			segments := customer(n)
			p := open(b, segments...)
			size := 0
			for _, s := range segments {
				size += len(s)
			}
			for b.Loop() {
				p.Search("截至2025年末借款人应收账款余额是多少，抵押的厂房和土地有没有逾期利息", nil, 50)
			}
			b.ReportMetric(float64(p.Bytes()/n), "open-B/chunk")
			b.ReportMetric(float64(size/n), "packed-B/chunk")
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	for _, n := range []int{68, 1019, 3006} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			segments := customer(n)
			for b.Loop() {
				open(b, segments...)
			}
		})
	}
}

func BenchmarkPack(b *testing.B) {
	text := strings.Repeat("截至2025年末，借款人应收账款余额5,420.78万元，存货1,264.91万元。", 10)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Pack([]string{text})
	}
}
