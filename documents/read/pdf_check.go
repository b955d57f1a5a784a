package read

import (
	"os"
	"time"

	second "github.com/ledongthuc/pdf"
	"github.com/xindiao/xindiao/dossier"
)

const (
	checkPages = 100
	checkBytes = 20 << 20
	checkTime  = 10 * time.Second
)

// tally counts what matters in a page's text: which digits and which Han characters, how often.
type tally struct {
	digits, hans int
	digit        [10]int
	han          map[rune]int
}

func count2(texts ...string) tally {
	t := tally{han: map[rune]int{}}
	for _, s := range texts {
		for _, r := range s {
			switch {
			case r >= '0' && r <= '9':
				t.digits++
				t.digit[r-'0']++
			case r >= 0x4e00 && r <= 0x9fff:
				t.hans++
				t.han[r]++
			}
		}
	}
	return t
}

func pageTally(p dossier.Page) tally {
	var texts []string
	for _, l := range p.Lines {
		texts = append(texts, l.Text)
	}
	return count2(texts...)
}

// crossCheck reads the pages once more with ledongthuc/pdf, an independent reader, and notes where it saw more than
// PDFium did or, reading the same words, other digits. It is the weaker reader, so where it sees less that says
// nothing. It can hang and crash: it runs last, with a deadline, and what it does then costs the check alone.
func (r *reading) crossCheck(size int64, first map[int]tally) {
	if size > checkBytes || len(first) == 0 || len(first) > checkPages {
		return
	}
	if r.checking != nil {
		r.checking()
	}
	type found struct {
		page int
		tally
	}
	ch := make(chan found, len(first)) // never blocks, so a late goroutine can end
	go func() {
		defer close(ch)
		defer func() { _ = recover() }()
		f, err := os.Open(r.path)
		if err != nil {
			return
		}
		defer f.Close()
		doc, err := second.NewReader(f, size)
		if err != nil {
			return
		}
		for i := range doc.NumPage() {
			if _, ok := first[i+1]; !ok {
				continue
			}
			if text, ok := secondText(doc, i+1); ok {
				ch <- found{i + 1, count2(Clean(text))}
			}
		}
	}()
	deadline := time.NewTimer(checkTime)
	defer deadline.Stop()
	for {
		select {
		case <-deadline.C:
			r.tired = true
			return
		case got, more := <-ch:
			if !more {
				return
			}
			if doubt := compare(first[got.page], got.tally); doubt != "" {
				if r.doubts == nil {
					r.doubts = map[int][]string{}
				}
				r.doubts[got.page] = append(r.doubts[got.page], doubt)
			}
		}
	}
}

func secondText(doc *second.Reader, page int) (text string, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	p := doc.Page(page)
	if p.V.IsNull() {
		return "", false
	}
	text, err := p.GetPlainText(nil)
	return text, err == nil
}

// compare judges a second reading against the first.
func compare(a, b tally) string {
	switch {
	case float64(b.digits) > 1.1*float64(a.digits)+5:
		return "另一种引擎读出的数字更多，本页可能有遗漏，请核对原件"
	case float64(b.hans) > 1.1*float64(a.hans)+10:
		return "另一种引擎读出的文字更多，本页可能有遗漏，请核对原件"
	}
	same := 0
	for r, n := range b.han {
		same += min(n, a.han[r])
	}
	if a.hans < 20 || float64(same) < 0.97*float64(a.hans) {
		return "" // it cannot read this page's fonts
	}
	off := 0
	for d := range a.digit {
		off += max(a.digit[d]-b.digit[d], b.digit[d]-a.digit[d])
	}
	if float64(off) > 0.05*float64(a.digits)+3 {
		return "两种引擎读出的数字不一致，请核对原件"
	}
	return ""
}

// suspect remembers a page on which PDFium saw glyphs without being able to say what they mean.
func (r *reading) suspect(page int) {}
