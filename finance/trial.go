package finance

import (
	"embed"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
)

//go:embed accounts/*.yaml
var accountsFS embed.FS

type account struct {
	Code      string `yaml:"code"`
	Name      string `yaml:"name"`
	Indicator string `yaml:"indicator"` // of the balance sheet
	Side      string `yaml:"side"`      // on which the indicator counts: debit or credit
}

type accountFile struct {
	Source   string    `yaml:"source"`
	Accounts []account `yaml:"accounts"`
	Examples []struct {
		Code      string `yaml:"code"`
		Text      string `yaml:"text"`
		Indicator string `yaml:"indicator"`
	} `yaml:"examples"`
}

var loadAccounts = sync.OnceValues(func() (accountFile, error) {
	files, err := datafile.Load[accountFile](accountsFS, "accounts")
	return files["chart"], err
})

// TrialNote marks figures that come from a table of account balances, not from a statement.
const TrialNote = "科目余额表"

// accountOf finds the first-level account of a row: by a name that is a statement line of its own, then by code.
func accountOf(code, name string) (account, bool) {
	f, err := loadAccounts()
	if err != nil {
		panic(err)
	}
	code = strings.TrimSpace(code)
	if len(code) > 4 || code != "" && len(code) < 4 {
		return account{}, false // a subsidiary account: its parent counts
	}
	var byCode, byName account
	part, _, _ := strings.Cut(squeeze(name), "/")
	part = normalName(part)
	for _, a := range f.Accounts {
		if a.Code == code {
			byCode = a
		}
		if byName.Name == "" && normalName(a.Name) == part {
			byName = a
		}
	}
	switch {
	case code != "" && byCode.Name == "" && byName.Name != "" && byName.Side == "debit":
		return account{}, false // the code belongs to another chart
	case byName.Name != "" && (code == "" || byCode.Name == "" || byCode.Side == byName.Side):
		return byName, true
	case byCode.Name != "":
		return byCode, true
	}
	return account{}, false
}

var (
	codeRE     = regexp.MustCompile(`^\d{4}(?:[.\-]?\d{2,4}){0,5}$`)
	openingRE  = regexp.MustCompile(`年初|期初|上年`)
	movementRE = regexp.MustCompile(`本期|发生|累计`)
	closingRE  = regexp.MustCompile(`期末|年末|余额`)
)

// trialCols are the columns of a table of account balances.
type trialCols struct {
	code, name                   int
	openDr, openCr, endDr, endCr int
}

// trialHead reads rows r and r+1 as the header of account balances.
func (g grid) trialHead(r int) (t trialCols, rows int, ok bool) {
	t = trialCols{-1, -1, -1, -1, -1, -1}
	two := r+1 < len(g.rows) && strings.Contains(squeeze(g.rowText(r+1)), "借方")
	rows = 1
	if two {
		rows = 2
	}
	group := ""
	width := len(g.rows[r])
	if two {
		width = max(width, len(g.rows[r+1]))
	}
	for c := range width {
		s := squeeze(g.text(r, c))
		if s != "" {
			group = s
		}
		if two {
			s = group + squeeze(g.text(r+1, c))
		}
		switch {
		case s == "":
		case strings.Contains(s, "科目") && (strings.Contains(s, "编") || strings.Contains(s, "代码") || strings.Contains(s, "号")):
			t.code = c
		case strings.Contains(s, "科目") && t.name < 0:
			t.name = c
		case openingRE.MatchString(s) && strings.Contains(s, "借"):
			t.openDr = c
		case openingRE.MatchString(s) && strings.Contains(s, "贷"):
			t.openCr = c
		case movementRE.MatchString(s):
		case closingRE.MatchString(s) && strings.Contains(s, "借"):
			t.endDr = c
		case closingRE.MatchString(s) && strings.Contains(s, "贷"):
			t.endCr = c
		}
	}
	return t, rows, t.name >= 0 && t.endDr >= 0 && t.endCr >= 0
}

// trial reads the grid as account balances and tells whether it is one.
func (r *reader) trial(page int, tb dossier.Table, g grid) bool {
	p := &r.doc.Pages[page]
	for i := 0; i < len(g.rows) && i < 12; i++ {
		t, n, ok := g.trialHead(i)
		if !ok {
			continue
		}
		h := r.context(page, tb, g, 0, i)
		if h.end.IsZero() {
			return true
		}
		h.end = h.end.MonthEnd()
		r.balances(p, g, h, t.endDr, t.endCr, t, i+n, dossier.At(h.end))
		if t.openDr >= 0 && t.openCr >= 0 {
			r.balances(p, g, h, t.openDr, t.openCr, t, i+n, dossier.At(dossier.NewDate(h.end.Year-1, 12, 31)))
		}
		return true
	}
	return false
}

// balances sums the accounts of one date into balance-sheet indicators.
func (r *reader) balances(p *dossier.Page, g grid, h header, dr, cr int, t trialCols, from int, at dossier.Period) {
	type total struct {
		f      dossier.Figure
		parts  []string
		prints []string
	}
	totals := map[string]*total{}
	var order []string
	for i := from; i < len(g.rows); i++ {
		code := ""
		if t.code >= 0 {
			code = squeeze(g.text(i, t.code))
			if !codeRE.MatchString(code) {
				continue
			}
		}
		name := g.text(i, t.name)
		a, ok := accountOf(code, name)
		if !ok {
			continue
		}
		v, cell, printed := zero, dossier.Cell{}, ""
		for _, c := range []int{dr, cr} {
			if c >= len(g.rows[i]) {
				continue
			}
			d, _, ok := ParseAmount(g.rows[i][c].Text)
			if !ok {
				continue
			}
			if (c == cr) == (a.Side == "debit") {
				d = d.Neg()
			}
			v, cell = v.Add(d), g.rows[i][c]
			printed = Format(d, 0)
		}
		if printed == "" {
			continue
		}
		x := totals[a.Indicator]
		if x == nil {
			place := g.place(r.doc.File, p.Number, cell, "")
			x = &total{f: dossier.Figure{Indicator: a.Indicator, Name: r.c.display[a.Indicator], Entity: h.entity,
				Scope: dossier.ScopeSingle, Period: at, Unit: dossier.Yuan, Basis: basisOf(r.doc), Note: TrialNote,
				Source: &dossier.Source{Place: place, Unit: h.unit}}}
			totals[a.Indicator] = x
			order = append(order, a.Indicator)
		}
		x.f.Value = x.f.Value.Add(v.Mul(h.unit.Scale()))
		x.parts = append(x.parts, strings.TrimSpace(name)+" "+printed)
		x.prints = append(x.prints, printed)
	}
	b := r.begin(BalanceSheet, h)
	for _, id := range order {
		x := totals[id]
		x.f.Source.Printed = strings.Join(x.prints, "＋")
		x.f.Source.Quote = clip(strings.Join(x.parts, "；"), 80)
		if len(x.parts) > 1 {
			x.f.Note = fmt.Sprintf("%s：%d个科目合计", TrialNote, len(x.parts))
		}
		b.figs = append(b.figs, readFigure{x.f, true})
	}
	r.end()
	r.last = h
}

// FromTrial tells whether a figure comes from a table of account balances.
func FromTrial(f dossier.Figure) bool { return strings.HasPrefix(f.Note, TrialNote) }
