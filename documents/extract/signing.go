package extract

import (
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

var (
	signHead  = regexp.MustCompile(`(?:股东|董事|参会人员|出席人)[^,。;]{0,8}签[字名章]`)
	signerRow = regexp.MustCompile(`^(\p{Han}{1,4})(?:[\s\t:(]|$)`)
	shareEnd  = regexp.MustCompile(`(\d{1,3}(?:\.\d+)?)[\s]?[%\p{Han}]?[0o]?%?\s*$`)
	sealSign  = regexp.MustCompile(`\([盖各关益签]?[章幸单]\)|\(公章\)|\[印章\]|\(印章\)`)
)

// signers reads the table under 股东签字: printed name, handwriting, share. Handwriting shows as words between name
// and share; where a scan shows nothing readable, the row says no, and a speck says unclear.
var _ = add("signers", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	start := -1
	for i := range r.text.Lines {
		if signHead.MatchString(r.text.Lines[i].Fold) {
			start = i
		}
	}
	if start < 0 {
		return nil
	}
	rows := []dossier.Row{}
	hand := r.inkBoxes()
	for i := start; i < len(r.text.Lines) && i <= start+12; i++ {
		l := &r.text.Lines[i]
		fold, clean := l.Fold, l.Clean
		if i == start {
			m := signHead.FindStringIndex(fold)
			rest := strings.TrimLeft(fold[m[1]:], ":;) ")
			clean = l.CleanSpan(len(fold)-len(rest), len(fold))
			fold = rest
		}
		rec, ok := signer(r, l, fold, clean)
		if ok && r.byHand(l, hand) {
			c := rec.Cells["signed"]
			c.Value, c.Confidence = "yes", 0.7
			rec.Cells["signed"] = c
		}
		if ok {
			rows = append(rows, rec)
		} else if len(rows) > 0 && (sealSign.MatchString(fold) || dateZh.MatchString(fold) || strings.Contains(fold, "公司")) {
			break
		}
	}
	if len(rows) == 0 {
		return nil
	}
	if r.d.Scan && !anySigned(rows) { // the engine read no handwriting at all here: its silence says nothing
		for _, row := range rows {
			c := row.Cells["signed"]
			c.Value, c.Confidence = "unclear", 0.3
			row.Cells["signed"] = c
		}
	}
	return []found{{rows: rows, at: rows[0].At, conf: 0.75, method: "table"}}
})

// inkBoxes are the places of handwriting by page.
func (r *reader) inkBoxes() map[int][]dossier.Box {
	out := map[int][]dossier.Box{}
	for i := range r.d.Pages {
		p := &r.d.Pages[i]
		for k := range p.Lines {
			if l := &p.Lines[k]; l.Box != nil && strings.HasPrefix(l.Text, dossier.InkMark) {
				out[p.Number] = append(out[p.Number], *l.Box)
			}
		}
	}
	return out
}

// byHand tells whether handwriting stands on the printed line l: its middle lies within the line's height and half of
// it more on either side.
func (r *reader) byHand(l *plain.Line, hand map[int][]dossier.Box) bool {
	if l.Box == nil {
		return false
	}
	h := l.Box.Y1 - l.Box.Y0
	for _, b := range hand[l.Page] {
		if mid := (b.Y0 + b.Y1) / 2; mid >= l.Box.Y0-h/2 && mid <= l.Box.Y1+h/2 {
			return true
		}
	}
	return false
}

func anySigned(rows []dossier.Row) bool {
	for _, r := range rows {
		if r.Get("signed") == "yes" {
			return true
		}
	}
	return false
}

