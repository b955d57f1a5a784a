package flow

import (
	"fmt"
	"testing"
)

func TestNumbersSpelled(t *testing.T) {
	for _, c := range []struct {
		n            int
		format, want string
	}{{10, "chineseCounting", "十"}, {12, "chineseCountingThousand", "十二"}, {20, "chineseCounting", "二十"}, {103, "chineseCounting", "一百零三"}, {110, "chineseCounting", "一百一十"},
		{2001, "chineseCounting", "二千零一"}, {0, "chineseCounting", "零"}, {21, "chineseLegalSimplified", "贰拾壹"}, {105, "ideographDigital", "一〇五"}, {3, "ideographTraditional", "丙"},
		{11, "ideographTraditional", "11"}, {9, "decimalZero", "09"}, {28, "upperLetter", "BB"}, {1994, "upperRoman", "MCMXCIV"}, {4, "lowerRoman", "iv"},
		{7, "decimalEnclosedCircle", "⑦"}, {5, "made up", "5"}, {-3, "upperRoman", "-3"}} {
		if got := spell(c.n, c.format); got != c.want {
			t.Errorf("%d %s: %s, want %s", c.n, c.format, got, c.want)
		}
	}
}

// A list that begins in the middle, goes down, comes back and begins anew.
func TestNext(t *testing.T) {
	l := &List{Levels: [9]Level{{Start: 1, Format: "chineseCounting", Text: "第%1章"}, {Start: 1, Format: "decimal", Text: "%1.%2", Tight: true}, {Format: "bullet", Text: "•"}}}
	got := l.Next(1) + l.Next(1) + l.Next(0) + l.Next(1) + l.Next(2) + l.Next(0)
	l.Restart(0, 9)
	if got += l.Next(0); got != "一.1一.2第二章 二.1第三章 第九章 " {
		t.Error(got)
	}
}

func TestMergeAndLay(t *testing.T) {
	got := Lay([]Row{
		{Cells: []string{"甲", "乙", "丙"}, Edges: []int{0, 1000, 2000, 3000}, Merge: []byte{MergeDown, 0, 0}},
		{Cells: []string{"", "丁"}, Edges: []int{5, 1010, 3000}, Merge: []byte{MergeOn, 0}},
		{Cells: []string{"戊", "", "己"}, Edges: []int{0, 1000, 2000, 3000}, Merge: []byte{0, MergeLeft, MergeOn}},
	})
	if want := "[[{甲 1 2 false} {乙 1 1 false} {丙 1 1 false}] [{ 1 1 true} {丁 2 1 false}] [{戊 2 1 false} {己 1 1 false}]]"; fmt.Sprint(got) != want {
		t.Errorf("%v", got)
	}
	if got := Lay([]Row{{Cells: []string{"a", "b"}}, {Cells: []string{"c"}, Edges: []int{0, 9}}}); fmt.Sprint(got) != "[[{a 1 1 false} {b 1 1 false}] [{c 1 1 false}]]" {
		t.Errorf("without edges: %v", got)
	}
}
