package xlsx_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/reporttest"
	"github.com/xindiao/xindiao/report/xlsx"
)

func open(t *testing.T, r *report.Review) *excelize.File {
	t.Helper()
	return written(t, func(w io.Writer) error { return xlsx.WriteReview(w, r) })
}

// written opens the workbook that write makes.
func written(t *testing.T, write func(io.Writer) error) *excelize.File {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestReview(t *testing.T) {
	f := open(t, reporttest.Review())
	if got := strings.Join(f.GetSheetList(), " "); got != "问题清单 材料清单 检查矩阵" {
		t.Fatalf("sheets %s", got)
	}
	rows, err := f.GetRows(xlsx.SheetFindings)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 5 || rows[1][1] != "COM003" || rows[1][2] != "阻断" {
		t.Errorf("findings: %q", rows)
	}
	if !strings.Contains(rows[1][11], "可接受：个人信用报告") || !strings.Contains(rows[2][9], "合同/租赁合同.pdf 第3页") {
		t.Errorf("remedy %q, evidence %q", rows[1][11], rows[2][9])
	}
	rows, err = f.GetRows(xlsx.SheetMatrix)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 4 || rows[3][2] != "缺失" {
		t.Errorf("matrix: %q", rows)
	}
}

// A file name that looks like a formula stays a file name.
func TestNothingBecomesAFormula(t *testing.T) {
	f := open(t, reporttest.Review())
	found := false
	for y := 2; y <= 5; y++ {
		at, err := excelize.CoordinatesToCellName(2, y)
		if err != nil {
			t.Fatal(err)
		}
		if formula, err := f.GetCellFormula(xlsx.SheetMaterials, at); err != nil || formula != "" {
			t.Errorf("%s holds formula %q (%v)", at, formula, err)
		}
		v, err := f.GetCellValue(xlsx.SheetMaterials, at)
		if err != nil {
			t.Fatal(err)
		}
		found = found || strings.HasPrefix(v, "=cmd")
	}
	if !found {
		t.Error("the name is not shown as it is")
	}
}

func TestEmptyAndOversized(t *testing.T) {
	f := open(t, &report.Review{Findings: []report.Finding{{Message: strings.Repeat("长", 40000) + "\x01"}}})
	v, err := f.GetCellValue(xlsx.SheetFindings, "G2")
	if err != nil {
		t.Fatal(err)
	}
	if n := len([]rune(v)); n != 32767 || !strings.HasSuffix(v, "…") {
		t.Errorf("%d runes", n)
	}
	open(t, &report.Review{})
}
