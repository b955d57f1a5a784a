// Package rapidtest makes property tests draw the same cases in every run, so that a red run is red again; import it for
// its effect. Other cases: go test -rapid.seed=N, or -rapid.seed=0 for a new draw each time.
package rapidtest

import (
	"flag"

	_ "pgregory.net/rapid" // defines the flag
)

func init() {
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic(err)
	}
}
