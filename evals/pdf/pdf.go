// Package pdf keeps score of the readers over files whose true text is known: how many Han characters and whole
// numbers of the truth came out, and for scans how near the text is and which wrong numbers nobody doubted.
package pdf

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"github.com/xindiao/xindiao/dossier"
)

// Schema names the scorecard's JSON.
const Schema = "xindiao.scorecard.pdf/v1"

// Read is the product under test: it reads one file from disk.
type Read func(ctx context.Context, path string) (*dossier.Document, error)

// Ratio counts hits of a whole.
type Ratio struct {
	Good int `json:"good"`
	Of   int `json:"of"`
}

// Rate is Good/Of, 1 when there was nothing to get right.
func (r Ratio) Rate() float64 {
	if r.Of == 0 {
		return 1
	}
	return float64(r.Good) / float64(r.Of)
}

func (r *Ratio) add(o Ratio) { r.Good, r.Of = r.Good+o.Good, r.Of+o.Of }

// File is what one file scored.
type File struct {
	File     string   `json:"file"`
	Scan     bool     `json:"scan,omitempty"`
	Pages    int      `json:"pages"`
	Han      Ratio    `json:"han"`                // Han characters of the truth found, as multisets
	Num      Ratio    `json:"num"`                // number tokens of three digits and more found whole
	Edits    *Ratio   `json:"edits,omitempty"`    // scans: edits of truth's characters; their quotient is the CER
	Doubtful int      `json:"doubtful,omitempty"` // scans: number tokens marked doubtful
	Silent   int      `json:"silent,omitempty"`   // scans: wrong number tokens that nothing marks
	Doubts   []string `json:"doubts,omitempty"`   // pages' doubts and the document's problems
	Missed   []string `json:"-"`                  // number tokens of the truth that did not come out
	Error    string   `json:"error,omitempty"`
	Seconds  float64  `json:"-"`
}

// Card is one run; its JSON is sorted and without times, so that it can be committed.
type Card struct {
	Schema string `json:"schema"`
	OCR    string `json:"ocr"`
	Files  []File `json:"files"`
	Text   Total  `json:"text"`
	Scans  Total  `json:"scans"`
}

// Total sums files; the worst are by file.
type Total struct {
	Files    int    `json:"files"`
	Han      Ratio  `json:"han"`
	Num      Ratio  `json:"num"`
	Edits    *Ratio `json:"edits,omitempty"`
	Silent   int    `json:"silent,omitempty"`
	WorstHan string `json:"worst_han"`
	WorstNum string `json:"worst_num"`
}

// Run scores every file of dir/made that has its text in dir/truth, in name order. A file that cannot be read scores
// nothing and says why; a missing folder is the only error.
func Run(ctx context.Context, dir, ocr string, read Read, progress func(string)) (*Card, error) {
	list, err := os.ReadDir(filepath.Join(dir, "made"))
	if err != nil {
		return nil, &dossier.Error{Kind: dossier.ErrNotFound, File: dir, Msg: "需要一个含 made 和 truth 两个子目录的文件夹", Cause: err}
	}
	card := &Card{Schema: Schema, OCR: ocr}
	for i, e := range list {
		base := strings.TrimSuffix(e.Name(), filepath.Ext(e.Name()))
		want, err := os.ReadFile(filepath.Join(dir, "truth", base+".txt"))
		if err != nil {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if progress != nil {
			progress(fmt.Sprintf("%d/%d %s", i+1, len(list), e.Name()))
		}
		start := time.Now()
		doc, err := read(ctx, filepath.Join(dir, "made", e.Name()))
		f := File{File: e.Name()}
		if err != nil {
			f.Error = err.Error()
			doc = &dossier.Document{}
		}
		f.measure(string(want), doc)
		f.Seconds = time.Since(start).Seconds()
		card.Files = append(card.Files, f)
	}
	if len(card.Files) == 0 {
		return nil, &dossier.Error{Kind: dossier.ErrEmpty, File: dir, Msg: "没有一个文件在 truth 里有对应的文本"}
	}
	sort.Slice(card.Files, func(i, j int) bool { return card.Files[i].File < card.Files[j].File })
	card.Text, card.Scans = total(card.Files, false), total(card.Files, true)
	return card, nil
}

func total(files []File, scans bool) (t Total) {
	han, num := 2.0, 2.0
	for _, f := range files {
		if f.Scan != scans {
			continue
		}
		t.Files++
		t.Han.add(f.Han)
		t.Num.add(f.Num)
		t.Silent += f.Silent
		if f.Edits != nil {
			if t.Edits == nil {
				t.Edits = &Ratio{}
			}
			t.Edits.add(*f.Edits)
		}
		if r := f.Han.Rate(); r < han {
			han, t.WorstHan = r, f.File
		}
		if r := f.Num.Rate(); r < num {
			num, t.WorstNum = r, f.File
		}
	}
	return t
}
