package evals

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/evals/card"
	"github.com/xindiao/xindiao/evals/metrics"
)

// Schema names the scorecard's JSON.
const Schema = "xindiao.scorecard/v1"

// Scorecard is one run. Its JSON is stable: sorted, without times, so that it can be committed.
type Scorecard struct {
	Schema   string             `json:"schema"`
	Suite    string             `json:"suite"`
	Model    string             `json:"model"`
	OCR      string             `json:"ocr,omitempty"`    // scans read differently give other scores
	Cached   bool               `json:"cached,omitempty"` // readings were not made in this run
	Dossiers []DossierScore     `json:"dossiers"`
	Summary  map[string]Summary `json:"summary"`
}

// DossierScore is what one dossier scored.
type DossierScore struct {
	Dossier string                    `json:"dossier"`
	Scores  map[string]metrics.Result `json:"scores"`
	Errors  []string                  `json:"errors,omitempty"`
	Seconds float64                   `json:"-"`
}

// Summary of a metric over the dossiers: rates in basis points, or counts of faults where fewer is better.
type Summary struct {
	Mean  int    `json:"mean"`
	Worst int    `json:"worst"`
	Where string `json:"where"` // the dossier of the worst
}

func (c *Scorecard) summarize() {
	c.Summary = map[string]Summary{}
	for _, m := range metrics.All() {
		var s Summary
		sum := 0
		for i, d := range c.Dossiers {
			v := value(m, d.Scores[m.Name])
			sum += v
			if i == 0 || worse(m, v, s.Worst) {
				s.Worst, s.Where = v, d.Dossier
			}
		}
		if n := len(c.Dossiers); n > 0 {
			s.Mean = sum / n
			if m.Lower {
				s.Mean = sum * 100 / n // hundredths: counts are small
			}
		}
		c.Summary[m.Name] = s
	}
}

// value is what is compared: a rate in basis points, or a count.
func value(m metrics.Metric, r metrics.Result) int {
	if m.Lower {
		return r.Good
	}
	return r.Rate()
}

func worse(m metrics.Metric, a, b int) bool {
	if m.Lower {
		return a > b
	}
	return a < b
}

// JSON prints the scorecard for committing.
func (c *Scorecard) JSON() ([]byte, error) { return card.JSON(c) }

// Load reads a committed scorecard.
func Load(file string) (*Scorecard, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, &dossier.Error{Kind: dossier.ErrNotFound, File: file, Msg: "无法读取基线成绩单", Cause: err}
	}
	var c Scorecard
	if err := json.Unmarshal(data, &c); err != nil {
		return nil, &dossier.Error{Kind: dossier.ErrInput, File: file, Msg: "基线成绩单不是有效的 JSON", Cause: err}
	}
	if c.Schema != Schema {
		return nil, &dossier.Error{Kind: dossier.ErrInput, File: file, Msg: fmt.Sprintf("基线成绩单的格式是 %q，应为 %s", c.Schema, Schema)}
	}
	return &c, nil
}
