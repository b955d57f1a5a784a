// Package tables keeps score of rebuilt tables: which cells of a transcribed table stand in the right row and column
// of one table of the reading, whatever pages that table runs over.
package tables

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/evals/pdf"
)

// Schema names the scorecard's JSON.
const Schema = "xindiao.scorecard.tables/v1"

// Table is what one table of the truth scored.
type Table struct {
	Name  string    `json:"name"`
	Rows  pdf.Ratio `json:"rows"`            // rows found by their first cell
	Cells pdf.Ratio `json:"cells"`           // cells with words right, of those of the truth and those that should be empty but are not
	Wrong []string  `json:"wrong,omitempty"` // the first faults
}

// File is what one file scored.
type File struct {
	File    string  `json:"file"`
	Pages   int     `json:"pages"`
	Tables  []Table `json:"tables"`
	Error   string  `json:"error,omitempty"`
	Seconds float64 `json:"-"`
}

// Card is one run.
type Card struct {
	Schema string    `json:"schema"`
	Files  []File    `json:"files"`
	Cells  pdf.Ratio `json:"cells"`
}

// Run scores every file of dir/made that has its tables in dir/truth/NAME.tsv: a line "== name" before each table,
// then its rows with cells parted by tabs.
func Run(ctx context.Context, dir string, read pdf.Read, progress func(string)) (*Card, error) {
	list, err := os.ReadDir(filepath.Join(dir, "made"))
	if err != nil {
		return nil, &dossier.Error{Kind: dossier.ErrNotFound, File: dir, Msg: "需要一个含 made 和 truth 两个子目录的文件夹", Cause: err}
	}
	card := &Card{Schema: Schema}
	for _, e := range list {
		want, err := os.ReadFile(filepath.Join(dir, "truth", strings.TrimSuffix(e.Name(), filepath.Ext(e.Name()))+".tsv"))
		if err != nil {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if progress != nil {
			progress(e.Name())
		}
		start := time.Now()
		doc, err := read(ctx, filepath.Join(dir, "made", e.Name()))
		f := File{File: e.Name()}
		if err != nil {
			f.Error = err.Error()
			doc = &dossier.Document{}
		}
		f.Pages = len(doc.Pages)
		got := doc.JoinedTables()
		for _, t := range parse(string(want)) {
			s := score(t, got)
			card.Cells.Good, card.Cells.Of = card.Cells.Good+s.Cells.Good, card.Cells.Of+s.Cells.Of
			f.Tables = append(f.Tables, s)
		}
		f.Seconds = time.Since(start).Seconds()
		card.Files = append(card.Files, f)
	}
	if len(card.Files) == 0 {
		return nil, &dossier.Error{Kind: dossier.ErrEmpty, File: dir, Msg: "没有一个文件在 truth 里有对应的表格"}
	}
	return card, nil
}

type truth struct {
	name string
	rows [][]string
}

func parse(s string) (out []truth) {
	for _, l := range strings.Split(s, "\n") {
		if name, ok := strings.CutPrefix(l, "== "); ok {
			out = append(out, truth{name: name})
		} else if strings.TrimSpace(l) != "" && len(out) > 0 {
			t := &out[len(out)-1]
			t.rows = append(t.rows, strings.Split(l, "\t"))
		}
	}
	return out
}
