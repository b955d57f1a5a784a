package flow

import "strings"

// List is a list that a word processor numbers by itself: 第一条 and 1.2 stand in no run of text, yet whoever cites a
// contract cites them.
type List struct {
	Levels [9]Level
	count  [9]int
}

// Level is how one level of a list counts. Text holds %1 to %9 where the numbers of the levels stand; Format is one of
// ST_NumberFormat (ECMA-376 part 1, 17.18.59), bullet and none for none.
type Level struct {
	Start  int
	Format string
	Text   string
	Tight  bool // nothing between the number and the paragraph
}

// Next counts a paragraph of a level, 0 to 8, and returns its number as shown, with the blank behind it; "" where the
// level shows none.
func (l *List) Next(level int) string {
	i := min(max(level, 0), 8)
	for k := range i { // a level that was left out counts as begun
		if l.count[k] == 0 {
			l.count[k] = max(l.Levels[k].Start, 1)
		}
	}
	if l.count[i] == 0 {
		l.count[i] = l.Levels[i].Start
	} else {
		l.count[i]++
	}
	clear(l.count[i+1:])
	lv := l.Levels[i]
	if lv.Format == "bullet" || lv.Format == "none" || lv.Text == "" {
		return ""
	}
	text := lv.Text
	for k := range 9 {
		if at := "%" + string(rune('1'+k)); strings.Contains(text, at) {
			text = strings.ReplaceAll(text, at, spell(l.count[k], l.Levels[k].Format))
		}
	}
	if lv.Tight {
		return text
	}
	return text + " "
}

// Restart makes the next paragraph of a level count from start.
func (l *List) Restart(level, start int) { l.count[min(max(level, 0), 8)] = start - 1 }
