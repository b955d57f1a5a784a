package annual

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
)

// filing is one company's report of one year.
type filing struct{ code, year string }

// field is one value of a field list.
type field struct {
	stmt  finance.Statement
	name  string
	value dossier.Decimal
	given bool // false: the list says that it was not found
}

// lists are the field lists by file name without extension.
var lists = []struct {
	name string
	stmt finance.Statement
}{{"balance_static", finance.BalanceSheet}, {"profit_statement", finance.IncomeStatement}, {"cash_flow_statement", finance.CashFlow}}

// keys are columns that are no amounts.
var keys = []string{"报告年份", "信息来源", "股票代码", "股票简称", "年份", "证券代码", "证券简称"}

// loadFields reads the rows of the wanted filings; the first row of a filing counts.
func loadFields(dir string, wanted map[filing]bool) (map[filing][]field, error) {
	out := map[filing][]field{}
	for _, l := range lists {
		if err := loadList(dir, l.name, l.stmt, wanted, out); err != nil {
			return nil, &dossier.Error{Kind: dossier.ErrNotFound, File: filepath.Join(dir, l.name+".csv.gz"), Msg: "字段表读取失败", Cause: err}
		}
	}
	return out, nil
}

func loadList(dir, name string, stmt finance.Statement, wanted map[filing]bool, out map[filing][]field) error {
	f, err := os.Open(filepath.Join(dir, name+".csv.gz"))
	plain := errors.Is(err, os.ErrNotExist)
	if plain {
		f, err = os.Open(filepath.Join(dir, name+".csv"))
	}
	if err != nil {
		return err
	}
	defer f.Close()
	var in io.Reader = f
	if !plain {
		if in, err = gzip.NewReader(f); err != nil {
			return err
		}
	}
	rd := csv.NewReader(in)
	rd.FieldsPerRecord = -1
	rd.ReuseRecord = true
	head, err := rd.Read()
	if err != nil {
		return err
	}
	head = slices.Clone(head)
	head[0] = strings.TrimPrefix(head[0], "\ufeff")
	code, year := slices.Index(head, "股票代码"), slices.Index(head, "报告年份")
	if code < 0 || year < 0 {
		return errors.New("列“股票代码”“报告年份”缺失")
	}
	done := map[filing]bool{}
	for {
		row, err := rd.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if len(row) != len(head) {
			continue
		}
		key := filing{row[code], row[year]}
		if !wanted[key] || done[key] {
			continue
		}
		done[key] = true
		for i, h := range head {
			if slices.Contains(keys, h) {
				continue
			}
			v, err := decimal.NewFromString(row[i])
			given := err == nil && !v.Equal(decimal.NewFromInt(-1))
			out[key] = append(out[key], field{stmt, strings.Clone(h), v, given})
		}
	}
}
