package layout

import "testing"

func TestDrawn(t *testing.T) {
	box := [][2]float64{{10, 10}, {110, 10}, {110, 60}, {10, 60}, {10, 10}}
	for name, c := range map[string]struct {
		poly   [][2]float64
		stroke bool
		want   []Rule
	}{
		"stroked box": {box, true, []Rule{{true, 10, 10, 110}, {false, 110, 10, 60}, {true, 60, 10, 110}, {false, 10, 10, 60}}},
		"filled box":  {box, false, nil},
		"thin bar":    {[][2]float64{{0, 20}, {100, 20}, {100, 21}, {0, 21}}, false, []Rule{{true, 20.5, 0, 100}}},
		"slanted":     {[][2]float64{{0, 0}, {50, 40}}, true, nil},
		"point":       {[][2]float64{{5, 5}}, true, nil},
	} {
		got := Drawn(c.poly, c.stroke)
		if len(got) != len(c.want) {
			t.Errorf("%s: %v", name, got)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %v, want %v", name, got[i], c.want[i])
			}
		}
	}
}
