package ocr

import (
	"context"
	"fmt"
	"image"
	"image/png"
	"io"
	"strings"
	"unicode"

	"github.com/xindiao/xindiao/dossier"
)

// recogniser is tesseract in either form.
type recogniser interface {
	// page reads a prepared image in one page segmentation mode.
	page(ctx context.Context, img *image.Gray, mode int) ([]Word, error)
	// lines reads images of one line each, as nothing but the given signs where there are any.
	lines(ctx context.Context, imgs []*image.Gray, signs string) ([][]char, error)
}

func encodeImage(w io.Writer, img image.Image) error {
	return (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(w, img)
}

// Page segmentation modes of tesseract.
const (
	modeAuto   = 3  // columns and blocks found by itself
	modeLine   = 7  // the image is one line
	modeSparse = 11 // words in no order
)

// digitSigns is what a number may consist of.
const digitSigns = "0123456789.,-()%"

// effort says at which mean confidence another reading of the page is a waste, after the first and after the second,
// and how many times doubtful lines are read again.
type effort struct {
	first, second float64
	again         int
}

var (
	thorough = effort{0.86, 0.86, 5} // about 0.4 s a page
	thrifty  = effort{0.74, 0, 2}    // about 2 s a page
)

// hopeless is the confidence below which the image is a photo of things, not of a page.
const hopeless = 0.36

// renderings in which doubtful lines are read again, in this order. Small ones do best: measured on 13 sizes over six
// forms, characters of 14 to 18 pixels beat those of 30 to 40 by 5 % of the digits and up to 15 % of the Han.
var renderings = []rendering{
	{em: 16, cubic: true},
	{em: 20},
	{em: 14, cubic: true},
	{em: 30, cubic: true, blur: 1},
	{em: 18, cubic: true},
}

// look reads an image. The whole page is read in the rendering and mode that suit it, and once or twice more when the
// reading is doubtful. Then each doubtful line, and each cell of a table, is read by itself in other renderings, and
// all readings are put to the vote, character by character. Last, numbers are held against each other.
func look(ctx context.Context, img image.Image, eng recogniser, e effort) (Result, error) {
	s, err := begin(ctx, grey(img), eng)
	if err != nil {
		return Result{}, err
	}
	return s.finish(ctx, eng, e)
}

// sheet is a page that has been read once.
type sheet struct {
	p     prepared
	rules []Rule
	clean *image.Gray
	plan  []attempt
	first []Word
}

type attempt struct {
	name string
	img  *image.Gray
	mode int
}

// begin prepares a page and reads it once, in the rendering that suits it.
func begin(ctx context.Context, flat *image.Gray, eng recogniser) (s sheet, err error) {
	s.p = prepare(flat)
	s.rules, s.clean = findRules(s.p.gray, s.p.background)
	s.plan = []attempt{{"plain", s.p.gray, modeAuto}, {"plain", s.p.gray, modeSparse}, {"clean", s.clean, modeAuto}}
	if ruled(s.rules) {
		s.plan = []attempt{{"clean", s.clean, modeAuto}, {"clean", s.clean, modeSparse}, {"plain", s.p.gray, modeAuto}}
	}
	words, err := eng.page(ctx, s.plan[0].img, s.plan[0].mode)
	s.first = sensible(words)
	return s, err
}

func (s sheet) confidence() float64 { return Result{Words: s.first}.Confidence() }

// finish reads on from the first reading.
func (s sheet) finish(ctx context.Context, eng recogniser, e effort) (Result, error) {
	p, rules, clean := s.p, s.rules, s.clean
	passes, mode, err := s.readPage(ctx, eng, e)
	if err != nil {
		return Result{}, err
	}
	if c := (Result{Words: passes[0]}); len(passes) == 1 && c.Confidence() < hopeless {
		return Result{Words: p.restore(passes[0]), Rules: p.restoreRules(rules), Mode: mode}, nil
	}
	size := em(passes[0])
	rs := regions(rules, binarise(clean), passes, size, 3+1.5*p.scale)
	for _, r := range rs {
		r.elect(size)
	}
	res := Result{Mode: mode}
	if a, ok := eng.(asker); ok {
		res.Note, res.Model = askService(ctx, a, p.gray, &rs, size)
	}
	for n := range min(e.again, len(renderings)) {
		if err := readAgain(ctx, eng, p, rs, size, renderings[n]); err != nil {
			return Result{}, err
		}
	}
	prove(rs, size)
	res.Words, res.Rules = p.restore(wordsOf(rs)), p.restoreRules(rules)
	return res, nil
}

// readPage reads the whole page up to three times; the best reading comes first.
func (s sheet) readPage(ctx context.Context, eng recogniser, e effort) (passes [][]Word, mode string, err error) {
	top, sure := 0.0, 0.0
	for tries, a := range s.plan {
		words := s.first
		if tries > 0 {
			if words, err = eng.page(ctx, a.img, a.mode); err != nil {
				return nil, "", err
			}
		}
		words = sensible(words)
		passes = append(passes, words)
		if v := score(words); tries == 0 || v > top {
			top, mode = v, fmt.Sprintf("%s psm %d", a.name, a.mode)
			passes[0], passes[tries] = passes[tries], passes[0]
		}
		sure = max(sure, (Result{Words: words}).Confidence())
		if sure < hopeless || tries == 0 && sure >= e.first || tries == 1 && sure >= e.second {
			break
		}
	}
	return passes, mode, nil
}

// maxAgain bounds the lines that are read again in one rendering.
const maxAgain = 600

// readAgain reads what is not settled in one more rendering, numbers apart from text.
func readAgain(ctx context.Context, eng recogniser, p prepared, rs []*region, size float64, v rendering) error {
	for _, signs := range []string{"", digitSigns} {
		var todo []*region
		var imgs []*image.Gray
		for _, r := range rs {
			if r.signs() == signs && !r.settled() && len(todo) < maxAgain {
				todo = append(todo, r)
				imgs = append(imgs, p.crop(p.src, r, size, v))
			}
		}
		if len(todo) == 0 {
			continue
		}
		read, err := eng.lines(ctx, imgs, signs)
		if err != nil {
			return err
		}
		for i, r := range todo {
			if cs := trimBars(r.place(read[i], size, v)); len(cs) > 0 {
				if len(r.alone) == 0 {
					r.demote()
				}
				r.alone = append(r.alone, cs)
				r.elect(size)
			}
		}
	}
	return nil
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

func advance(r rune) float64 {
	if r < 0x2e80 {
		return 0.55
	}
	return 1
}

// wordsOf makes words of what was elected, parted where blanks are. What no reading saw a letter in is noise.
func wordsOf(rs []*region) []Word {
	var out []Word
	last := 0
	for _, r := range rs {
		last = max(last, r.line+1)
	}
	for _, r := range rs {
		if r.cell == 0 && len(r.best) <= 3 && r.confidence() < 0.4 {
			continue // specks, and strokes of seals
		}
		line := r.line
		if r.cell > 0 {
			line, last = last, last+1
		}
		for i := 0; i < len(r.best); {
			j := i + 1
			for j < len(r.best) && !r.best[j].gap {
				j++
			}
			out = append(out, r.word(r.best[i:j], line))
			i = j
		}
	}
	return out
}

func (r *region) word(es []elected, line int) Word {
	w := Word{Line: line, Doubtful: r.doubt, Proof: r.proof}
	w.Box = dossier.Box{X0: es[0].x0, Y0: r.box.Y0, X1: es[len(es)-1].x1, Y1: r.box.Y1}
	var sum float64
	for _, e := range es {
		w.Text += string(e.r)
		sum += e.conf
		w.chars = append(w.chars, e.char)
		w.Doubtful = w.Doubtful || r.proof == "" && e.doubtful()
	}
	w.Confidence = sum / float64(len(es))
	return w
}
