// Package invoices keeps score of the invoice checks over a set of real ledgers: what they find, how fast they run
// beside a plain CSV pass, in how much memory, and how well a transparent ranking orders firms by default.
package invoices

import (
	"compress/gzip"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance/invoice"
)

// Schema names the scorecard's JSON.
const Schema = "xindiao.scorecard.invoices/v1"

// Card is one run. Speed and memory depend on the machine and stay out of the JSON.
type Card struct {
	Schema    string         `json:"schema"`
	Rows      map[string]int `json:"rows"` // by file
	Firms     int            `json:"firms"`
	Bad       int            `json:"bad"` // of those with a label
	Labelled  int            `json:"labelled"`
	Sales     Side           `json:"sales"`
	Purchases Side           `json:"purchases"`
	Folds     int            `json:"folds"`
	Repeats   int            `json:"repeats"`
	Variants  []Variant      `json:"variants"`

	Speed   Speed             `json:"-"`
	PerFirm []*invoice.Result `json:"-"`
	Ranked  []Ranked          `json:"-"`
}

// Side sums one side over all firms; checks by id count rows.
type Side struct {
	Rows         int            `json:"rows"`
	Blue         int            `json:"blue"`
	Red          int            `json:"red"`
	Void         int            `json:"void"`
	TaxChecked   int            `json:"tax_checked"`
	Checks       map[string]int `json:"checks"`
	SilentMonths int            `json:"silent_months"`
	LongSilence  int            `json:"firms_silent_two_months"`
	BothSides    int            `json:"parties_on_both_sides"`
}

// Ranked is a firm with what the product's model says.
type Ranked struct {
	Owner   string
	Ranking *invoice.Ranking
	Bad     bool
}

const maxData = 1 << 30

// open reads a ledger, packed or not.
func open(dir, name string) ([]byte, error) {
	path := filepath.Join(dir, name)
	f, err := os.Open(path + ".gz")
	var r io.Reader = f
	if err == nil {
		defer f.Close() //nolint:errcheck // only read
		if r, err = gzip.NewReader(f); err != nil {
			return nil, &dossier.Error{Kind: dossier.ErrCorrupt, File: path + ".gz", Msg: "不是gzip文件", Cause: err}
		}
	} else if f, err = os.Open(path); err == nil {
		defer f.Close() //nolint:errcheck // only read
		r = f
	} else {
		return nil, &dossier.Error{Kind: dossier.ErrNotFound, File: path, Msg: "需要 enterprises.csv、input_invoices.csv 和 output_invoices.csv（可为.gz）", Cause: err}
	}
	data, err := io.ReadAll(io.LimitReader(r, maxData))
	if err != nil {
		return nil, &dossier.Error{Kind: dossier.ErrCorrupt, File: path, Msg: "读不出来", Cause: err}
	}
	return data, nil
}

var ledgers = []string{"input_invoices.csv", "output_invoices.csv"}

// Run checks all ledgers of dir and ranks the firms.
func Run(ctx context.Context, dir string, progress func(string)) (*Card, error) {
	labels, err := open(dir, "enterprises.csv")
	if err != nil {
		return nil, err
	}
	label, err := defaults(labels)
	if err != nil {
		return nil, err
	}
	var data [][]byte
	for _, name := range ledgers {
		d, err := open(dir, name)
		if err != nil {
			return nil, err
		}
		data = append(data, d)
	}
	card := &Card{Schema: Schema, Rows: map[string]int{}, Folds: folds, Repeats: repeats}
	results, counts, err := check(data)
	if err != nil {
		return nil, err
	}
	for i, n := range counts {
		card.Rows[ledgers[i]] = n
	}
	card.sum(results)
	if progress != nil {
		progress("发票检查完成，测速")
	}
	if card.Speed, err = measure(ctx, data); err != nil {
		return nil, err
	}
	if progress != nil {
		progress("交叉验证")
	}
	card.Variants, card.Labelled, card.Bad = rank(results, label)
	m := invoice.RankModel()
	for _, r := range results {
		if k := m.Rank(r); k != nil {
			card.Ranked = append(card.Ranked, Ranked{r.Owner, k, label[r.Owner]})
		}
	}
	slices.SortStableFunc(card.Ranked, func(a, b Ranked) int {
		switch {
		case a.Ranking.Score > b.Ranking.Score:
			return -1
		case a.Ranking.Score < b.Ranking.Score:
			return 1
		}
		return 0
	})
	return card, nil
}

// defaults reads which firms defaulted; the grade beside it leaks that and is never read.
func defaults(data []byte) (map[string]bool, error) {
	bad := &dossier.Error{Kind: dossier.ErrInput, File: "enterprises.csv", Msg: "需要企业代号和是否违约两列"}
	r := csv.NewReader(bytesReader(data))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil || len(rows) < 2 {
		return nil, bad
	}
	id, def := slices.Index(rows[0], "企业代号"), slices.Index(rows[0], "是否违约")
	if id < 0 || def < 0 {
		return nil, bad
	}
	out := map[string]bool{}
	for _, row := range rows[1:] {
		if len(row) > max(id, def) {
			out[row[id]] = row[def] == "是"
		}
	}
	return out, nil
}

// check runs all ledgers through one pass with every check.
func check(data [][]byte) ([]*invoice.Result, []int, error) {
	l := invoice.NewLedger(invoice.Options{})
	counts := make([]int, len(data))
	var row invoice.Row
	for i, d := range data {
		r, err := invoice.NewReader(bytesReader(d), invoice.ReadOptions{File: ledgers[i]})
		if err != nil {
			return nil, nil, err
		}
		for {
			err := r.Next(&row)
			if err == io.EOF {
				break
			}
			if err == nil {
				err = l.Add(&row)
			}
			if err != nil {
				return nil, nil, fmt.Errorf("%s: %w", ledgers[i], err)
			}
			counts[i]++
		}
	}
	return l.Close(), counts, nil
}

func (c *Card) sum(results []*invoice.Result) {
	c.PerFirm, c.Firms = results, len(results)
	c.Sales.Checks, c.Purchases.Checks = map[string]int{}, map[string]int{}
	for _, r := range results {
		for _, p := range []struct {
			from *invoice.SideResult
			to   *Side
		}{{r.Sales, &c.Sales}, {r.Purchases, &c.Purchases}} {
			if p.from == nil {
				continue
			}
			p.to.Rows += p.from.Rows
			p.to.Blue += p.from.Blue
			p.to.Red += p.from.Red
			p.to.Void += p.from.Void
			p.to.TaxChecked += p.from.TaxChecked
			p.to.SilentMonths += len(p.from.Silent)
			if p.from.LongestSilence >= 2 {
				p.to.LongSilence++
			}
			p.to.BothSides += len(r.Both)
			for _, k := range p.from.Checks {
				p.to.Checks[k.ID] += k.Rows
			}
		}
	}
}
