package storetest

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

// hostile takes in what a database stumbles over. Nothing of a reading may be lost by it.
func hostile(t *testing.T, e *env) {
	for name, mark := range map[string]string{
		"sql":       `'); DROP TABLE documents; -- " \ $1 ? %s`,
		"emoji":     "🏭👩‍💼𠮷\U0010ffff",
		"controls":  "\x01\x02\x1b[31m\x7f\u0085\u2028\ufeff",
		"json":      `{"a":"\u0000"}\u0000`,
		"long line": strings.Repeat("很长的一行 ", 4_000),
	} {
		t.Run(name, func(t *testing.T) {
			tn := e.tenant(t)
			in := reading("卷"+mark[:min(len(mark), 12)], mark, paper(mark+".pdf", mark, 1))
			if !utf8.ValidString(in.Name) {
				in.Name = "卷"
			}
			in.Actor = "张三" + mark[:min(len(mark), 3)]
			r := must[store.Receipt](t)(tn.Intake(t.Context(), in))
			readBack(t, tn, r.Dossier, in)
			verified(t, tn)
		})
	}
	t.Run("NUL and bad bytes", func(t *testing.T) {
		tn := e.tenant(t)
		mark := "前\x00后\xff\xc3末"
		in := reading("卷\x00", mark, paper("a\x00\xff.pdf", mark, 2))
		in.InputHash = "\x00"
		r := must[store.Receipt](t)(tn.Intake(t.Context(), in))
		clean, err := store.CheckIntake(in)
		if err != nil {
			t.Fatal(err)
		}
		readBack(t, tn, r.Dossier, clean)
		if text := must[*dossier.Dossier](t)(tn.Dossier(t.Context(), r.Dossier)).Documents[0].Pages[0].Text; !strings.HasPrefix(text, "前 后??末") {
			t.Errorf("page begins %q", text[:20])
		}
		if again := must[store.Receipt](t)(tn.Intake(t.Context(), in)); again.Kept != 1 || again.Dossier != r.Dossier {
			t.Errorf("the same again: %+v", again)
		}
	})
	t.Run("10 MB page", func(t *testing.T) {
		tn := e.tenant(t)
		d := paper("大.txt", "大", 1)
		d.Pages[0].Text += "\n" + strings.Repeat("资产负债表，现金流量表。", 10<<20/36)
		in := reading("卷", "大", d)
		in.Files[0].Chunks = in.Files[0].Chunks[:3]
		r := must[store.Receipt](t)(tn.Intake(t.Context(), in))
		readBack(t, tn, r.Dossier, in)
	})
	t.Run("many small pages", func(t *testing.T) {
		tn := e.tenant(t)
		in := reading("卷", "多", paper("多.pdf", "多", 700))
		r := must[store.Receipt](t)(tn.Intake(t.Context(), in))
		same(t, "dossier", must[*dossier.Dossier](t)(tn.Dossier(t.Context(), r.Dossier)), in.Dossier)
		compare(t, tn, store.VectorQuery{Space: space, Vector: vector(space, "q"), K: 50}, collect(t, tn, space))
		cat := must[store.Catalog](t)(tn.Catalog(t.Context()))
		var ids []int64
		for k := range int64(cat.Documents[0].Chunks) {
			ids = append(ids, cat.Documents[0].FirstChunk+k)
		}
		compare(t, tn, store.VectorQuery{Space: space, Vector: vector(space, "q"), K: 50, Only: ids}, collect(t, tn, space))
	})
}
