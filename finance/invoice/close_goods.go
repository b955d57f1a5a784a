package invoice

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/xindiao/xindiao/dossier"
)

// GoodsResult compares what is sold and bought with each other and with the industry.
type GoodsResult struct {
	Sold, Bought             []GoodsTotal    // by family of goods, the largest first
	SoldCovered, BoughtCover dossier.Decimal // part of each side whose goods could be put into a family
	ForeignSold              []GoodsTotal    // that the registered industry neither sells nor, a maker, works with
	ForeignSoldShare         dossier.Decimal // of the goods that could be named
	ForeignBought            []GoodsTotal    // that the registered industry has no use for
	ForeignBoughtShare       dossier.Decimal
	Unbought                 []GoodsTotal // that a trader sold and hardly bought
	UnboughtShare            dossier.Decimal
	Trader                   bool
}

// GoodsTotal is one family of goods on one side.
type GoodsTotal struct {
	Name     string
	Category []string // short names of the tax classification that stand for it
	Net      Cents
	Share    dossier.Decimal // of the goods that could be named
	Other    Cents           // of the same family on the other side
}

// goodsResult sums categories by family; nil when no row names a category.
func (l *Ledger) goodsResult(r *Result, b *book) {
	book := &data().goods
	g := &GoodsResult{}
	sold, soldAll := families(book, b.sides[Sales])
	bought, boughtAll := families(book, b.sides[Purchase])
	if len(sold)+len(bought) == 0 {
		return
	}
	for k, t := range sold {
		if o := bought[k]; o != nil {
			t.Other, o.Other = o.Net, t.Net
		}
	}
	g.Sold, g.Bought = ordered(sold, soldAll), ordered(bought, boughtAll)
	if r.Sales != nil {
		g.SoldCovered = ratio(soldAll, r.Sales.Net)
	}
	if r.Purchases != nil {
		g.BoughtCover = ratio(boughtAll, r.Purchases.Net)
	}
	r.Goods = g
	industry := industryDigits(l.o.Industry)
	if industry == "" {
		return
	}
	g.Trader = book.trader(industry)
	byName := map[string]*goodsKind{}
	for _, k := range book.file.Goods {
		byName[k.Name] = k
	}
	for _, t := range g.Sold {
		k := byName[t.Name]
		// A maker also sells what it works with: parts from its own moulds, scrap, material left over. A trader does not.
		worked := !g.Trader && hasPrefix(industry, k.Used)
		if t.Net > 0 && !book.sells(k, industry) && !k.General && !worked && !k.within(l.o.Scope) {
			g.ForeignSold = append(g.ForeignSold, t)
			g.ForeignSoldShare = g.ForeignSoldShare.Add(t.Share)
		}
		if g.Trader && !k.General && t.Net > 0 && g.BoughtCover.GreaterThanOrEqual(l.lim.GoodsCovered) &&
			t.Other.Decimal().LessThan(t.Net.Decimal().Mul(l.lim.BoughtPart)) {
			g.Unbought = append(g.Unbought, t)
			g.UnboughtShare = g.UnboughtShare.Add(t.Share)
		}
	}
	for _, t := range g.Bought {
		if k := byName[t.Name]; t.Net > 0 && !book.buys(k, industry) {
			g.ForeignBought = append(g.ForeignBought, t)
			g.ForeignBoughtShare = g.ForeignBoughtShare.Add(t.Share)
		}
	}
}

// within tells whether a registered scope names goods of the kind.
func (k *goodsKind) within(scope string) bool {
	return slices.ContainsFunc(k.Words, func(w string) bool { return utf8.RuneCountInString(w) > 1 && strings.Contains(scope, w) })
}

func families(book *goodsBook, s *sideBook) (map[*goodsKind]*GoodsTotal, Cents) {
	out := map[*goodsKind]*GoodsTotal{}
	var all Cents
	if s == nil {
		return out, 0
	}
	for c, sum := range s.goods {
		k := book.kind(c)
		if k == nil {
			continue
		}
		t := out[k]
		if t == nil {
			t = &GoodsTotal{Name: k.Name}
			out[k] = t
		}
		t.Category = append(t.Category, c)
		t.Net += sum.net
		all += sum.net
	}
	return out, all
}

func ordered(m map[*goodsKind]*GoodsTotal, all Cents) (out []GoodsTotal) {
	for _, t := range m {
		sort.Strings(t.Category)
		t.Share = ratio(t.Net, all)
		out = append(out, *t)
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Net != out[j].Net {
			return out[i].Net > out[j].Net
		}
		return out[i].Name < out[j].Name
	})
	return out
}
