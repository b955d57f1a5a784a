package versions

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

func doc(file, typ, text string, fields map[string]string) *dossier.Document {
	d := &dossier.Document{File: file, Type: typ, Format: "xlsx", SHA256: file, Fields: map[string]dossier.Field{},
		Pages: []dossier.Page{{Number: 1, Text: text}}}
	for k, v := range fields {
		d.Fields[k] = dossier.Field{Key: k, Value: v}
	}
	return d
}

func link(t *testing.T, docs ...*dossier.Document) {
	t.Helper()
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	Link(c, docs, dossier.Application{Applicant: "江城云栖食品有限公司"})
}

func year(file, text string) *dossier.Document {
	return doc(file, "financial_statements_annual", text, map[string]string{"entity": "江城云栖食品有限公司", "period_end": "2029-12-31"})
}

func TestDraftGivesWay(t *testing.T) {
	final, old := year("2029年报(审定).xlsx", "甲"), year("2029年报（未审-旧）.xlsx", "乙")
	link(t, old, final)
	if old.SupersededBy != final.File || final.SupersededBy != "" {
		t.Errorf("%q %q", old.SupersededBy, final.SupersededBy)
	}
	if len(old.Why) == 0 || !strings.Contains(old.Why[0], "取代") {
		t.Errorf("why: %v", old.Why)
	}
}

func TestDraftWithoutEntity(t *testing.T) {
	final := year("2029.xlsx", "甲")
	draft := doc("2029(旧).xlsx", "financial_statements_annual", "利润表（初稿）", map[string]string{"period_end": "2029-12-31"})
	link(t, draft, final)
	if draft.SupersededBy != final.File {
		t.Errorf("%q", draft.SupersededBy)
	}
}

func TestMarkWithoutRival(t *testing.T) {
	alone := year("2029年报（旧）.xlsx", "甲")
	link(t, alone, doc("2028.xlsx", "financial_statements_annual", "乙", map[string]string{"entity": "江城云栖食品有限公司", "period_end": "2028-12-31"}))
	if alone.SupersededBy != "" {
		t.Error("a file name alone supersedes nothing")
	}
}

func TestNewerReport(t *testing.T) {
	report := func(file, date string) *dossier.Document {
		return doc(file, "credit_report_enterprise", date, map[string]string{"entity": "江城云栖食品有限公司", "report_date": date})
	}
	a, b := report("a.pdf", "2029-02-10"), report("b.pdf", "2029-09-21")
	link(t, a, b)
	if a.SupersededBy != "b.pdf" || b.SupersededBy != "" {
		t.Errorf("%q %q", a.SupersededBy, b.SupersededBy)
	}
}

func TestUndecidedKeepsBoth(t *testing.T) {
	a, b := year("a.xlsx", "甲"), year("b.xlsx", "乙")
	link(t, a, b)
	if a.SupersededBy+b.SupersededBy != "" {
		t.Errorf("%q %q", a.SupersededBy, b.SupersededBy)
	}
}

func TestCopies(t *testing.T) {
	a, b := year("a.xlsx", "甲"), year("b.xlsx", "乙")
	b.SHA256 = a.SHA256
	c, d := year("c.xlsx", strings.Repeat("同样的文字", 50)), year("d.xlsx", strings.Repeat("同样的 文字", 50))
	link(t, a, b, c, d)
	if b.DuplicateOf != "a.xlsx" || d.DuplicateOf != "c.xlsx" || a.DuplicateOf+c.DuplicateOf != "" {
		t.Errorf("%q %q", b.DuplicateOf, d.DuplicateOf)
	}
}
