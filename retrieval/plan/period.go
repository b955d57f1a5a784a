package plan

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
)

// Period says how far before the as-of date a word like 上年末 points.
type Period struct {
	Words  []string `yaml:"words"`
	At     string   `yaml:"at"`     // year, year_end, quarter_end, month_end
	Back   int      `yaml:"back"`   // so many years, quarters or months before the running one
	Number int      `yaml:"number"` // so many in a row, going back; 1 when left out
}

// terms are the spellings of the days or years that the word means.
func (p Period) terms(asOf dossier.Date, weight float64) []Term {
	if asOf.IsZero() {
		return nil
	}
	var out []Term
	for i := range max(p.Number, 1) {
		out = append(out, Term{p.spell(asOf, p.Back+i), weight, "期间：" + p.Words[0]})
	}
	return out
}

func (p Period) spell(asOf dossier.Date, back int) string {
	switch p.At {
	case "year_end":
		y := asOf.Year - back
		return fmt.Sprintf("%s %d年末", dossier.NewDate(y, 12, 31).Chinese(), y)
	case "quarter_end":
		first := dossier.NewDate(asOf.Year, (int(asOf.Month)-1)/3*3+1, 1)
		return first.AddMonths(-3 * (back - 1)).AddDays(-1).Chinese()
	case "month_end":
		return dossier.NewDate(asOf.Year, int(asOf.Month), 1).AddMonths(-(back - 1)).AddDays(-1).Chinese()
	}
	return fmt.Sprintf("%d年 %d年度", asOf.Year-back, asOf.Year-back)
}
