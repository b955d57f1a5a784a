package read

import (
	"context"
	"io"
	"os"
	"time"

	second "github.com/ledongthuc/pdf"
	"github.com/xindiao/xindiao/dossier"
)

const (
	opSecond   = "second" // the text of pages as ledongthuc/pdf reads them
	checkBytes = 50 << 20
	checkTime  = 20 * time.Second // for a file as a whole
	pageTime   = 3 * time.Second  // without a page coming out
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

// secondRead reads pages once more with ledongthuc/pdf, an independent reader that can hang and crash: it has a worker
// of its own, and what it does there costs the check alone. A page is out when its text is; none follows on a fault.
func (r *reading) secondRead(ctx context.Context) {
	texts := make(chan dossier.Page)
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	go func() {
		defer close(texts)
		defer func() { _ = recover() }()
		f, err := os.Open(r.path)
		if err != nil {
			return
		}
		defer f.Close()
		size, err := f.Seek(0, io.SeekEnd)
		if err != nil {
			return
		}
		doc, err := second.NewReader(f, size)
		if err != nil {
			return
		}
		n := 0
		eachPage(doc, func(p second.Page) bool {
			if n++; n < r.stretch.from {
				return true
			}
			if r.stretch.to > 0 && n >= r.stretch.to || n > r.lim.Pages {
				return false
			}
			if text, ok := secondText(p); ok {
				select {
				case texts <- dossier.Page{Number: n, Text: Clean(text)}:
				case <-ctx.Done():
					return false
				}
			}
			return true
		})
	}()
	stall := time.NewTimer(pageTime)
	defer stall.Stop()
	for {
		select {
		case <-ctx.Done():
			r.tired = true
			return
		case <-stall.C:
			r.tired = true
			return
		case p, more := <-texts:
			if !more {
				return
			}
			r.page(p, 0)
			stall.Reset(pageTime)
		}
	}
}

// eachPage walks the page tree once: the library's own Page(i) starts from the root for every page.
func eachPage(doc *second.Reader, visit func(second.Page) bool) {
	left := 100_000 // nodes, should the tree be a ring
	var walk func(v second.Value, depth int) bool
	walk = func(v second.Value, depth int) bool {
		kids := v.Key("Kids")
		for i := range kids.Len() {
			if left--; left < 0 || depth > 50 {
				return false
			}
			k := kids.Index(i)
			switch k.Key("Type").Name() {
			case "Pages":
				if !walk(k, depth+1) {
					return false
				}
			case "Page":
				if !visit(second.Page{V: k}) {
					return false
				}
			}
		}
		return true
	}
	walk(doc.Trailer().Key("Root").Key("Pages"), 0)
}

func secondText(p second.Page) (text string, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	text, err := p.GetPlainText(nil)
	return text, err == nil
}

// Doubts that the readings of a page raise.
const (
	moreDigits  = "另一种引擎读出的数字更多，本页可能有遗漏，请核对原件"
	moreWords   = "另一种引擎读出的文字更多，本页可能有遗漏，请核对原件"
	otherDigits = "两种引擎读出的数字不一致，请核对原件"
	lostGlyphs  = "本页有些字在字体里没有对应的文字，可能有遗漏，请核对原件"
	byThird     = "本页文字取自另一种引擎：第一种引擎读不出其中的字，请核对原件"
)

// compare judges a second reading against the first. It is the weaker reader, so where it sees less that says nothing;
// it tells where it saw more or, reading the same words, other digits.
func compare(a, b tally) string {
	switch {
	case float64(b.digits) > 1.1*float64(a.digits)+5:
		return moreDigits
	case float64(b.hans) > 1.1*float64(a.hans)+10:
		return moreWords
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
		return otherDigits
	}
	return ""
}

// agrees tells whether two readings have the same digits and Han characters but for a few.
func agrees(a, b tally) bool {
	digits, hans := 0, 0
	for d := range a.digit {
		digits += max(a.digit[d]-b.digit[d], b.digit[d]-a.digit[d])
	}
	for r, n := range a.han {
		hans += max(n-b.han[r], 0)
	}
	for r, n := range b.han {
		hans += max(n-a.han[r], 0)
	}
	return float64(digits) <= 0.02*float64(max(a.digits, b.digits))+2 && float64(hans) <= 0.03*float64(max(a.hans, b.hans))+3
}
