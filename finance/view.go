package finance

import "sort"

// Lines returns the lines of a statement in the order in which the standard prints them; nil for a standard that
// lines/ does not hold.
func Lines(standard string, s Statement) []Line {
	c := theChart()
	var out []Line
	for _, l := range c.lines[standard] {
		if l.Statement == s {
			out = append(out, *l)
		}
	}
	rank := map[string]int{}
	for _, f := range c.examples {
		if f.Standard == standard && f.Statement == s {
			for _, l := range f.Items {
				rank[l.ID] = len(rank)
			}
		}
	}
	sort.Slice(out, func(i, j int) bool { return rank[out[i].ID] < rank[out[j].ID] })
	return out
}
