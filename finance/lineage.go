package finance

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// LineageStep is one figure on the way from a result to the papers.
type LineageStep struct {
	Depth  int // 0 is the figure asked for
	Figure dossier.Figure
	Text   string // its arithmetic, or its value and place
}

const (
	maxLineage      = 200 // steps of a lineage that are shown
	maxLineageDepth = 8
	maxPlaces       = 6 // places that one line names
)

// Lineage lists what a figure rests on, down to what was read; a figure met twice is told once.
func (s *Set) Lineage(f dossier.Figure) []LineageStep {
	var out []LineageStep
	seen := map[string]bool{}
	var walk func(dossier.Figure, int)
	walk = func(f dossier.Figure, depth int) {
		if seen[f.ID] && f.ID != "" || len(out) >= maxLineage || depth > maxLineageDepth {
			return
		}
		seen[f.ID] = true
		out = append(out, LineageStep{depth, f, s.Arithmetic(f)})
		for _, id := range f.Operands {
			if o, ok := s.Figure(id); ok {
				walk(o, depth+1)
			}
		}
	}
	walk(f, 0)
	return out
}

// spot is a page or a sheet that figures were read from.
type spot struct {
	at           string // file with page or sheet
	names, cells []string
}

// places says where the operands of f were read, and which of them were computed.
func (s *Set) places(f dossier.Figure) string {
	var spots []*spot
	var computed []string
	names := map[string]bool{}
	seen := map[string]bool{}
	var walk func(dossier.Figure, int)
	walk = func(f dossier.Figure, depth int) {
		for _, id := range f.Operands {
			o, ok := s.Figure(id)
			if !ok || seen[id] || len(seen) >= maxLineage || depth > maxLineageDepth {
				continue
			}
			seen[id] = true
			if o.Source == nil {
				if o.Formula != "" && depth == 0 && !names[o.Name] {
					names[o.Name] = true
					computed = append(computed, o.Name)
				}
				walk(o, depth+1)
				continue
			}
			spots = addSpot(spots, o)
		}
	}
	walk(f, 0)
	var parts []string
	for i, p := range spots {
		if i == maxPlaces {
			parts = append(parts, "等"+intD(len(spots)).String()+"处")
			break
		}
		text := p.at + strings.Join(p.cells, "、")
		if len(spots) > 1 {
			text = strings.Join(p.names, "、") + "：" + text
		}
		parts = append(parts, text)
	}
	out := strings.Join(parts, "；")
	if out != "" {
		out = "，" + out
	}
	if len(computed) > 0 {
		out += "（" + strings.Join(computed, "、") + "系计算）"
	}
	return out
}

func addSpot(spots []*spot, o dossier.Figure) []*spot {
	at, cell := spotText(o.Source.Place)
	var p *spot
	for _, q := range spots {
		if q.at == at {
			p = q
		}
	}
	if p == nil {
		p = &spot{at: at}
		spots = append(spots, p)
	}
	p.names = addOnce(p.names, o.Name)
	if cell != "" {
		p.cells = addOnce(p.cells, cell)
	}
	return spots
}

func addOnce(list []string, v string) []string {
	for _, x := range list {
		if x == v {
			return list
		}
	}
	return append(list, v)
}

// spotText splits a place into what several figures share, and the cell: 报表.xlsx 资产负债表! and B20, 审计报告.pdf第4页.
func spotText(p dossier.Place) (at, cell string) {
	at = p.File[strings.LastIndexByte(p.File, '/')+1:]
	switch {
	case p.Cell != "":
		i := strings.LastIndexByte(p.Cell, '!')
		return at + " " + p.Cell[:i+1], p.Cell[i+1:]
	case p.Page > 0:
		at += "第" + intD(p.Page).String() + "页"
	}
	return at, ""
}
