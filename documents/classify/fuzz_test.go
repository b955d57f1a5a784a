package classify_test

import (
	"testing"

	"github.com/xindiao/xindiao/documents/classify"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

// FuzzClassify: any text has a kind or is unknown, with a certainty between 0 and 1, whatever stands beside it.
func FuzzClassify(f *testing.F) {
	f.Add(licence, "执照.jpg", true)
	f.Add("产品购销合同\n甲方（买方）：甲\n乙方（卖方）：乙", "合同.docx", false)
	f.Add("第1页共3页\n\t\t\n", "", true)
	c, err := types.Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s, file string, scan bool) {
		if len(s) > 8<<10 || len(file) > 200 {
			t.Skip()
		}
		d := &dossier.Document{File: file, Format: "pdf", Scan: scan, Pages: []dossier.Page{{Number: 1, Text: s, Scan: scan}}}
		app := dossier.Application{Applicant: "江城云栖食品有限公司"}
		classify.Classify(c, d, app)
		classify.Resolve(c, []*dossier.Document{d, paper("l.jpg", licence)}, app)
		if d.Confidence < 0 || d.Confidence > 1 || d.Type == "" || d.TypeName == "" {
			t.Fatalf("%+v", d)
		}
	})
}
