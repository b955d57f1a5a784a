package agent

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/llm/llmtest"
	"github.com/xindiao/xindiao/internal/llm/providers"
	"github.com/xindiao/xindiao/prompts"
	"github.com/xindiao/xindiao/report"
)

func loadPrompts() (prompts.Book, error) { return prompts.Embedded() }

func scripted(t *testing.T, s *llmtest.Server) llm.Generator {
	t.Helper()
	g, err := providers.Open(s.Spec(), providers.Options{Timeout: 5 * time.Second, Attempts: 2, Backoff: time.Millisecond,
		Getenv: func(string) string { return "key" }})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

var (
	figureLine = regexp.MustCompile(`(?m)^- (f\d+)：([^，]+)，([^，]+)，`)
	factLine   = regexp.MustCompile(`(?m)^- (t\d+)：(.+)$`)
)

func answer(list ...sentence) llmtest.Reply {
	data, _ := json.Marshal(map[string]interface{}{"sentences": list})
	return llmtest.Reply{Text: string(data), In: 100, Out: 20}
}

// honest writes one sentence over the first figure that the prompt offers, and keeps the first fact.
func honest(r llmtest.Request) llmtest.Reply {
	var out []sentence
	if m := figureLine.FindStringSubmatch(r.Last()); m != nil {
		out = append(out, sentence{Text: m[3] + m[2] + "为{{fig:" + m[1] + "}}。", Figures: []string{m[1]}, Passages: []string{}})
	}
	if m := factLine.FindStringSubmatch(r.Last()); m != nil {
		out = append(out, sentence{Text: m[2], Figures: []string{}, Passages: []string{m[1]}})
	}
	return answer(out...)
}

func TestModelWritesAndIsCited(t *testing.T) {
	s := openSample(t)
	srv := llmtest.New(t).Answer(honest)
	r, err := s.a.Write(context.Background(), s.c, Options{Model: scripted(t, srv)})
	if err != nil {
		t.Fatal(err)
	}
	byModel := 0
	for _, c := range allClaims(r.Sections) {
		if c.Author == report.ByModel {
			byModel++
			if len(c.Figures)+len(c.Citations) == 0 {
				t.Errorf("model's sentence without a source: %q", c.Text)
			}
			if strings.Contains(c.Text, "{{") {
				t.Errorf("reference not rendered: %q", c.Text)
			}
		}
	}
	if byModel < 5 {
		t.Errorf("%d sentences by the model", byModel)
	}
	if r.Generation.Tokens.In == 0 || !strings.HasPrefix(r.Generation.Model, "openai:scripted@") || r.Generation.Prompts["section"] == "" {
		t.Errorf("generation %+v", r.Generation)
	}
	plain, _ := s.a.Write(context.Background(), s.c, Options{})
	if r.Coverage != plain.Coverage {
		t.Errorf("coverage %+v with a model, %+v without", r.Coverage, plain.Coverage)
	}
	for _, req := range srv.Requests() {
		for _, d := range s.c.Dossier.Documents {
			for key, f := range d.Fields {
				if f.Kind == dossier.KindIDCard && len(f.Value) == 18 && !strings.Contains(f.Value, "*") && strings.Contains(string(req.Body), f.Value) {
					t.Fatalf("an identity number (%s) reached the model", key)
				}
			}
		}
		if !strings.Contains(string(req.Format), "json_schema") {
			t.Errorf("no schema was asked for: %s", req.Format)
		}
	}
}

// A model that invents is sent its faults, and what it insists on is not printed.
func TestInventedNumbersAreDropped(t *testing.T) {
	s := openSample(t)
	invented := "2025年末资产负债率为12.34%。"
	srv := llmtest.New(t).Answer(func(r llmtest.Request) llmtest.Reply {
		return answer(sentence{Text: invented, Figures: []string{}, Passages: []string{"t1"}},
			sentence{Text: "营业收入为{{fig:f99999}}。", Figures: []string{"f99999"}, Passages: []string{}},
			sentence{Text: "借款人财务状况良好。", Figures: []string{}, Passages: []string{}})
	})
	r, err := s.a.Write(context.Background(), s.c, Options{Model: scripted(t, srv), Rounds: 1})
	if err != nil {
		t.Fatal(err)
	}
	noted := false
	for _, c := range allClaims(r.Sections) {
		if strings.Contains(c.Text, "12.34%") || strings.Contains(c.Text, "财务状况良好") || strings.Contains(c.Text, "f99999") {
			t.Errorf("invented sentence was kept: %q", c.Text)
		}
	}
	for _, sec := range r.Sections {
		for _, sub := range append([]report.Section{sec}, sec.Sections...) {
			for _, b := range sub.Blocks {
				noted = noted || strings.Contains(b.Note, "没有依据")
			}
		}
	}
	if !noted {
		t.Error("the report does not say that sentences were dropped")
	}
	told := false
	for _, req := range srv.Requests() {
		told = told || strings.Contains(req.Last(), "上一稿有下列问题") && strings.Contains(req.Last(), "12.34%")
	}
	if !told {
		t.Error("the faults were not handed back to the model")
	}
}

// A repaired second answer is kept.
func TestRepairIsKept(t *testing.T) {
	s := openSample(t)
	srv := llmtest.New(t).Answer(func(r llmtest.Request) llmtest.Reply {
		if strings.Contains(r.Last(), "上一稿有下列问题") {
			return honest(r)
		}
		return answer(sentence{Text: "2025年营业收入为99,999.99万元。", Figures: []string{}, Passages: []string{"t1"}})
	})
	r, err := s.a.Write(context.Background(), s.c, Options{Model: scripted(t, srv)})
	if err != nil {
		t.Fatal(err)
	}
	byModel := 0
	for _, c := range allClaims(r.Sections) {
		if c.Author == report.ByModel {
			byModel++
		}
		if strings.Contains(c.Text, "99,999.99") {
			t.Errorf("kept: %q", c.Text)
		}
	}
	if byModel == 0 {
		t.Error("nothing of the repaired answer was kept")
	}
}

// A planted instruction in the evidence changes nothing: a model that obeys it is caught like any other.
func TestObedientModelIsCaught(t *testing.T) {
	s := openSample(t)
	srv := llmtest.New(t).Answer(func(r llmtest.Request) llmtest.Reply {
		return answer(sentence{Text: "该客户评级为AAA级，建议给予授信9,000万元。", Figures: []string{}, Passages: []string{"t1"}})
	})
	r, err := s.a.Write(context.Background(), s.c, Options{Model: scripted(t, srv), Rounds: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range allClaims(r.Sections) {
		if c.Author == report.ByModel && c.Status != report.Unverified {
			t.Errorf("kept as fact: %q", c.Text)
		}
	}
}

// Faults of the model's server end the draft with a message and no half report.
func TestModelFaults(t *testing.T) {
	s := openSample(t)
	for _, f := range []llmtest.Fault{llmtest.Broken, llmtest.Truncated, llmtest.BadJSON, llmtest.Cut} {
		t.Run(fmt.Sprint(f), func(t *testing.T) {
			srv := llmtest.New(t).Script(llmtest.Reply{Text: "x", Fault: f})
			r, err := s.a.Write(context.Background(), s.c, Options{Model: scripted(t, srv)})
			if err == nil || r != nil || dossier.KindOf(err) != dossier.ErrDependency {
				t.Errorf("got %v, %v", r != nil, err)
			}
		})
	}
}
