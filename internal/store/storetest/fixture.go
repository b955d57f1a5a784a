package storetest

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/report"
)

// space is that of the suite's vectors. No backend may take a dimension for granted.
var space = store.Space{Name: "suite-a", Dim: 12}

// vector is a pseudo-random vector of a text. Its components are multiples of 1/64 below 2, which half precision
// holds exactly: what a backend computes with them can be checked to the last rank.
func vector(s store.Space, text string) []float32 {
	h := fnv.New64a()
	h.Write([]byte(s.Name + "\x00" + text))
	r := rand.New(rand.NewPCG(h.Sum64(), 1))
	v := make([]float32, s.Dim)
	for i := range v {
		v[i] = float32(r.IntN(255)-127) / 64
	}
	v[0] += 2 // never zero
	return v
}

// paper is a document whose every text holds the mark: pages of lines, a table, fields, a problem.
func paper(file, mark string, pages int) *dossier.Document {
	d := &dossier.Document{
		File: file, SHA256: fmt.Sprintf("%064x", store.HashText(mark)), Size: 4711, Format: "pdf", Type: "audit_report", TypeName: "审计报告",
		Confidence: 0.93, Why: []string{"标题含“审计报告” " + mark}, Party: dossier.Party{Name: "某某有限公司" + mark, Role: dossier.RoleBorrower},
		Problems: []dossier.Problem{{Kind: dossier.ErrPartial, Page: 1, Msg: "第1页印章压字 " + mark, Remedy: "请补原件"}},
		Fields: map[string]dossier.Field{
			"total": {Key: "total", Label: "资产总计", Kind: dossier.KindMoney, Value: "13510424.00", Raw: "1,351.0424", Confidence: 0.99, Method: "table",
				At: dossier.Place{File: file, Page: 1, Line: 2, Cell: "r2c2", Box: &dossier.Box{X0: 1.5, Y0: 2, X1: 3, Y1: 4.25}, Quote: mark}},
			"list": {Key: "list", Kind: dossier.KindRows, Rows: []dossier.Row{{Cells: map[string]dossier.Field{"name": {Key: "name", Value: mark}}}}},
		},
	}
	for n := 1; n <= pages; n++ {
		lines := []string{fmt.Sprintf("%s 第%d页", mark, n), "资产总计　1,351.0424 万元", fmt.Sprintf("附注%d：%s", n, mark)}
		p := dossier.Page{Number: n, Text: strings.Join(lines, "\n"), Width: 595.28, Height: 841.89, Doubts: []string{"两种引擎读出的数字不一致 " + mark}}
		for i, l := range lines {
			p.Lines = append(p.Lines, dossier.Line{Text: l, Box: &dossier.Box{X0: 10, Y0: float64(20 * i), X1: 300, Y1: float64(20*i + 12)}, Confidence: 1,
				Words: []dossier.Word{{Text: l, Confidence: 0.5, Doubtful: true, Proof: "合计相符"}}})
		}
		p.Tables = []dossier.Table{{Name: mark, Continues: n > 1, Rows: [][]dossier.Cell{{{Text: "项目", Ref: "r1c1"}, {Text: mark, Ref: "r1c2", Cols: 2}}}}}
		d.Pages = append(d.Pages, p)
	}
	return d
}

// index cuts a document into a chunk a line, with true offsets and a vector each unless the space is zero.
func index(d *dossier.Document, s store.Space) store.FileIndex {
	ix := store.FileIndex{Blob: d.SHA256, Period: "2025-12-31", Segment: fmt.Appendf(nil, "segment of %s \x00\xff %x", d.File, store.HashText(d.Text()))}
	base := 0
	for _, p := range d.Pages {
		at := 0
		for i, l := range strings.Split(p.Text, "\n") {
			c := store.Chunk{Page: p.Number, Line: i + 1, Start: at, End: at + len(l), FileStart: base + at, FileEnd: base + at + len(l),
				Kind: "prose", Cell: "表!A1", Clause: "第二十三条", Period: fmt.Sprint(2020 + i), Text: l, Context: d.TypeName + " › " + p.Name}
			if !s.IsZero() {
				c.Vector = vector(s, store.EmbedText(d.TypeName, c))
			}
			ix.Chunks = append(ix.Chunks, c)
			at += len(l) + 1
		}
		base += len(p.Text) + 1
	}
	return ix
}

// reading is an intake of papers, with figures and findings that hold the mark.
func reading(name, mark string, docs ...*dossier.Document) store.Intake {
	in := store.Intake{Name: name, Actor: "张三", Space: space, InputHash: "input " + mark,
		Dossier: &dossier.Dossier{Application: application(mark), Documents: docs, Problems: []dossier.Problem{{Kind: dossier.ErrUnsupported, Msg: "读不了：" + mark}}}}
	for _, d := range docs {
		in.Files = append(in.Files, index(d, space))
	}
	in.Figures = []dossier.Figure{
		{ID: "f1", Indicator: "total_assets", Name: "资产总计", Entity: mark, Scope: dossier.ScopeSingle, Period: dossier.At(dossier.NewDate(2025, 12, 31)),
			Value: dossier.D("13510424.00"), Unit: dossier.Yuan, Basis: dossier.BasisAudited,
			Source: &dossier.Source{Place: dossier.Place{File: "审计报告.pdf", Page: 1, Quote: mark}, Printed: "1,351.0424", Unit: dossier.WanYuan}},
		{ID: "f2", Indicator: "debt_ratio", Name: "资产负债率", Entity: mark, Period: dossier.Span(dossier.NewDate(2025, 12, 31), 12),
			Value: dossier.D("0.377700000000000001"), Unit: dossier.Ratio, Basis: dossier.BasisComputed, Formula: "total_liabilities/total_assets", Operands: []string{"f1", "f1"}, Note: "口径" + mark},
		{ID: "f3", Indicator: "total_assets", Entity: mark, Period: dossier.At(dossier.NewDate(2024, 12, 31)), Value: dossier.D("-98765432109876543210.123456789"), Unit: dossier.Yuan},
	}
	in.Findings = []report.Finding{
		{Rule: "suite.second", Title: "标题" + mark, Kind: report.Consistency, Severity: report.Major, Documents: []string{"b", "a"}, Message: mark,
			Evidence: []report.Citation{{File: "a", Page: 3, Box: &dossier.Box{X1: 1}, Quote: mark}}, Arithmetic: "1+1=3", Basis: []report.Basis{{Law: "suite", Article: "9"}}, Remedy: "补", Accepts: []string{"x"}},
		{Rule: "suite.first", Severity: report.Blocker, Message: mark},
	}
	return in
}

func application(mark string) dossier.Application {
	return dossier.Application{Dossier: "D-" + mark, Applicant: "申请人" + mark, USCC: mark, CustomerType: "corporate", Product: "流动资金贷款",
		AmountCNY: dossier.D("8000000"), TermMonths: 12, ReportKind: dossier.ReportCredit, AsOf: dossier.NewDate(2026, 9, 30),
		Bank:     dossier.BankRule{MortgageLTVMax: map[string]dossier.Decimal{"industrial": dossier.D("0.6")}, SalesGrowth: dossier.D("0.1"), Note: mark},
		Inferred: []string{"product"}}
}
