package classify_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/classify"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

// scripted answers with one id and keeps what it was asked.
type scripted struct {
	id    string
	err   error
	asked []classify.Question
}

func (s *scripted) Choose(_ context.Context, q classify.Question) (string, error) {
	s.asked = append(s.asked, q)
	return s.id, s.err
}

// faint has signs of several kinds and enough of none.
const faint = "情况说明\n经营范围为食品销售，注册资本已实缴，统一社会信用代码91110000101623741K。\n借款期限与利率见附件，联系电话13800001111，卡号6222021234567890128。\n以上情况属实，特此说明，供贵行审查时参考使用，其余事项另行补充提供。"

func TestChoose(t *testing.T) {
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	fresh := func(text string) *dossier.Document {
		d := paper("x.pdf", text)
		classify.Classify(c, d, dossier.Application{})
		return d
	}
	d := fresh(faint)
	if d.Type != dossier.TypeUnknown {
		t.Fatalf("is %s", d.Type)
	}
	s := &scripted{id: "no_such_kind"}
	if err := classify.Choose(t.Context(), s, c, d); err != nil || d.Type != dossier.TypeUnknown || len(s.asked) != 1 {
		t.Fatalf("an answer that is no candidate was taken: %s %v", d.Type, err)
	}
	q := s.asked[0]
	if len(q.Candidates) == 0 || len(q.Candidates) > 5 {
		t.Fatalf("%d candidates", len(q.Candidates))
	}
	for _, secret := range []string{"91110000101623741K", "13800001111", "6222021234567890128"} {
		if strings.Contains(q.Text, secret) {
			t.Errorf("%s was shown", secret)
		}
	}
	s.id = q.Candidates[0].ID
	if err := classify.Choose(t.Context(), s, c, d); err != nil || d.Type != s.id || d.Confidence > 0.7 {
		t.Errorf("%s %.2f %v", d.Type, d.Confidence, err)
	}
	sure := fresh(licence)
	n := len(s.asked)
	if err := classify.Choose(t.Context(), s, c, sure); err != nil || len(s.asked) != n || sure.Type != "business_license" {
		t.Errorf("a sure kind was asked about: %s %v", sure.Type, err)
	}
	broken := &scripted{err: errors.New("model away")}
	d = fresh(faint)
	if err := classify.Choose(t.Context(), broken, c, d); err == nil || d.Type != dossier.TypeUnknown {
		t.Errorf("%s %v", d.Type, err)
	}
	if err := classify.Choose(t.Context(), nil, c, d); err != nil {
		t.Error(err)
	}
}
