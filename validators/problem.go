package validators

import (
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// Problem turns reading problems into findings.
type Problem struct {
	Kinds []dossier.ErrorKind `yaml:"kinds"`
}

func (k *Problem) validate() error { return need(len(k.Kinds) > 0, "kinds") }

func (k *Problem) check(in *Input, _ *Rule) []outcome {
	var out []outcome
	for _, p := range in.Dossier.Problems { // of the folder as a whole: application.yaml, links that lead out
		if k.has(p.Kind) {
			v := base(in, nil)
			v["file"], v["problem"], v["remedy"] = "资料文件夹", p.Msg, p.Remedy
			out = append(out, outcome{result: report.Fail, vars: v})
		}
	}
	for _, d := range in.Dossier.Documents {
		ok := true
		for _, p := range d.Problems {
			if !k.has(p.Kind) || p.Kind == dossier.ErrEmpty && d.Type != dossier.TypeUnknown && d.Type != "" {
				continue // a photo without words was still recognised as one
			}
			ok = false
			v := base(in, d)
			v["problem"], v["remedy"] = p.Msg, p.Remedy
			out = append(out, outcome{result: report.Fail, docs: files(d), vars: v,
				evidence: []report.Citation{{File: d.File, Page: p.Page, Quote: p.Msg}}})
		}
		if ok {
			out = append(out, outcome{docs: files(d)})
		}
	}
	return out
}

func (k *Problem) has(kind dossier.ErrorKind) bool {
	for _, x := range k.Kinds {
		if x == kind {
			return true
		}
	}
	return false
}
