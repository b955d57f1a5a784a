package repay

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
)

// join puts the blocks of one table together: the years are those of the block with most rows.
func join(d *dossier.Document, blocks []*block) *Sheet {
	var base *block
	for _, b := range blocks {
		if base == nil || len(b.rows) > len(base.rows) {
			base = b
		}
	}
	if base == nil || len(base.rows) < 2 {
		return nil
	}
	s := &Sheet{File: d.File, Labels: base.labels, Unit: base.unit, Rows: map[string][]Cell{}}
	if base.unit == "" {
		s.Unit = dossier.Yuan
		s.Doubts = append(s.Doubts, "表中未注明金额单位，按元读取，须核对")
	}
	sort.SliceStable(blocks, func(i, j int) bool { return blocks[i].rank < blocks[j].rank })
	for _, b := range blocks {
		at := align(base.labels, b.labels)
		if at == nil {
			if len(b.rows) > 0 {
				s.Doubts = append(s.Doubts, fmt.Sprintf("“%s”的年份与主表不一致，未并入", clip(b.title)))
			}
			continue
		}
		ids := make([]string, 0, len(b.rows))
		for id := range b.rows {
			ids = append(ids, id)
		}
		sort.Strings(ids)
		for _, id := range ids {
			row := make([]Cell, len(base.labels))
			for i, k := range at {
				row[k] = b.rows[id][i]
			}
			if s.Rows[id] == nil {
				s.Rows[id] = row
				s.sum(id, row, b.sums)
			} else {
				s.same(id, row)
			}
		}
	}
	s.printedNet()
	return s
}

// align maps a block's years to the base's, nil when one of them is not there.
func align(base, labels []string) []int {
	out := make([]int, len(labels))
	for i, l := range labels {
		k := slices.Index(base, l)
		if k < 0 {
			return nil
		}
		out[i] = k
	}
	return out
}

// sum compares the printed total with its years.
func (s *Sheet) sum(id string, row []Cell, sums map[string]Cell) {
	printed, ok := sums[id]
	if !ok || theBook().project.byID[id].Percent {
		return
	}
	t := zero
	for _, c := range row {
		t = t.Add(c.Value)
	}
	if off(t, printed.Value, s.ulp(row), len(row)/2+1) {
		s.Doubts = append(s.Doubts, fmt.Sprintf("“%s”各年之和%s元与合计列%s元不符", rowName(id), money(t), money(printed.Value)))
	}
}

// same notes a row that another table prints differently; 流动资金 may be a balance there and is left out.
func (s *Sheet) same(id string, row []Cell) {
	if !slices.Contains([]string{"revenue", "opex", "income_tax", "surcharges"}, id) {
		return
	}
	for i, c := range row {
		if was := s.Rows[id][i]; off(was.Value, c.Value, s.ulp(row), 2) {
			s.Doubts = append(s.Doubts, fmt.Sprintf("“%s”%s在两张表中不一致：%s元与%s元", rowName(id), s.Labels[i], money(was.Value), money(c.Value)))
			return
		}
	}
}

// printedNet compares the printed net flow with the one that the rows give.
func (s *Sheet) printedNet() {
	p := s.Project()
	net, pre := p.flows()
	coarse := zero
	for _, row := range s.Rows {
		coarse = decimal.Max(coarse, s.ulp(row))
	}
	for _, v := range []struct {
		id   string
		want []dossier.Decimal
	}{{"net", net}, {"net_pre", pre}} {
		for i, c := range s.Rows[v.id] {
			if c.Printed != "" && off(v.want[i], c.Value, coarse, 10) {
				s.Doubts = append(s.Doubts, fmt.Sprintf("%s的%s印为%s元，按各行计算为%s元", s.Labels[i], rowName(v.id), money(c.Value), money(v.want[i])))
				break
			}
		}
	}
}

// ulp is one unit of the last place that a row prints, in 元.
func (s *Sheet) ulp(row []Cell) dossier.Decimal {
	n := 0
	for _, c := range row {
		if _, frac, ok := strings.Cut(c.Printed, "."); ok {
			n = max(n, min(len(frac), 6))
		}
	}
	return s.Unit.Scale().Shift(int32(-n))
}

// off tells two amounts apart beyond the rounding of so many printed numbers.
func off(a, b, ulp dossier.Decimal, numbers int) bool {
	return a.Sub(b).Abs().GreaterThan(ulp.Mul(intD(numbers)))
}
