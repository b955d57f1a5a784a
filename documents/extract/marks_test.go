package extract

import (
	"testing"

	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

func TestMarks(t *testing.T) {
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	state := func(d *dossier.Document, key string) map[string]string {
		Extract(c, d)
		out := map[string]string{}
		for _, r := range d.Fields[key].Rows {
			out[r.Get("who")] = r.Get("state") + " " + r.Get("name")
		}
		return out
	}
	text := "产品购销合同\n合同编号：H-1\n第一条 合同总金额：人民币10万元。\n甲方（盖章）：江城云栖食品有限公司\n乙方（盖章）：\n2029年1月1日"
	got := state(&dossier.Document{File: "x.docx", Type: "sales_contracts", Pages: []dossier.Page{{Number: 1, Text: text}}}, SealsKey)
	if got["甲方"] != "yes 江城云栖食品有限公司" || got["乙方"] != "no " {
		t.Errorf("a printed contract: %v", got)
	}
	line := func(s string, y float64) dossier.Line {
		return dossier.Line{Text: s, Confidence: 0.9, Box: &dossier.Box{X0: 50, Y0: y, X1: 500, Y1: y + 20}}
	}
	scan := &dossier.Document{File: "x.jpg", Type: "sales_contracts", Scan: true, Pages: []dossier.Page{{Number: 1, Scan: true, Width: 1000, Height: 1400, Lines: []dossier.Line{
		line("产品购销合同", 50), line("第一条 合同总金额：人民币10万元。", 300), line("甲方（盖章）：江城云栖食品有限公司", 700), line("乙方（盖章）：北原粮油有限公司", 1200),
		line(dossier.SealMark+"北原粮油有限公司合同专用章", 1150)}}}}
	got = state(scan, SealsKey)
	if got["乙方"] != "yes 北原粮油有限公司合同专用章" || got["甲方"] != "unclear " {
		t.Errorf("a scanned contract: %v", got)
	}
	sign := state(&dossier.Document{File: "y.pdf", Type: "audit_report_3y", Pages: []dossier.Page{{Number: 1, Text: "审计报告\n我们审计了江城云栖有限公司财务报表。\n中国注册会计师：辛甲（签章）\n四、注册会计师对财务报表审计的责任\n江城明信会计师事务所\n2029年3月1日"}}}, SignaturesKey)
	if sign["注册会计师"] != "yes 辛甲" {
		t.Errorf("an audit report: %v", sign)
	}
}
