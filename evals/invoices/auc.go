package invoices

import "math"

// auc is the chance that a firm that defaulted scores higher than one that did not; equal scores count half.
func auc(score []float64, bad []bool) float64 {
	wins, pairs := 0.0, 0.0
	for i, b := range bad {
		if !b {
			continue
		}
		for j, c := range bad {
			if c {
				continue
			}
			pairs++
			wins += wins2(score[i], score[j])
		}
	}
	if pairs == 0 {
		return math.NaN()
	}
	return wins / pairs
}

func wins2(a, b float64) float64 {
	switch {
	case a > b:
		return 1
	case a == b:
		return 0.5
	}
	return 0
}

// placements are DeLong's structural components: of each bad firm its share of good ones below it, of each good firm
// the share of bad ones above it.
func placements(score []float64, bad []bool) (v10, v01 []float64) {
	var n0, n1 float64
	for _, b := range bad {
		if b {
			n1++
		} else {
			n0++
		}
	}
	for i := range score {
		s := 0.0
		for j := range score {
			switch {
			case bad[i] && !bad[j]:
				s += wins2(score[i], score[j]) / n0
			case !bad[i] && bad[j]:
				s += wins2(score[j], score[i]) / n1
			}
		}
		if bad[i] {
			v10 = append(v10, s)
		} else {
			v01 = append(v01, s)
		}
	}
	return v10, v01
}

func variance(x []float64) float64 {
	m, s := 0.0, 0.0
	for _, v := range x {
		m += v / float64(len(x))
	}
	for _, v := range x {
		s += (v - m) * (v - m)
	}
	return s / float64(len(x)-1)
}

// delong is the standard error of an AUC after DeLong, DeLong and Clarke-Pearson (1988).
func delong(score []float64, bad []bool) float64 {
	v10, v01 := placements(score, bad)
	return math.Sqrt(variance(v10)/float64(len(v10)) + variance(v01)/float64(len(v01)))
}

// delongDiff is the standard error of the difference of two AUCs over the same firms.
func delongDiff(a, b []float64, bad []bool) float64 {
	a10, a01 := placements(a, bad)
	b10, b01 := placements(b, bad)
	for i := range a10 {
		a10[i] -= b10[i]
	}
	for i := range a01 {
		a01[i] -= b01[i]
	}
	return math.Sqrt(variance(a10)/float64(len(a10)) + variance(a01)/float64(len(a01)))
}

// hanley is the standard error of an AUC after Hanley and McNeil (1982): wider, from the numbers of firms alone.
func hanley(a float64, bad []bool) float64 {
	n1 := 0.0
	for _, b := range bad {
		if b {
			n1++
		}
	}
	n0 := float64(len(bad)) - n1
	q1, q2 := a/(2-a), 2*a*a/(1+a)
	return math.Sqrt((a*(1-a) + (n1-1)*(q1-a*a) + (n0-1)*(q2-a*a)) / (n1 * n0))
}
