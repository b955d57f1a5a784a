package filings

import (
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
)

// plain scores a question that asks for fields as they stand, each field by itself.
func (k *keeper) plain(q question) {
	for _, name := range strings.Split(q.Prompt["key_word"], "、") {
		out, text := k.field(q, name)
		if k.card.Fields[name] == nil {
			k.card.Fields[name] = map[string]int{}
		}
		k.card.Fields[name][out]++
		if out != Reproduced {
			k.line(out, q, name+" "+text)
		}
	}
}

func (k *keeper) field(q question, name string) (outcome, text string) {
	f := k.c.byName[q.Prompt["ent_short_name"]]
	want := q.Prompt[name]
	if f == nil {
		return NoCompany, ""
	}
	switch have, known, ok := k.words(f, q.year(), name); {
	case ok && squeeze(have) == squeeze(want):
		return Reproduced, ""
	case ok:
		return OtherSource, "表中" + have + "、答案" + want
	case known && f.years[q.year()] == nil:
		return NoYear, ""
	case known:
		return NotFound, ""
	}
	o, ok := k.c.book.term(name, q.year())
	if !ok {
		return NoColumn, ""
	}
	set, _ := k.c.set(f)
	have, ok := set.Get(o.id, o.period)
	if !ok {
		return k.lacks(f, o), ""
	}
	v, blank, ok := finance.ParseAmount(strings.TrimRight(want, "元人"))
	if ok && !blank && v.Sub(have.Value).Abs().LessThan(dossier.D("0.01")) {
		return Reproduced, ""
	}
	return OtherSource, "表中" + finance.FormatValue(have) + "、答案" + want
}

// words is a field of the table of words; known tells whether the tables carry such a field.
func (k *keeper) words(f *firm, year int, name string) (v string, known, ok bool) {
	switch name {
	case "证券代码":
		return f.code, true, true
	case "证券简称":
		return f.name, true, true
	}
	col, known := k.c.book.asks.Fields[name]
	if !known {
		return "", false, false
	}
	v, ok = k.c.cell(f, year, col)
	return v, true, ok
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// compare scores a question whether a field is the same in several years.
func (k *keeper) compare(q question) {
	out := func() string {
		f := k.c.byName[q.Prompt["ent_short_name"]]
		if f == nil {
			return NoCompany
		}
		first, differs, same := "", false, true
		for i, key := range strings.Split(q.Prompt["key_word"], "、") {
			y, name, _ := strings.Cut(key, "年")
			year, _ := strconv.Atoi(y)
			v, known, ok := k.words(f, year, name)
			switch {
			case !known:
				return NoColumn
			case f.years[year] == nil:
				return NoYear
			case !ok:
				return NotFound
			}
			if v = squeeze(v); i == 0 {
				first = v
			} else if v != first {
				differs = true
			}
			same = same && v == squeeze(q.Prompt[key])
		}
		switch {
		case differs == strings.Contains(q.Prompt["prom_answer"], "不"):
			return Reproduced
		case same:
			return Wrong
		}
		return OtherSource
	}()
	k.card.Compare[out]++
	k.line(out, q, "")
}

// refuse scores a question to which nothing can be answered: right when the tables know neither company nor year.
func (k *keeper) refuse(q question) {
	out := Invented
	switch f := k.c.byName[q.Prompt["ent_short_name"]]; {
	case f == nil:
		out = NoCompany
	case f.years[q.year()] == nil:
		out = NoYear
	default:
		if id, _ := k.c.book.asked(q.wording()); id != "" {
			set, _ := k.c.set(f)
			if got, why := k.value(set, id, q.year(), 2, false); got == "" {
				out = NotFound
				k.line(out, q, why)
			}
		}
	}
	k.card.Refuse[out]++
	if out == Invented {
		k.line(out, q, "")
	}
}
