package validators

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// Present fires when papers of some types are there: an abolished certificate, a text that should not be.
type Present struct {
	Types      []string `yaml:"types"`
	Superseded bool     `yaml:"superseded"` // speaks of superseded versions of any type instead
}

func (k *Present) validate() error {
	return need(len(k.Types) > 0 || k.Superseded, "types or superseded")
}

func (k *Present) check(in *Input, _ *Rule) []outcome {
	var out []outcome
	for _, d := range in.Dossier.Documents {
		if k.Superseded && d.SupersededBy != "" {
			v := base(in, d)
			v["by"] = d.SupersededBy
			out = append(out, outcome{result: report.Fail, docs: []string{d.File, d.SupersededBy}, vars: v,
				evidence: []report.Citation{{File: d.File, Page: 1, Quote: clip(strings.TrimSpace(firstLine(d)), 40)}}})
		}
	}
	for _, d := range in.Dossier.Valid(k.Types...) {
		out = append(out, outcome{result: report.Fail, docs: files(d), vars: base(in, d)})
	}
	return out
}

func firstLine(d *dossier.Document) string {
	line, _, _ := strings.Cut(strings.TrimSpace(d.Text()), "\n")
	return line
}
