package versions

import (
	"testing"

	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

// A draft has no number yet: what it became is told by sides and words, and only when one paper can be it.
func TestDraftWithoutNumber(t *testing.T) {
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	words := "公路货物运输合同\n甲方：江城商贸有限公司\n乙方：江城快捷物流有限公司\n运输线路及单价见下表\n结算方式：月结，甲方收到发票后六十日内付款\n违约责任：因乙方原因造成货损的，乙方按货物价值赔偿"
	paper := func(file, no, text, other string) *dossier.Document {
		d := &dossier.Document{File: file, SHA256: file, Format: "doc", Type: "sales_contracts", Pages: []dossier.Page{{Number: 1, Text: text}}, Fields: map[string]dossier.Field{
			"party_a": {Value: other}, "party_b": {Value: "江城快捷物流有限公司"}}}
		if no != "" {
			d.Fields["contract_no"] = dossier.Field{Value: no}
		}
		return d
	}
	draft := paper("运输合同(初稿).doc", "", words+"（初稿）", "江城商贸有限公司")
	final := paper("运输合同.doc", "YS-01", words, "江城商贸有限公司")
	alien := paper("另一份.doc", "YS-02", words, "北原商贸有限公司")
	Link(c, []*dossier.Document{draft, final, alien}, dossier.Application{})
	if draft.SupersededBy != final.File || final.SupersededBy != "" || alien.SupersededBy != "" {
		t.Errorf("%q %q %q", draft.SupersededBy, final.SupersededBy, alien.SupersededBy)
	}
	second := paper("运输合同2.doc", "YS-03", words+"\n第二份", "江城商贸有限公司")
	Link(c, []*dossier.Document{draft, final, second}, dossier.Application{})
	if draft.SupersededBy != "" {
		t.Errorf("two papers may have come of it: %q", draft.SupersededBy)
	}
}
