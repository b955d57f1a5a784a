package retrieval

// Merge puts the hits of several collections into one list of at most k, by turns from the best of each: scores of
// different collections do not compare. Notes are joined.
func Merge(k int, results ...Result) Result {
	var out Result
	for _, r := range results {
		for _, n := range r.Notes {
			out.note(n, nil)
		}
		out.Causes = append(out.Causes, r.Causes...)
		out.Searched += r.Searched
		out.Passages += r.Passages
		if out.Queries == nil {
			out.Queries = r.Queries
		}
	}
	for i := 0; len(out.Hits) < k; i++ {
		more := false
		for _, r := range results {
			if i < len(r.Hits) && len(out.Hits) < k {
				out.Hits = append(out.Hits, r.Hits[i])
				more = true
			}
		}
		if !more {
			break
		}
	}
	return out
}
