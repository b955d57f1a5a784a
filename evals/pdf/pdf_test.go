package pdf

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func TestRun(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"made/a.pdf": "", "made/b.pdf": "", "made/c.pdf": "", "made/untold.pdf": "",
		"truth/a.txt": "资产总计 1,234,567.89 二〇 2025", "truth/b.txt": "金额 100.00 200.00 300.00", "truth/c.txt": "甲 1000",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	card, err := Run(t.Context(), dir, "none", func(_ context.Context, path string) (*dossier.Document, error) {
		switch filepath.Base(path) {
		case "a.pdf": // glued to the next number, and a compatibility form
			return &dossier.Document{Pages: []dossier.Page{{Number: 1, Text: "资产总⼆计1,234,567.892025"}}}, nil
		case "b.pdf": // one number misread and marked, one misread and not
			return &dossier.Document{Scan: true, Pages: []dossier.Page{{Number: 1, Text: "金额 100.00 280.00 308.00", Doubts: []string{"模糊"},
				Lines: []dossier.Line{{Words: []dossier.Word{{Text: "280.00", Doubtful: true}, {Text: "100.00"}}}}}}}, nil
		}
		return nil, errors.New("broken")
	}, nil)
	if err != nil || len(card.Files) != 3 {
		t.Fatal(card, err)
	}
	a, b, c := card.Files[0], card.Files[1], card.Files[2]
	if a.Han != (Ratio{5, 6}) || a.Num != (Ratio{0, 2}) || a.Edits != nil {
		t.Errorf("%+v", a)
	}
	if b.Num != (Ratio{1, 3}) || b.Doubtful != 1 || b.Silent != 1 || *b.Edits != (Ratio{2, 20}) || len(b.Doubts) != 1 {
		t.Errorf("%+v %v", b, b.Edits)
	}
	if c.Error == "" || c.Num != (Ratio{0, 1}) {
		t.Errorf("%+v", c)
	}
	if card.Text.Files != 2 || card.Text.Num != (Ratio{0, 3}) || card.Scans.Silent != 1 || card.Text.WorstHan != "c.pdf" {
		t.Errorf("%+v", card)
	}
	var out bytes.Buffer
	if err := card.WriteText(&out, true); err != nil || !strings.Contains(out.String(), "缺：1,234,567.89 2025") || !strings.Contains(out.String(), "10.00%") {
		t.Error(out.String())
	}
	if _, err := Run(t.Context(), t.TempDir(), "", nil, nil); dossier.KindOf(err) != dossier.ErrNotFound {
		t.Error(err)
	}
}

func TestNumbers(t *testing.T) {
	got := numbers("12 １２３ 1,234.5， 0.05 2025-12-31, 20251120093512000718")
	if len(got) != 5 || got["123"] != 1 || got["1,234.5"] != 1 || got["0.05"] != 1 || got["2025"] != 1 || got["20251120093512000718"] != 1 {
		t.Error(got)
	}
}
