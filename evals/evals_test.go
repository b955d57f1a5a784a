package evals

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/evals/metrics"
	"github.com/xindiao/xindiao/report"
)

// canned answers every dossier with testdata/answers/NAME.*.json.
type canned struct {
	name string
	err  error
}

func (c canned) Review(context.Context, string) (*report.Review, error) {
	var r report.Review
	return &r, read(c.name+".review.json", &r)
}

func (c canned) Draft(context.Context, string) (*report.Report, error) {
	if c.err != nil {
		return nil, c.err
	}
	var r report.Report
	return &r, read(c.name+".report.json", &r)
}

func read(name string, v any) error {
	data, err := os.ReadFile(filepath.Join("testdata", "answers", name))
	if err != nil {
		return err
	}
	return json.Unmarshal(data, v)
}

func run(t *testing.T, r Runner) *Scorecard {
	t.Helper()
	card, err := Dossiers(t.Context(), "testdata/mini", r, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return card
}

func TestGoodAnswersArePerfect(t *testing.T) {
	card := run(t, canned{name: "good"})
	for _, m := range metrics.All() {
		r := card.Dossiers[0].Scores[m.Name]
		if m.Lower && r.Good != 0 || !m.Lower && (r.Good != r.Of || r.Of == 0) {
			t.Errorf("%s: %d/%d %v", m.Name, r.Good, r.Of, r.Notes)
		}
	}
}

// The bad answers are made so that each metric has something to catch.
func TestBadAnswersTurnEveryMetricRed(t *testing.T) {
	want := map[string]metrics.Result{"kinds": {Good: 0, Of: 4}, "fields": {Good: 0, Of: 5}, "defects": {Good: 0, Of: 3}, "alarms": {Good: 2},
		"traps": {Good: 1, Of: 1}, "stated": {Good: 1, Of: 4}, "cited": {Good: 0, Of: 1}, "rightly": {Good: 0, Of: 4},
		"forbidden": {Good: 2, Of: 2}, "coverage": {Good: 1, Of: 4}, "fields_text": {Good: 0, Of: 2}, "fields_scan": {Good: 0, Of: 3},
		"parties": {Good: 0, Of: 1}, "aside": {Good: 0, Of: 1}, "mislinked": {Good: 1, Of: 3}, "sure_kinds": {Good: 2, Of: 2}, "sure_fields": {Good: 1, Of: 1}}
	good, bad := run(t, canned{name: "good"}), run(t, canned{name: "bad"})
	changes, fell := Compare(good, bad)
	if !fell {
		t.Error("the comparison must say that it fell")
	}
	for _, m := range metrics.All() {
		r := bad.Dossiers[0].Scores[m.Name]
		if w := want[m.Name]; r.Good != w.Good || r.Of != w.Of {
			t.Errorf("%s: got %d/%d, want %d/%d", m.Name, r.Good, r.Of, w.Good, w.Of)
		}
		if len(r.Notes) == 0 && m.Name != "coverage" {
			t.Errorf("%s says nothing about what is wrong", m.Name)
		}
		red := false
		for _, c := range changes {
			red = red || c.Metric == m.Name && c.Fell
		}
		if !red {
			t.Errorf("%s did not turn red: %v", m.Name, changes)
		}
	}
	if rises, fell := Compare(bad, good); fell || len(rises) != len(metrics.All()) {
		t.Errorf("the other way round everything rises: %v", rises)
	}
}

func TestNothingAnsweredScoresNothing(t *testing.T) {
	card := run(t, canned{name: "absent", err: errors.New("boom")})
	d := card.Dossiers[0]
	if len(d.Errors) != 2 {
		t.Errorf("errors: %v", d.Errors)
	}
	for _, m := range metrics.All() {
		if r := d.Scores[m.Name]; !m.Lower && m.Name != "cited" && (r.Good != 0 || r.Of == 0) {
			t.Errorf("%s: %d/%d", m.Name, r.Good, r.Of)
		}
	}
	if _, fell := Compare(run(t, canned{name: "bad"}), card); !fell {
		t.Error("a run that fails is a fall")
	}
}

func TestScorecardIsStableAndLoads(t *testing.T) {
	a, err := run(t, canned{name: "bad"}).JSON()
	if err != nil {
		t.Fatal(err)
	}
	b, _ := run(t, canned{name: "bad"}).JSON()
	if !bytes.Equal(a, b) || bytes.Contains(a, []byte("econds")) {
		t.Error("two runs print different scorecards, or times are inside")
	}
	file := filepath.Join(t.TempDir(), "card.json")
	if err := os.WriteFile(file, a, 0o600); err != nil {
		t.Fatal(err)
	}
	card, err := Load(file)
	if err != nil {
		t.Fatal(err)
	}
	if changes, fell := Compare(card, run(t, canned{name: "bad"})); fell || len(changes) != 0 {
		t.Errorf("against itself: %v", changes)
	}
}

func TestLoadRefuses(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct {
		text string
		kind dossier.ErrorKind
	}{"a.json": {"{", dossier.ErrInput}, "b.json": {`{"schema":"other"}`, dossier.ErrInput}, "": {"", dossier.ErrNotFound}} {
		file := filepath.Join(dir, "none.json")
		if name != "" {
			file = filepath.Join(dir, name)
			if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := Load(file); dossier.KindOf(err) != c.kind {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLostDossierIsAFall(t *testing.T) {
	old := run(t, canned{name: "good"})
	now := run(t, canned{name: "good"})
	now.Dossiers = nil
	if changes, fell := Compare(old, now); !fell || len(changes) != 1 {
		t.Errorf("got %v", changes)
	}
	if _, fell := Compare(now, old); fell {
		t.Error("a new dossier is no fall")
	}
}

func TestNoDossiers(t *testing.T) {
	if _, err := Dossiers(t.Context(), t.TempDir(), canned{}, Options{}); dossier.KindOf(err) != dossier.ErrInput {
		t.Errorf("got %v", err)
	}
	if _, err := Dossiers(t.Context(), "testdata/none", canned{}, Options{}); dossier.KindOf(err) != dossier.ErrNotFound {
		t.Errorf("got %v", err)
	}
}

func TestTable(t *testing.T) {
	card := run(t, canned{name: "bad"})
	var short, long bytes.Buffer
	if err := errors.Join(WriteText(&short, card, false), WriteText(&long, card, true)); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(short.String()), "\n")
	if len(lines) != 4 || !strings.HasPrefix(lines[3], "最差") {
		t.Fatalf("got\n%s", short.String())
	}
	for _, l := range lines {
		if columns(l) != columns(lines[0]) {
			t.Errorf("columns do not line up:\n%s", short.String())
		}
	}
	if !strings.Contains(long.String(), "M-T1") || !strings.Contains(long.String(), "旧版收入") {
		t.Errorf("verbose must name what is wrong:\n%s", long.String())
	}
}

func TestJUnit(t *testing.T) {
	good, bad := run(t, canned{name: "good"}), run(t, canned{name: "bad"})
	changes, _ := Compare(good, bad)
	var b bytes.Buffer
	if err := WriteJUnit(&b, bad, changes); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "<failure"); n != len(metrics.All()) {
		t.Errorf("%d failures\n%s", n, b.String())
	}
}

func TestCommittedScorecardsLoad(t *testing.T) {
	files, err := filepath.Glob("scorecards/dossiers*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("%v %v", files, err)
	}
	for _, f := range files {
		card, err := Load(f)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := os.ReadFile(f)
		again, err := card.JSON()
		if err != nil || !bytes.Equal(text, again) {
			t.Errorf("%s was not written by xindiao eval: %v", f, err)
		}
		for _, d := range card.Dossiers {
			for _, m := range metrics.All() {
				if _, ok := d.Scores[m.Name]; !ok {
					t.Errorf("%s: %s lacks %s", f, d.Dossier, m.Name)
				}
			}
		}
	}
}
