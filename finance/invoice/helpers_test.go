package invoice

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

const header = "企业代号,发票号码,开票日期,购方名称,金额,税额,价税合计,发票状态,备注\n"

// read runs a ledger through reader and checks.
func read(t testing.TB, text string, o Options) *Result {
	t.Helper()
	all := readAll(t, text, ReadOptions{}, o)
	if len(all) != 1 {
		t.Fatalf("%d results", len(all))
	}
	return all[0]
}

func readAll(t testing.TB, text string, ro ReadOptions, o Options) []*Result {
	t.Helper()
	r, err := NewReader(strings.NewReader(text), ro)
	if err != nil {
		t.Fatal(err)
	}
	l := NewLedger(o)
	pour(t, r, l)
	return l.Close()
}

func pour(t testing.TB, r *Reader, l *Ledger) {
	t.Helper()
	var row Row
	for {
		err := r.Next(&row)
		if err == io.EOF {
			return
		}
		if err == nil {
			err = l.Add(&row)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// rowsOf makes n plausible rows: a few hundred customers, five years, one in 25 void, one in 40 red with its original.
func rowsOf(n int, seed uint64) []byte {
	g := rand.New(rand.NewPCG(seed, 1))
	var b bytes.Buffer
	b.WriteString(header)
	rates := []int64{17, 16, 13}
	from := DayOf(dossier.NewDate(2017, 1, 1))
	var last struct {
		party, amount, tax int64
	}
	for i := range n {
		d := from + Day(int64(i)*1800/int64(n))
		date := d.Date()
		rate := rates[2]
		if d < DayOf(dossier.NewDate(2018, 5, 1)) {
			rate = rates[0]
		} else if d < DayOf(dossier.NewDate(2019, 4, 1)) {
			rate = rates[1]
		}
		party, amount := int64(g.IntN(400)), int64(g.IntN(10_000_000)+100)
		tax := (amount*rate + 50) / 100
		state, sign := "有效发票", ""
		switch {
		case i%25 == 7:
			state = "作废发票"
		case i%40 == 21:
			party, amount, tax, sign = last.party, last.amount, last.tax, "-"
		}
		if i%40 == 20 {
			last.party, last.amount, last.tax = party, amount, tax
			state = "有效发票"
		}
		fmt.Fprintf(&b, "E1,%08d,%d/%d/%d,B%05d,%s%d.%02d,%s%d.%02d,%s%d.%02d,%s,\n", 10_000_000+i, date.Year, date.Month, date.Day, party, sign,
			amount/100, amount%100, sign, tax/100, tax%100, sign, (amount+tax)/100, (amount+tax)%100, state)
	}
	return b.Bytes()
}

func count(r *SideResult, id string) int { return r.Check(id).Rows }
