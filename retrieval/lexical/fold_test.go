package lexical

import (
	"testing"

	"pgregory.net/rapid"

	_ "github.com/xindiao/xindiao/internal/rapidtest"
)

func TestLint(t *testing.T) {
	if err := Lint(); err != nil {
		t.Fatal(err)
	}
}

// Folding twice is folding once, so a folded text may be stored and asked again.
func TestFoldSettles(t *testing.T) {
	for r := rune(0x20); r < 0x30000; r++ {
		once := Fold(string(r))
		if again := Fold(once); again != once {
			t.Fatalf("%U: %q, then %q", r, once, again)
		}
	}
}

func TestFoldKeepsRunes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		if a, b := len([]rune(s)), len([]rune(Fold(s))); a != b {
			t.Fatalf("%d runes became %d", a, b)
		}
	})
}
