package lexical

import (
	"encoding/binary"
	"hash/crc32"
	"slices"
	"strings"
	"testing"
)

// seal gives fuzzed bytes the right checksum, or none would come past it.
func seal(body []byte) []byte {
	return binary.LittleEndian.AppendUint32(slices.Clone(body), crc32.Checksum(body, castagnoli))
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"5,420.78万元", "二〇二五年三月", "民國 113 年", "YF-2026-04", "1,234,567.89%", "万分之五", "\xff\x00", "1.2.3-4/5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 1<<16 {
			t.Skip()
		}
		tokens := Tokens(s)
		terms := AppendTerms(nil, s)
		if len(tokens) != len(terms) || len(tokens) > 8*len(s)+8 {
			t.Fatalf("%d tokens, %d terms of %d bytes", len(tokens), len(terms), len(s))
		}
		for i, x := range tokens {
			if x == "" || TermOf(x) != terms[i] {
				t.Fatalf("token %q", x)
			}
		}
		if p := open(t, Pack([]string{s, s})); len(tokens) > 0 && len(p.Search(s, nil, 5)) != 2 && strings.Contains(mustQuestions().dropping.Replace(Fold(s)), Fold(s)) {
			t.Fatal("a text does not find itself")
		}
	})
}
