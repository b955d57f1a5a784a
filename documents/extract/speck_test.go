package extract

import (
	"testing"

	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

// The rule of a scanned form, read as 十 before a label, does not hide the label.
func TestSpeckBeforeLabel(t *testing.T) {
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]dossier.Cell{{{Text: "借款人"}, {Text: "江城云栖食品有限公司"}}, {{Text: "借款金额〈大写)"}, {Text: "吉什万元整"}}, {{Text: "十 借款金额〈小写)"}, {Text: "10,000,000.00"}}}
	d := &dossier.Document{File: "借据.jpg", Format: "image", Scan: true, Type: "loan_iou", Pages: []dossier.Page{{Number: 1, Scan: true,
		Text: "借款借据\n借款人\t江城云栖食品有限公司\n借款金额〈大写)\t吉什万元整\n十 借款金额〈小写)\t10,000,000.00", Tables: []dossier.Table{{Rows: rows}}}}}
	Extract(c, d)
	if v := d.Fields["amount_cny"].Value; v != "10000000" {
		t.Errorf("%q", v)
	}
}
