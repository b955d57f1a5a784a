package ocr

import (
	"context"
	"fmt"
	"image"
	"image/png"
	"io"
	"math"
	"sort"
	"strings"
	"unicode"

	"github.com/xindiao/xindiao/dossier"
)

// recogniser is tesseract in either form: words of a prepared image in one page segmentation mode.
type recogniser func(ctx context.Context, img *image.Gray, mode int) ([]Word, error)

func encodeImage(w io.Writer, img image.Image) error {
	return (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(w, img)
}

// Page segmentation modes of tesseract.
const (
	modeAuto   = 3  // columns and blocks found by itself
	modeBlock  = 6  // one block of text: keeps the lines of tables
	modeSparse = 11 // words in no order
)

// effort says at which mean confidence another try is a waste: after the first, and after the second. Measured on 33
// scans: three tries find 2 to 4 fields in 200 more than one or two do, and cost what they cost.
type effort struct{ first, second float64 }

var (
	thorough = effort{0.86, 0.86} // about 0.4 s a try
	thrifty  = effort{0.74, 0}    // about 2 s a try
)

// hopeless is the confidence below which the image is a photo of things, not of a page.
const hopeless = 0.36

// best reads an image in the rendering and mode that suit it: ruled tables without their lines and as one block, the
// rest as it is. When the result is doubtful the other modes are tried too and the most believable one is kept.
func best(ctx context.Context, img image.Image, recognise recogniser, e effort) (Result, error) {
	p := prepare(img)
	rules, clean := findRules(p.gray, p.background)
	type attempt struct {
		name string
		img  *image.Gray
		mode int
	}
	plan := []attempt{{"plain", p.gray, modeAuto}, {"plain", p.gray, modeSparse}, {"clean", clean, modeAuto}}
	if ruled(rules) {
		plan = []attempt{{"clean", clean, modeAuto}, {"clean", clean, modeSparse}, {"plain", p.gray, modeAuto}}
	}
	var top []Word
	var others [][]Word
	topScore, mode := math.Inf(-1), ""
	sure := 0.0
	for tries, a := range plan {
		words, err := recognise(ctx, a.img, a.mode)
		if err != nil {
			return Result{}, err
		}
		words = sensible(words)
		if s := score(words); s > topScore {
			others = append(others, top)
			top, topScore, mode = words, s, fmt.Sprintf("%s psm %d", a.name, a.mode)
		} else {
			others = append(others, words)
		}
		c := Result{Words: words}
		sure = max(sure, c.Confidence())
		if sure < hopeless || tries == 0 && sure >= e.first || tries == 1 && sure >= e.second {
			break
		}
	}
	for _, o := range others {
		top = fuse(top, o)
	}
	return Result{Words: p.restore(split(top, rules)), Rules: p.restoreRules(rules), Mode: mode}, nil
}

// ruled tells a page with at least one table grid.
func ruled(rules []Rule) bool {
	var h, v int
	for _, r := range rules {
		if r.Horizontal {
			h++
		} else {
			v++
		}
	}
	return h >= 3 && v >= 2
}

// score adds up what was read, each character for as much as its confidence is above an even chance.
func score(words []Word) float64 {
	var s float64
	for _, w := range words {
		for _, r := range w.Text {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				s += w.Confidence - 0.5
			} else {
				s -= 0.1 // speckles and what is left of lines are read as punctuation
			}
		}
	}
	return s
}

// sensible drops what is no text: nothing but strokes, and single marks that the engine itself doubts.
func sensible(words []Word) []Word {
	out := words[:0]
	for _, w := range words {
		if strings.Trim(w.Text, "|｜_—-－~¦′‘’'`·.。,，") == "" && (len([]rune(w.Text)) > 1 || w.Confidence < 0.6 || strings.ContainsAny(w.Text, "|｜_¦")) {
			continue
		}
		out = append(out, w)
	}
	return out
}

