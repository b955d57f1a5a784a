package chunk

import (
	"strings"
	"unicode/utf8"

	"github.com/xindiao/xindiao/dossier"
)

// captionPeriod is what the captions of a table say: a span before a day, the first before later ones.
func captionPeriod(caption []words) dates {
	var first dates
	for _, w := range caption {
		for _, p := range periodsIn(w.text) {
			if p.from != p.to {
				return p
			}
			switch {
			case !first.ok():
				first = p
			case strings.Contains(w.text, "起") && strings.Contains(w.text, "止"): // 起始时间：… 终止时间：…
				return first.cover(p)
			}
		}
	}
	return first
}

// documentPeriod is what the document's fields say, the first rule that finds something.
func documentPeriod(d *dossier.Document, rules []PeriodField) string {
	read := func(key string) dates {
		f, ok := d.Field(key)
		if !ok || key == "" || !utf8.ValidString(f.Value) {
			return dates{}
		}
		return periodIn(f.Value)
	}
	for _, r := range rules {
		to := read(r.To)
		if !to.ok() {
			continue
		}
		if from := read(r.From); from.ok() && !to.to.Before(from.from) {
			return dates{from.from, to.to}.String()
		}
		if r.From != "" {
			continue
		}
		if r.Months == "" {
			return to.String()
		}
		if f, ok := d.Field(r.Months); ok && digits(f.Value) == len(f.Value) && len(f.Value) <= 2 {
			if n := number(f.Value); n > 0 {
				return dates{to.to.AddDays(1).AddMonths(-n), to.to}.String()
			}
		}
	}
	return titlePeriod(d)
}

// titlePeriod is the period in a report's title, 2019年年度报告; the year of a rule's revision is none.
func titlePeriod(d *dossier.Document) string {
	for i := range d.Pages {
		if strings.TrimSpace(d.Pages[i].Text) == "" {
			continue
		}
		for n, l := range edges(d.Pages[i].Text) {
			if n < edge && titled(l, runesUpTo(l, longestHeading)) && containsAny(l, []string{"报告", "报表", "年报", "决算", "预算"}) {
				if p := periodIn(l); p.ok() {
					return p.String()
				}
			}
		}
		break
	}
	return ""
}

// Period is the day or span that the document as a whole speaks of, by its fields or, without
// them, a report's title: YYYY-MM-DD or YYYY-MM-DD/YYYY-MM-DD, "" when they do not tell.
func Period(d *dossier.Document) string {
	return documentPeriod(d, Options{}.filled().Config.PeriodFields)
}