func signer(r *reader, l *plain.Line, fold, clean string) (dossier.Row, bool) {
	m := signerRow.FindStringSubmatch(fold)
	share := shareEnd.FindStringSubmatchIndex(fold)
	if m == nil || len([]rune(m[1])) < 2 && !(r.d.Scan && share != nil) || strings.Contains(m[1], "公司") || strings.Contains(m[1], "会") {
		return dossier.Row{}, false
	}
	at := l.Place(r.d.File)
	cell := func(key string, kind dossier.FieldKind, v string, conf float64) dossier.Field {
		return dossier.Field{Key: key, Kind: kind, Value: v, Raw: clean, At: at, Confidence: r.certainty(l, conf), Method: "table"}
	}
	rec := dossier.Row{At: at, Cells: map[string]dossier.Field{}}
	rec.Cells["name"] = cell("name", dossier.KindText, m[1], 0.85)
	end := len(fold)
	if share != nil && share[0] > len(m[1]) {
		end = share[0]
		if p, ok := Percent(fold[share[2]:share[3]] + "%"); ok && p.LessThanOrEqual(dossier.D("1")) {
			rec.Cells["pct"] = cell("pct", dossier.KindPercent, p.String(), 0.85)
		}
	} else if share == nil && !strings.Contains(fold, "\t") && !(r.d.Scan && fold == m[1] && len([]rune(m[1])) >= 2) {
		return dossier.Row{}, false
	}
	ink := strings.TrimFunc(fold[len(m[1]):end], func(c rune) bool { return strings.ContainsRune(" \t:_-.,'\"()|", c) })
	switch n := len([]rune(ink)); {
	case n == 0:
		rec.Cells["signed"] = cell("signed", dossier.KindBool, "no", 0.7)
	case n >= 2 || strings.ContainsAny(m[1], ink):
		rec.Cells["signed"] = cell("signed", dossier.KindBool, "yes", 0.7)
	default:
		rec.Cells["signed"] = cell("signed", dossier.KindBool, "unclear", 0.4)
	}
	return rec, true
}

var _ = add("sealed", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	for i := len(r.text.Lines) - 1; i >= 0; i-- {
		l := &r.text.Lines[i]
		if strings.Contains(l.Fold, "(印章)") {
			return r.said(l, "yes", 0.7)
		}
		if sealSign.MatchString(l.Fold) && strings.Contains(l.Fold, "公司") {
			if r.d.Scan { // a red seal is taken out before reading; the printed name alone proves nothing
				return r.said(l, "unclear", 0.5)
			}
			return r.said(l, "yes", 0.6)
		}
	}
	return nil
})

// signed reads 甲方（盖章）：NAME: a name behind the colon counts as signed, nothing as not signed.
func signed(side string) finder {
	head := regexp.MustCompile(`(?:` + side + `)\s?\(?[^():\t]{0,10}[)]?[^():\t]{0,4}:`)
	return func(r *reader, _ *types.Field, _ *types.Finder) []found {
		for i := len(r.text.Lines) - 1; i >= 0; i-- {
			l := &r.text.Lines[i]
			if !stampWord.MatchString(l.Fold) {
				continue
			}
			m := head.FindStringIndex(strings.ReplaceAll(l.Fold, ";", ":"))
			if m == nil {
				continue
			}
			rest := l.Fold[m[1]:]
			if j := nextSide.FindStringIndex(rest); j != nil {
				rest = rest[:j[0]]
			}
			if ink := strings.Trim(rest, " \t_.:()"); len([]rune(ink)) >= 2 {
				return r.said(l, "yes", 0.75)
			}
			if r.d.Scan { // a stamp over the name may have made it unreadable
				return r.said(l, "unclear", 0.4)
			}
			return r.said(l, "no", 0.75)
		}
		return nil
	}
}

var (
	stampWord = regexp.MustCompile(`[盖关益培][章莽葛]|签[章字]|公章`)
	nextSide  = regexp.MustCompile(`[乙己芝]\s?方|卖方|供方|销方|承包方|承租方`)
	_         = add("signed_a", signed(`甲\s?方|买方|需方|购方|发包方|出租方|定作方`))
	_         = add("signed_b", signed(`[乙己芝]\s?方|卖方|供方|销方|承包方|承租方|承揽方`))
)
