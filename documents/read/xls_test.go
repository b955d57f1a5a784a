package read

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func fixture(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The same workbook saved as XLS and as XLSX (see testdata/make_office.py) reads the same, cell by cell.
func TestXLSReadsAsXLSX(t *testing.T) {
	old, now := inProcess(t, "ledger.xls", fixture(t, "ledger.xls")), inProcess(t, "ledger.xlsx", fixture(t, "ledger.xlsx"))
	if old.Format != fmtXLS || now.Format != fmtXLSX || len(old.Problems)+len(now.Problems) > 0 {
		t.Fatalf("%s %v, %s %v", old.Format, old.Problems, now.Format, now.Problems)
	}
	if len(old.Pages) != 3 || len(now.Pages) != 3 {
		t.Fatalf("%d and %d pages", len(old.Pages), len(now.Pages))
	}
	for i := range now.Pages {
		a, z := old.Pages[i], now.Pages[i]
		if a.Name != z.Name || strings.Join(a.Doubts, "|") != strings.Join(z.Doubts, "|") {
			t.Errorf("%s %v\n%s %v", a.Name, a.Doubts, z.Name, z.Doubts)
		}
		if got, want := len(a.Tables[0].Rows), len(z.Tables[0].Rows); got != want {
			t.Errorf("%s: %d rows, want %d", a.Name, got, want)
			continue
		}
		for r, row := range z.Tables[0].Rows {
			if got, want := rowText(a.Tables[0].Rows[r]), rowText(row); got != want {
				t.Errorf("%s row %d:\n%s\n%s", a.Name, r+1, got, want)
			}
			for c, cell := range row {
				if a.Tables[0].Rows[r][c] != cell {
					t.Errorf("%+v, want %+v", a.Tables[0].Rows[r][c], cell)
				}
			}
		}
	}
}

func TestXLSValues(t *testing.T) {
	d := inProcess(t, "ledger.xls", fixture(t, "ledger.xls"))
	at := map[string]dossier.Cell{}
	for _, row := range d.Pages[0].Tables[0].Rows {
		for _, c := range row {
			at[c.Ref] = c
		}
	}
	for ref, want := range map[string]string{"A1": "应收账款明细（单位：元）", "B4": "-1999.995", "C4": "-0.109375", "D4": "2026-01-01", "E4": "TRUE",
		"E5": "FALSE", "F5": "001", "B45": "700078.2", "C45": "#DIV/0!", "D45": "共40户", "A46": "2026-03-04 15:06:07",
		"B46": "12345678901234", "C46": "0.0000001", "D46": "0.3", "F46": "第一行\n第二行"} {
		if got := at[ref].Text; got != want {
			t.Errorf("%s: %q, want %q", ref, got, want)
		}
	}
	if c := at["A1"]; c.Cols != 6 || c.Rows != 0 {
		t.Errorf("merged: %+v", c)
	}
	if c := at["A2"]; c.Cols != 0 || c.Rows != 2 {
		t.Errorf("merged: %+v", c)
	}
	if got := strings.Join(d.Pages[0].Doubts, "；"); got != "有隐藏的行（第10-11行，共 2 行），已一并读取；有隐藏的列（F），已一并读取" {
		t.Error(got)
	}
	if got := strings.Join(d.Pages[1].Doubts, "；"); got != "隐藏的工作表：底稿" || d.Pages[1].Text != "\t不给人看" {
		t.Errorf("%s %q", got, d.Pages[1].Text)
	}
}

// A workbook whose structure is protected is encrypted with a password that every program knows.
func TestXLSProtectedForEverybody(t *testing.T) {
	d := inProcess(t, "locked.xls", fixture(t, "locked.xls"))
	rows := d.Pages[0].Tables[0].Rows
	if len(d.Problems) > 0 || len(rows) != 120 || rowText(rows[119]) != "客户119\t178.5\t备注第119号" {
		t.Errorf("%v %d rows", d.Problems, len(rows))
	}
}

func TestXLSBroken(t *testing.T) {
	whole := fixture(t, "ledger.xls")
	for _, cut := range []int{600, len(whole) / 2, len(whole) - 3000} {
		d := inProcess(t, "a.xls", whole[:cut])
		if !hasKind(d, dossier.ErrCorrupt) && !hasKind(d, dossier.ErrPartial) || hasKind(d, "without words") {
			t.Errorf("cut at %d: %v", cut, d.Problems)
		}
	}
	locked := bytes.Clone(whole)
	i := bytes.Index(locked, []byte{0x42, 0, 2, 0}) // CODEPAGE becomes FILEPASS
	if i < 0 {
		t.Fatal("no CODEPAGE record")
	}
	binary.LittleEndian.PutUint16(locked[i:], 0x2F)
	if d := inProcess(t, "a.xls", locked); !hasKind(d, dossier.ErrEncrypted) {
		t.Errorf("%v", d.Problems)
	}
	loop := bytes.Clone(whole) // every FAT entry points to itself
	fat := 512 * (1 + int(binary.LittleEndian.Uint32(loop[76:])))
	for k := range 128 {
		binary.LittleEndian.PutUint32(loop[fat+4*k:], uint32(k))
	}
	if d := inProcess(t, "a.xls", loop); len(d.Problems) == 0 {
		t.Error("a cyclic chain of sectors is not told")
	}
}
