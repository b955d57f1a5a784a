package finance

import (
	"embed"
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
	Indicator string `yaml:"indicator"` // statement line; "" for accounts that are none
	Side      string `yaml:"side"`      // on which the indicator counts: debit or credit
	// Opposite is the line for balances on the other side: what customers paid in advance is no negative receivable.
	Opposite string `yaml:"opposite"`
	// Parts send subsidiary accounts by a word of their name to another line: 坏账准备 of 其他应收款.
	Parts []accountPart `yaml:"parts"`
}

type accountPart struct {
	Word      string `yaml:"word"`
	Indicator string `yaml:"indicator"`
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
		same := normalName(a.Name) == part
		if a.Code == code && same {
			return a, a.Indicator != ""
		}
		if a.Code == code && byCode.Name == "" {
			byCode = a
		}
		if byName.Name == "" && same {
			byName = a
		}
	}
	switch {
	case code != "" && byCode.Name == "" && byName.Name != "" && byName.Side == "debit" && StatementOf(byName.Indicator) == BalanceSheet:
		return account{}, false // the code belongs to another chart
	case byName.Name != "" && (code == "" || byCode.Name == "" || byCode.Side == byName.Side || StatementOf(byName.Indicator) != StatementOf(byCode.Indicator)):
		return byName, byName.Indicator != ""
	case byCode.Name != "":
		return byCode, byCode.Indicator != ""
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
	moveDr, moveCr, sumDr, sumCr int // 本期发生额, 本年累计发生额
}

// trialHead reads rows r and r+1 as the header of account balances.
func (g grid) trialHead(r int) (t trialCols, rows int, ok bool) {
	t = trialCols{-1, -1, -1, -1, -1, -1, -1, -1, -1, -1}
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
			t.movement(s, c)
		case closingRE.MatchString(s) && strings.Contains(s, "借"):
			t.endDr = c
		case closingRE.MatchString(s) && strings.Contains(s, "贷"):
			t.endCr = c
		}
	}
	return t, rows, t.name >= 0 && t.endDr >= 0 && t.endCr >= 0
}

// movement notes a column of 本期发生额 or 本年累计发生额.
func (t *trialCols) movement(s string, c int) {
	total := strings.Contains(s, "累计")
	switch {
	case strings.Contains(s, "借") && total:
		t.sumDr = c
	case strings.Contains(s, "贷") && total:
		t.sumCr = c
	case strings.Contains(s, "借"):
		t.moveDr = c
	case strings.Contains(s, "贷"):
		t.moveCr = c
	}
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
		months := h.months
		if h.month {
			months = 0 // one month printed leaves open whether the movement is of it or up to it
		}
		r.balances(p, g, h, t.endDr, t.endCr, t, i+n, dossier.At(h.end))
		if t.openDr >= 0 && t.openCr >= 0 {
			r.balances(p, g, h, t.openDr, t.openCr, t, i+n, dossier.At(dossier.NewDate(h.end.Year-1, 12, 31)))
		}
		switch {
		case t.sumDr >= 0 && t.sumCr >= 0:
			r.balances(p, g, h, t.sumDr, t.sumCr, t, i+n, dossier.Span(h.end, int(h.end.Month)))
		case t.moveDr >= 0 && t.moveCr >= 0 && months > 0:
			r.balances(p, g, h, t.moveDr, t.moveCr, t, i+n, dossier.Span(h.end, months))
		}
		return true
	}
	return false
}

// FromTrial tells whether a figure comes from a table of account balances.
func FromTrial(f dossier.Figure) bool { return strings.HasPrefix(f.Note, TrialNote) }
