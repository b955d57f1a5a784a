package agent

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
)

func TestManyBreaksAreAMisreading(t *testing.T) {
	one := []finance.Issue{{Kind: finance.KindSubtotal, Docs: []string{"a.pdf"}}, {Kind: finance.KindBalance, Docs: []string{"a.pdf"}}}
	for _, is := range misread(one) {
		if is.Doubtful {
			t.Error("two breaks are what one wrong entry makes")
		}
	}
	many := append(one, finance.Issue{Kind: finance.KindCashFlow, Docs: []string{"a.pdf"}}, finance.Issue{Kind: finance.KindSubtotal, Docs: []string{"b.pdf"}},
		finance.Issue{Kind: finance.KindSubtotal, Docs: []string{"a.pdf"}, Suspect: &dossier.Figure{}})
	got := misread(many)
	if !got[0].Doubtful || !strings.Contains(got[0].Message, "对照原件") || got[3].Doubtful || got[4].Doubtful {
		t.Errorf("%+v", got)
	}
}

func TestExplainedDropsWhatABreakProved(t *testing.T) {
	p := dossier.At(dossier.NewDate(2026, 8, 31))
	issues := []finance.Issue{{Kind: finance.KindSubtotal, Suspect: &dossier.Figure{Indicator: "inventories", Period: p}},
		{Kind: finance.KindDifference, Indicator: "inventories", Period: p}, {Kind: finance.KindDifference, Indicator: "cash", Period: p}}
	if got := explained(issues); len(got) != 2 || got[1].Indicator != "cash" {
		t.Errorf("%+v", got)
	}
}
