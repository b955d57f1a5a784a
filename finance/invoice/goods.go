package invoice

import (
	"bytes"
	"fmt"
	"strings"
)

type goodsFile struct {
	Traders  []string     `yaml:"traders"`
	Trade    []string     `yaml:"trade"`
	Goods    []*goodsKind `yaml:"goods"`
	Examples []struct {
		Goods    string `yaml:"goods"`
		Industry string `yaml:"industry"`
		Sells    bool   `yaml:"sells"`
		Buys     bool   `yaml:"buys"`
		Unknown  bool   `yaml:"unknown"`
	} `yaml:"examples"`
}

// goodsKind is a family of goods and who makes, sells and uses it; codes are prefixes of GB/T 4754.
type goodsKind struct {
	Name    string   `yaml:"name"`
	Words   []string `yaml:"words"`
	Made    []string `yaml:"made"`
	Sold    []string `yaml:"sold"`
	Used    []string `yaml:"used"`
	General bool     `yaml:"general"` // bought by everybody
}

type goodsBook struct {
	file   goodsFile
	byWord map[string]*goodsKind
}

func newGoodsBook(f goodsFile) (goodsBook, error) {
	b := goodsBook{file: f, byWord: map[string]*goodsKind{}}
	for _, k := range f.Goods {
		if len(k.Words) == 0 {
			return b, fmt.Errorf("finance/invoice/data/goods.yaml: %s 没有分类简称", k.Name)
		}
		for _, w := range k.Words {
			if was := b.byWord[w]; was != nil {
				return b, fmt.Errorf("finance/invoice/data/goods.yaml: %s 同属 %s 与 %s", w, was.Name, k.Name)
			}
			b.byWord[w] = k
		}
	}
	return b, nil
}

// category is the word between the stars of *category*name, nil where there is none.
func category(goods []byte) []byte {
	i := bytes.IndexByte(goods, '*')
	if i < 0 || i > 6 {
		return nil
	}
	j := bytes.IndexByte(goods[i+1:], '*')
	if j <= 0 || j > 90 {
		return nil
	}
	return goods[i+1 : i+1+j]
}

// kind finds the family of a category; a longer word than the book's counts when it begins or ends with it.
func (b *goodsBook) kind(category string) *goodsKind {
	if k := b.byWord[category]; k != nil {
		return k
	}
	var best *goodsKind
	long := 0
	for w, k := range b.byWord {
		if len(w) >= 6 && len(w) >= long && (strings.HasPrefix(category, w) || strings.HasSuffix(category, w)) {
			if len(w) > long || best != nil && k.Name < best.Name { // the same answer whatever the map's order
				best, long = k, len(w)
			}
		}
	}
	return best
}

// industryDigits drops the letter; a letter alone stays.
func industryDigits(code string) string {
	code = strings.ToUpper(strings.TrimSpace(code))
	if len(code) > 1 && code[0] >= 'A' && code[0] <= 'T' {
		return code[1:]
	}
	return code
}

func hasPrefix(code string, prefixes []string) bool {
	for _, p := range prefixes {
		switch {
		case p == "C": // any manufacturer
			if code >= "13" && code < "44" {
				return true
			}
		case p == "A":
			if code >= "01" && code < "06" {
				return true
			}
		case strings.HasPrefix(code, p) || len(code) >= 2 && strings.HasPrefix(p, code): // a division alone may be any class of it
			return true
		}
	}
	return false
}

// sells tells whether an industry plausibly sells goods of the kind.
func (b *goodsBook) sells(k *goodsKind, industry string) bool {
	return hasPrefix(industry, k.Made) || hasPrefix(industry, k.Sold) || hasPrefix(industry, b.file.Traders)
}

// buys tells whether an industry plausibly buys goods of the kind in quantity.
func (b *goodsBook) buys(k *goodsKind, industry string) bool {
	return k.General || b.sells(k, industry) || hasPrefix(industry, k.Used)
}

// trader tells whether an industry lives by selling what it bought.
func (b *goodsBook) trader(industry string) bool { return hasPrefix(industry, b.file.Trade) }

type goodsSum struct {
	net  Cents
	rows int
}

// addGoods sums a row under its category.
func (s *sideBook) addGoods(l *Ledger, r *Row) {
	c := category(r.Goods)
	if c == nil {
		return
	}
	g := s.goods[string(c)]
	if g == nil {
		name := tight(string(c))
		if len(s.goods) >= l.lim.MaxGoods {
			name = "其他"
		}
		if g = s.goods[name]; g == nil {
			g = &goodsSum{}
			s.goods[name] = g
		}
	}
	g.net += r.Amount
	g.rows++
	s.goodsNamed += r.Amount
}

func (b *goodsBook) runExamples() (errs []error) {
	for i, e := range b.file.Examples {
		bad := func(what string) {
			errs = append(errs, fmt.Errorf("finance/invoice/data/goods.yaml: 例 %d（%s，%s）：%s", i+1, e.Goods, e.Industry, what))
		}
		c := category([]byte(e.Goods))
		k := b.kind(string(c))
		if c == nil || k == nil {
			if !e.Unknown {
				bad("没有归类")
			}
			continue
		}
		industry := industryDigits(e.Industry)
		if e.Unknown {
			bad("不应归类")
		}
		if got := b.sells(k, industry); got != e.Sells && !e.Buys || e.Sells && !got {
			bad("应可销售与否不符")
		}
		if e.Buys && !b.buys(k, industry) {
			bad("应可采购")
		}
	}
	return errs
}
