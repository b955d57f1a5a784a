package invoice

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
)

type columnFile struct {
	Columns []struct {
		Key   string   `yaml:"key"`
		Words []string `yaml:"words"`
	} `yaml:"columns"`
	States []struct {
		Key   string   `yaml:"key"`
		Words []string `yaml:"words"`
	} `yaml:"states"`
	Examples []struct {
		Header  []string       `yaml:"header"`
		Columns map[string]int `yaml:"columns"`
		Not     bool           `yaml:"not"`
	} `yaml:"examples"`

	byWord map[string]string
}

var columnKeys = []string{"owner", "number", "enumber", "code", "date", "seller", "seller_id", "buyer", "buyer_id", "goods", "amount", "rate",
	"tax", "total", "state", "positive", "colour", "remark", "direction"}

func (f *columnFile) index() error {
	f.byWord = map[string]string{}
	known := map[string]bool{}
	for _, k := range columnKeys {
		known[k] = true
	}
	for _, c := range f.Columns {
		if !known[c.Key] {
			return fmt.Errorf("finance/invoice/data/columns.yaml: 没有名为 %s 的列", c.Key)
		}
		for _, w := range c.Words {
			k := headWord(w)
			if was, dup := f.byWord[k]; dup && was != c.Key {
				return fmt.Errorf("finance/invoice/data/columns.yaml: %s 同属 %s 与 %s", w, was, c.Key)
			}
			f.byWord[k] = c.Key
		}
	}
	for _, s := range f.States {
		if _, ok := stateNames[s.Key]; !ok {
			return fmt.Errorf("finance/invoice/data/columns.yaml: 没有名为 %s 的状态", s.Key)
		}
	}
	return nil
}

var bracketed = regexp.MustCompile(`\([^()]*\)|[*:、]`)

// headWord is the form in which header words are compared.
func headWord(s string) string { return bracketed.ReplaceAllString(tight(s), "") }

// layout says where the columns of a ledger stand; -1 where there is none.
type layout struct {
	owner, number, enumber, code, date, seller, sellerID, buyer, buyerID, goods, amount, rate, tax, total, state, positive,
	colour, remark, direction int
	scale Cents // 10000 for columns in 万元
	words *columnFile
	seen  map[string]State
}

func (l *layout) slot(key string) *int {
	switch key {
	case "owner":
		return &l.owner
	case "number":
		return &l.number
	case "enumber":
		return &l.enumber
	case "code":
		return &l.code
	case "date":
		return &l.date
	case "seller":
		return &l.seller
	case "seller_id":
		return &l.sellerID
	case "buyer":
		return &l.buyer
	case "buyer_id":
		return &l.buyerID
	case "goods":
		return &l.goods
	case "amount":
		return &l.amount
	case "rate":
		return &l.rate
	case "tax":
		return &l.tax
	case "total":
		return &l.total
	case "state":
		return &l.state
	case "positive":
		return &l.positive
	case "colour":
		return &l.colour
	case "remark":
		return &l.remark
	}
	return &l.direction
}

// maxColumns bounds a header; wider tables are no invoice ledgers.
const maxColumns = 200

// head reads a record as the header of a ledger: a number, a date, a party and an amount must be there.
func head(fields [][]byte) (*layout, bool) {
	if len(fields) < 4 || len(fields) > maxColumns {
		return nil, false
	}
	l := &layout{scale: 1, words: &data().columns, seen: map[string]State{}}
	for _, k := range columnKeys {
		*l.slot(k) = -1
	}
	for i, f := range fields {
		if len(f) == 0 || len(f) > 120 {
			continue
		}
		key, ok := l.words.byWord[headWord(string(f))]
		if !ok {
			continue
		}
		if p := l.slot(key); *p < 0 {
			*p = i
			if (key == "amount" || key == "total") && bytes.Contains(f, []byte("万元")) {
				l.scale = 10000
			}
		}
	}
	ok := l.date >= 0 && (l.number >= 0 || l.enumber >= 0) && (l.amount >= 0 || l.total >= 0) &&
		(l.seller >= 0 || l.buyer >= 0 || l.sellerID >= 0 || l.buyerID >= 0)
	return l, ok
}

// stateOf names what a state column says; words are remembered, a ledger has few.
func (l *layout) stateOf(b []byte) State {
	if b = clipBytes(b, 60); len(b) == 0 {
		return Normal
	}
	if s, ok := l.seen[string(b)]; ok {
		return s
	}
	s := Normal
	text := tight(string(b))
search:
	for _, st := range l.words.States {
		for _, w := range st.Words {
			if strings.Contains(text, w) {
				s = stateNames[st.Key]
				break search
			}
		}
	}
	if len(l.seen) < 256 {
		l.seen[string(b)] = s
	}
	return s
}

func clipBytes(b []byte, n int) []byte { return b[:min(len(b), n)] }

func (f *columnFile) runExamples() (errs []error) {
	for i, e := range f.Examples {
		var fields [][]byte
		for _, h := range e.Header {
			fields = append(fields, []byte(h))
		}
		l, ok := head(fields)
		if ok == e.Not {
			errs = append(errs, fmt.Errorf("finance/invoice/data/columns.yaml: 例 %d: 是否发票清单表头应为 %v", i+1, !e.Not))
		}
		for k, want := range e.Columns {
			if l == nil || *l.slot(k) != want {
				errs = append(errs, fmt.Errorf("finance/invoice/data/columns.yaml: 例 %d: %s 应在第 %d 列", i+1, k, want))
			}
		}
	}
	return errs
}
