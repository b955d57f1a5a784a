// Package annual keeps score of statement extraction from whole annual reports: each report is read, its statements
// are found among hundreds of pages, and every line that a field list of that company-year gives is compared.
package annual

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"time"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/evals/pdf"
	"github.com/xindiao/xindiao/finance"
)

// Schema names the scorecard's JSON.
const Schema = "xindiao.scorecard.annual/v1"

// Report is what one report scored. It is named by its format and its rank among those: companies are not named.
type Report struct {
	Report     string    `json:"report"`
	Pages      int       `json:"pages"`
	Cells      pdf.Ratio `json:"cells"`      // fields that the list gives, right to the cent
	Unlisted   int       `json:"unlisted"`   // fields that the list has not, but the report's statements have
	Lines      int       `json:"lines"`      // statement lines read, all scopes and periods
	Statements pdf.Ratio `json:"statements"` // of them, statements whose own sums all close
	Error      string    `json:"error,omitempty"`

	File    string   `json:"-"`
	Wrong   []string `json:"-"` // differences, one a line, for adjudication
	Extra   []string `json:"-"` // what the report prints and the list lacks
	Breaks  []string `json:"-"` // sums that do not close
	Reading float64  `json:"-"` // seconds for reading the file
	Finance float64  `json:"-"` // seconds for finding the statements in it
}

// Card is one run.
type Card struct {
	Schema  string    `json:"schema"`
	Reports []Report  `json:"reports"`
	Cells   pdf.Ratio `json:"cells"`
}

var nameRE = regexp.MustCompile(`^(\d{6})_(\d{4})_`)

// Run scores every report of dir/reports, named CODE_YEAR_NAME.EXT, against the field lists beside that folder
// (CSV or CSV.GZ). A report that cannot be read scores nothing and says why.
func Run(ctx context.Context, dir string, read pdf.Read, progress func(string)) (*Card, error) {
	list, err := os.ReadDir(filepath.Join(dir, "reports"))
	if err != nil {
		return nil, &dossier.Error{Kind: dossier.ErrNotFound, File: dir, Msg: "需要一个含 reports 子目录和字段表（CSV）的文件夹", Cause: err}
	}
	wanted := map[filing]bool{}
	for _, e := range list {
		if m := nameRE.FindStringSubmatch(e.Name()); m != nil {
			wanted[filing{m[1], m[2]}] = true
		}
	}
	if len(wanted) == 0 {
		return nil, &dossier.Error{Kind: dossier.ErrEmpty, File: dir, Msg: "reports 中没有以“证券代码_年份_”开头的年度报告"}
	}
	truth, err := loadFields(dir, wanted)
	if err != nil {
		return nil, err
	}
	card, rank := &Card{Schema: Schema}, map[string]int{}
	for _, e := range list {
		m := nameRE.FindStringSubmatch(e.Name())
		if m == nil {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if progress != nil {
			progress(e.Name())
		}
		ext := strings.TrimPrefix(strings.ToLower(filepath.Ext(e.Name())), ".")
		rank[ext]++
		r := Report{Report: fmt.Sprintf("%s %d", ext, rank[ext]), File: e.Name()}
		r.score(ctx, filepath.Join(dir, "reports", e.Name()), read, m[2], truth[filing{m[1], m[2]}])
		card.Cells.Good, card.Cells.Of = card.Cells.Good+r.Cells.Good, card.Cells.Of+r.Cells.Of
		card.Reports = append(card.Reports, r)
	}
	sort.SliceStable(card.Reports, func(i, j int) bool { return card.Reports[i].Report < card.Reports[j].Report })
	return card, nil
}

func (r *Report) score(ctx context.Context, path string, read pdf.Read, year string, truth []field) {
	start := time.Now()
	doc, err := read(ctx, path)
	r.Reading = time.Since(start).Seconds()
	if err != nil {
		r.Error = err.Error()
		doc = &dossier.Document{}
	}
	r.Pages = len(doc.Pages)
	start = time.Now()
	figs, _ := finance.ReadStatements(doc)
	r.Finance = time.Since(start).Seconds()
	r.compare(figs, year, truth)
	r.consistency(figs)
}