// split parts a word that a vertical rule goes through, where its characters stand if they are evenly set.
func split(words []Word, rules []Rule) []Word {
	var out []Word
	for _, w := range words {
		var cuts []float64
		mid := (w.Box.Y0 + w.Box.Y1) / 2
		for _, r := range rules {
			if !r.Horizontal && r.From <= mid && r.To >= mid && r.Pos > w.Box.X0 && r.Pos < w.Box.X1 {
				cuts = append(cuts, r.Pos)
			}
		}
		if len(cuts) == 0 {
			out = append(out, w)
			continue
		}
		sort.Float64s(cuts)
		var total float64
		for _, r := range w.Text {
			total += advance(r)
		}
		at, from, part := w.Box.X0, w.Box.X0, ""
		flush := func(to float64) {
			if strings.Trim(part, "|｜ ") != "" {
				p := w
				p.Text, p.Box.X0, p.Box.X1 = strings.Trim(part, "|｜ "), from, to
				out = append(out, p)
			}
			part, from = "", to
		}
		for _, r := range w.Text {
			width := advance(r) / total * (w.Box.X1 - w.Box.X0)
			for len(cuts) > 0 && at+width/2 > cuts[0] {
				flush(cuts[0])
				cuts = cuts[1:]
			}
			part += string(r)
			at += width
		}
		flush(w.Box.X1)
	}
	return out
}

func advance(r rune) float64 {
	if r < 0x2e80 {
		return 0.55
	}
	return 1
}

// fuse adds from another reading what this one has not seen, and takes the other's word for a place where it is much
// surer.
func fuse(top, other []Word) []Word {
	lines := 0
	for _, w := range top {
		lines = max(lines, w.Line+1)
	}
	n := len(top)
next:
	for _, o := range other {
		if o.Confidence < 0.5 || strings.IndexFunc(o.Text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
			continue
		}
		for i := range top[:n] {
			w := &top[i]
			x := min(w.Box.X1, o.Box.X1) - max(w.Box.X0, o.Box.X0)
			y := min(w.Box.Y1, o.Box.Y1) - max(w.Box.Y0, o.Box.Y0)
			if x <= 0 || y <= 0 {
				continue
			}
			all := max(w.Box.X1, o.Box.X1) - min(w.Box.X0, o.Box.X0)
			if x > 0.7*all && o.Confidence > w.Confidence+0.15 {
				w.Text, w.Confidence = o.Text, o.Confidence
			}
			continue next
		}
		o.Line += lines
		top = append(top, o)
	}
	return top
}

// restore gives words boxes on the original, and one common bottom and top to the words of a line: single characters
// are lower or higher than the line is.
func (p prepared) restore(words []Word) []Word {
	type edge struct{ tops, bottoms []float64 }
	lines := map[int]*edge{}
	for _, w := range words {
		if lines[w.Line] == nil {
			lines[w.Line] = &edge{}
		}
		e := lines[w.Line]
		e.tops, e.bottoms = append(e.tops, w.Box.Y0), append(e.bottoms, w.Box.Y1)
	}
	for _, e := range lines {
		sort.Float64s(e.tops)
		sort.Float64s(e.bottoms)
	}
	last := map[int]float64{}
	for i := range words {
		e := lines[words[i].Line]
		// The engine's order within a line is right where its boxes, guessed for some characters, are not.
		if x, seen := last[words[i].Line]; seen && words[i].Box.X0 <= x {
			words[i].Box.X0 = x + 0.5
			words[i].Box.X1 = max(words[i].Box.X1, x+1)
		}
		last[words[i].Line] = words[i].Box.X0
		b := dossier.Box{X0: words[i].Box.X0, X1: words[i].Box.X1, Y0: e.tops[len(e.tops)/2], Y1: e.bottoms[len(e.bottoms)/2]}
		words[i].Box = p.level(b)
	}
	return words
}

func (p prepared) restoreRules(rules []Rule) []Rule {
	out := make([]Rule, len(rules))
	for i, r := range rules {
		if r.Horizontal {
			b := p.level(dossier.Box{X0: r.From, Y0: r.Pos, X1: r.To, Y1: r.Pos})
			out[i] = Rule{true, b.Y0, b.X0, b.X1}
		} else {
			b := p.level(dossier.Box{X0: r.Pos, Y0: r.From, X1: r.Pos, Y1: r.To})
			out[i] = Rule{false, b.X0, b.Y0, b.Y1}
		}
	}
	return out
}
