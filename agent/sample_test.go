package agent

import (
	"context"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/documents/read"
	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/samples"
)

func TestMain(m *testing.M) {
	read.WorkerMain()
	os.Exit(m.Run())
}

// sample is the bundled dossier, read once without OCR: the scans stay unread, which is a case of its own.
var sample = sync.OnceValues(func() (*sampleCase, error) {
	dir, err := os.MkdirTemp("", "xindiao-agent-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := samples.Unpack(samples.Manufacturing, dir); err != nil {
		return nil, err
	}
	a, err := New()
	if err != nil {
		return nil, err
	}
	c, err := a.Intake(context.Background(), dir, Options{Read: read.Options{OCR: ocr.None}})
	return &sampleCase{a, c}, err
})

type sampleCase struct {
	a *Agent
	c *Case
}

func openSample(t *testing.T) *sampleCase {
	t.Helper()
	s, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func allClaims(sections []report.Section) []report.Claim {
	var out []report.Claim
	for _, s := range sections {
		for _, b := range s.Blocks {
			out = append(out, b.Claims...)
			for _, r := range b.Rows {
				out = append(out, r...)
			}
		}
		out = append(out, allClaims(s.Sections)...)
	}
	return out
}

// TestDraftProvesEveryNumber drafts the sample and checks the three laws on every claim that carries a number.
func TestDraftProvesEveryNumber(t *testing.T) {
	s := openSample(t)
	r, err := s.a.Write(context.Background(), s.c, Options{})
	if err != nil {
		t.Fatal(err)
	}
	figs := map[string]report.FigureJSON{}
	for _, f := range r.Figures {
		figs[f.ID] = f
		if f.Source == nil && f.Formula == "" && !strings.HasPrefix(f.Indicator, "wc_") {
			t.Errorf("figure %s %s has neither source nor formula", f.ID, f.Indicator)
		}
		for _, op := range f.Operands {
			if figs[op].ID == "" {
				t.Errorf("figure %s rests on %s, which is not in the report", f.ID, op)
			}
		}
	}
	n := 0
	for _, c := range allClaims(r.Sections) {
		for _, id := range c.Figures {
			if figs[id].ID == "" {
				t.Errorf("claim %q cites figure %s, which is not in the report", c.Text, id)
			}
		}
		for _, cite := range c.Citations {
			if cite.File == "" {
				t.Errorf("claim %q has a citation without a file", c.Text)
			}
			if cite.File != "application.yaml" && s.c.Dossier.Document(cite.File) == nil {
				t.Errorf("claim %q cites %s, which is no document", c.Text, cite.File)
			}
		}
		if (c.Status == report.Read || c.Status == report.Computed || c.Status == report.Quoted) && strings.ContainsAny(c.Text, "0123456789") {
			n++
			if len(c.Figures)+len(c.Citations) == 0 {
				t.Errorf("claim without a source: %q", c.Text)
			}
		}
	}
	if n < 100 {
		t.Errorf("only %d claims with numbers", n)
	}
}

// A scan that was not read leaves gaps that name it, and no sentence with a hole.
func TestGapsAreSaid(t *testing.T) {
	s := openSample(t)
	r, err := s.a.Write(context.Background(), s.c, Options{})
	if err != nil {
		t.Fatal(err)
	}
	missing := map[string]bool{}
	for _, m := range r.Missing {
		missing[m.Item] = true
		if len(m.Needs) == 0 {
			t.Errorf("gap %q does not say what would fill it", m.Item)
		}
	}
	if r.Coverage.Required != r.Coverage.Filled+r.Coverage.Missing || r.Coverage.Missing != len(r.Missing) || r.Coverage.Missing == 0 {
		t.Errorf("coverage %+v, %d gaps", r.Coverage, len(r.Missing))
	}
	for _, c := range allClaims(r.Sections) {
		for _, hole := range []string{"<no value>", "%!", "map[", "（）", "“”", "{{"} {
			if strings.Contains(c.Text, hole) {
				t.Errorf("claim with a hole: %q", c.Text)
			}
		}
	}
}

// The same dossier gives the same report.
func TestDraftIsDeterministic(t *testing.T) {
	s := openSample(t)
	texts := func() string {
		r, err := s.a.Write(context.Background(), s.c, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, c := range allClaims(r.Sections) {
			b.WriteString(c.Text)
			b.WriteByte('\n')
		}
		return b.String()
	}
	if a, b := texts(), texts(); a != b {
		t.Error("two drafts of one case differ")
	}
}

func TestTemplateExamples(t *testing.T) {
	if err := openSample(t).a.RunTemplateExamples(context.Background()); err != nil {
		t.Error(err)
	}
}

func TestLintPasses(t *testing.T) {
	s := openSample(t)
	book, err := loadPrompts()
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range s.a.Lint(book) {
		t.Error(err)
	}
}
