package invoices

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/evals/card"
	"github.com/xindiao/xindiao/finance/invoice"
)

// JSON prints the card for committing.
func (c *Card) JSON() ([]byte, error) {
	out := *c
	out.Variants = slices.Clone(c.Variants)
	for i := range out.Variants {
		v := &out.Variants[i]
		for _, f := range []*float64{&v.AUC, &v.SplitSD, &v.FoldAUC, &v.Averaged, &v.DeLongSE, &v.HanleySE, &v.OverSales, &v.OverSE} {
			*f = math.Round(*f*10000) / 10000
		}
	}
	return card.JSON(&out)
}

// WriteText prints totals, speed and models; with verbose a line a firm, the ranking and the chosen model's weights.
func (c *Card) WriteText(w io.Writer, verbose bool) error {
	var b strings.Builder
	if verbose {
		c.firms(&b)
	}
	fmt.Fprintf(&b, "%d rows of %d firms; %d with a label, %d of them in default\n", c.Speed.Rows, c.Firms, c.Labelled, c.Bad)
	for _, s := range []struct {
		name string
		Side
	}{{"sales", c.Sales}, {"purchases", c.Purchases}} {
		fmt.Fprintf(&b, "%-10s %7d rows, %7d blue, %5d red, %5d void, tax checked on %7d, silent months %d (%d firms two in a row), parties on both sides %d\n", s.name,
			s.Rows, s.Blue, s.Red, s.Void, s.TaxChecked, s.SilentMonths, s.LongSilence, s.BothSides)
		var ids []string
		for id := range s.Checks {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		for _, id := range ids {
			fmt.Fprintf(&b, "    %-20s %7d\n", id, s.Checks[id])
		}
	}
	fmt.Fprintf(&b, "speed: %.0f rows/s with all checks, %.0f rows/s plain encoding/csv (one core, processor time, median of 5; by the clock %.0f and %.0f); live heap %.1f MB, three times over %.1f MB\n",
		c.Speed.PerSecond(), c.Speed.PlainPerSecond(), float64(c.Speed.Rows)/c.Speed.ChecksClock.Seconds(), float64(c.Speed.Rows)/c.Speed.PlainClock.Seconds(),
		c.Speed.LiveMB, c.Speed.LiveMB3)
	fmt.Fprintf(&b, "\nAUC, %d-fold, %d repetitions%-17s %7s %8s %7s %9s %8s %8s %16s\n", c.Folds, c.Repeats, "", "pooled", "split SD", "in fold", "averaged", "SE DeL.", "SE H-M", "over log_sales")
	for _, v := range c.Variants {
		mark := " "
		if v.Chosen {
			mark = "*"
		}
		fmt.Fprintf(&b, "%s %-45s %7.3f %8.3f %7.3f %9.3f %8.3f %8.3f %+8.3f ± %.3f\n", mark, v.Name, v.AUC, v.SplitSD, v.FoldAUC, v.Averaged, v.DeLongSE, v.HanleySE, v.OverSales, v.OverSE)
	}
	if verbose {
		c.model(&b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (c *Card) firms(b *strings.Builder) {
	fmt.Fprintf(b, "%-8s %8s %8s %6s %6s %6s %6s %6s %6s %s\n", "firm", "sales", "buys", "void", "red", "silent", "top5", "HHI", "stable", "checks (sales | purchases)")
	for _, r := range c.PerFirm {
		sales, buys := r.Sales, r.Purchases
		if sales == nil {
			sales = &invoice.SideResult{}
		}
		if buys == nil {
			buys = &invoice.SideResult{}
		}
		fmt.Fprintf(b, "%-8s %8d %8d %6s %6s %6d %6s %6s %6d %s | %s\n", r.Owner, sales.Rows, buys.Rows, sales.VoidRate.StringFixed(3), sales.RedRate.StringFixed(3),
			len(sales.Silent), sales.Top5.StringFixed(3), sales.HHI.StringFixed(3), len(sales.Stability.LargeStable), checkList(sales), checkList(buys))
	}
	b.WriteString("\nranking (not a rating):\n")
	for i, r := range c.Ranked {
		mark := ""
		if r.Bad {
			mark = "defaulted"
		}
		fmt.Fprintf(b, "%3d %-8s %7.2f %-9s", i+1, r.Owner, r.Ranking.Score, mark)
		for _, k := range r.Ranking.Contributions {
			fmt.Fprintf(b, " %s %+.2f", k.Key, k.Adds)
		}
		b.WriteByte('\n')
	}
}

func checkList(s *invoice.SideResult) string {
	var parts []string
	for _, c := range s.Checks {
		parts = append(parts, fmt.Sprintf("%s %d", c.ID, c.Rows))
	}
	return strings.Join(parts, ", ")
}

// model prints the chosen model as finance/invoice/data/ranking.yaml wants it.
func (c *Card) model(b *strings.Builder) {
	for _, v := range c.Variants {
		if !v.Chosen {
			continue
		}
		fmt.Fprintf(b, "\nintercept: %.4f\nfeatures:\n", v.fullWeight.w[0])
		for i, f := range v.Features {
			fmt.Fprintf(b, "  - {key: %s, name: %s, mean: %.4f, deviation: %.4f, weight: %.4f}\n", f, invoice.FeatureNames[f], v.fullWeight.mean[i], v.fullWeight.dev[i], v.fullWeight.w[i+1])
		}
	}
}
