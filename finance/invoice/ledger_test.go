package invoice

import (
	"testing"
)

func TestLint(t *testing.T) {
	for _, err := range Lint() {
		t.Error(err)
	}
}

func TestGenerated(t *testing.T) {
	r := read(t, string(rowsOf(20_000, 1)), Options{})
	s := r.Sales
	if s.Rows != 20_000 || s.Void != 800 || s.Red != 500 || count(s, "red_by_amount") != 500 {
		t.Errorf("%d rows, %d void, %d red", s.Rows, s.Void, s.Red)
	}
}
