package metrics

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/evals/truth"
	"github.com/xindiao/xindiao/report"
)

// forbidden: values that a claim states as fact though they are wrong, old or planted. A claim that itself says so
// does not count, nor does a gap.
var _ = add(Metric{Name: "forbidden", Title: "禁述内容", Order: 9, Lower: true, Measure: func(c *Case) Result {
	r := Result{Of: len(c.Truth.MustNot)}
	for _, f := range c.Truth.MustNot {
		text := truth.Text(f.Value)
		for _, s := range c.claims() {
			if disputes.MatchString(s.claim.Text) || s.block.Type == report.Gap || !forbids(text, s) {
				continue
			}
			r.Good++
			r.Notes = append(r.Notes, fmt.Sprintf("%s（%s）：%s", text, f.Why, s.claim.Text))
			break
		}
	}
	return r
}})

var disputes = regexp.MustCompile(`不一致|不符|错误|过期|旧版|未审|作废|矛盾|差异|注入|可疑|不采信|更正|核实|有误|已被替代`)

var strict = dossier.D("0.0005")

func forbids(text string, s said) bool {
	v, err := decimal.NewFromString(strings.ReplaceAll(text, ",", ""))
	if err != nil {
		return standsAlone(s.folded, fold(text))
	}
	limit := decimal.Max(v.Abs().Mul(strict), least)
	for _, q := range s.numbers {
		if q.value.Sub(v).Abs().LessThanOrEqual(q.tol) && q.tol.LessThanOrEqual(limit) {
			return true
		}
	}
	return false
}

// standsAlone finds the words where no letter, digit or point touches them: AAA is not in AAAA.
func standsAlone(text, phrase string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], phrase)
		if i < 0 || phrase == "" {
			return false
		}
		i += from
		end := i + len(phrase)
		if (i == 0 || !touching(text[i-1]) && text[i-1] != '.') && (end == len(text) || !touching(text[end])) {
			return true
		}
		from = i + 1
	}
}

func touching(b byte) bool { return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' }
