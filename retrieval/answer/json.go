// Package answer shows what a search found, as JSON (xindiao.search/v1) and as text.
package answer

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/retrieval"
)

// Schema names the JSON.
const Schema = "xindiao.search/v1"

// Answer is what a search found, with the searches that were made.
type Answer struct {
	Schema  string   `json:"schema"`
	Query   string   `json:"query"`
	Scopes  []string `json:"scopes"`
	Queries []Ask    `json:"queries"`
	Hits    []Hit    `json:"hits"`
	Notes   []string `json:"notes"`
	Route   string   `json:"route,omitempty"`
	Space   string   `json:"space,omitempty"`
}

// Ask is one search.
type Ask struct {
	Text   string  `json:"text"`
	Weight float64 `json:"weight"`
	Adds   []Added `json:"adds"`
}

// Added is a term that nobody typed, with the reason.
type Added struct {
	Text   string  `json:"text"`
	Weight float64 `json:"weight"`
	Why    string  `json:"why"`
}

// Hit is one passage with its place.
type Hit struct {
	Source  string   `json:"source"`
	File    string   `json:"file"`
	Page    int      `json:"page,omitempty"`
	Line    int      `json:"line,omitempty"`
	Cell    string   `json:"cell,omitempty"`
	Clause  string   `json:"clause,omitempty"`
	Type    string   `json:"type,omitempty"`
	Title   string   `json:"title,omitempty"`
	Label   string   `json:"label,omitempty"`
	Party   string   `json:"party,omitempty"`
	Period  string   `json:"period,omitempty"`
	Start   int      `json:"start"` // bytes into the page's text
	End     int      `json:"end"`
	Quote   string   `json:"quote"` // the passage as it stands
	Context string   `json:"context,omitempty"`
	Score   float64  `json:"score"`
	Rerank  float64  `json:"rerank,omitempty"`
	Legs    []Leg    `json:"legs"`
	Also    []string `json:"also,omitempty"`
}

// Leg is one ranking's say.
type Leg struct {
	Name  string  `json:"name"`
	Query string  `json:"query,omitempty"`
	Rank  int     `json:"rank"`
	Score float64 `json:"score"`
}

// Of makes an answer of a result; scopes say in Chinese what was searched.
func Of(question string, scopes []string, r retrieval.Result) Answer {
	out := Answer{Schema: Schema, Query: question, Scopes: scopes, Queries: []Ask{}, Hits: []Hit{}, Notes: []string{}, Route: r.Route, Space: r.Space.Name}
	out.Notes = append(out.Notes, r.Notes...)
	for _, q := range r.Queries {
		ask := Ask{Text: q.Text, Weight: q.Weight, Adds: []Added{}}
		for _, t := range q.Terms {
			if t.Why != "" {
				ask.Adds = append(ask.Adds, Added{t.Text, t.Weight, t.Why})
			}
		}
		out.Queries = append(out.Queries, ask)
	}
	for _, h := range r.Hits {
		p := h.Passage.Place
		hit := Hit{Source: h.Source, File: p.File, Page: p.Page, Line: p.Line, Cell: p.Cell, Clause: h.Clause, Type: h.Type, Title: h.Title, Label: h.Label,
			Party: h.Party, Period: h.Period, Start: h.Passage.Start, End: h.Passage.End, Quote: h.Passage.Text, Context: h.Context, Score: h.Score,
			Rerank: h.Rerank, Legs: []Leg{}}
		for _, l := range h.Legs {
			hit.Legs = append(hit.Legs, Leg(l))
		}
		for _, a := range h.Also {
			hit.Also = append(hit.Also, standing(a))
		}
		out.Hits = append(out.Hits, hit)
	}
	return out
}

// standing says where something is: 合同.pdf 第3页, 报表.xlsx 资产负债表!A5.
func standing(p dossier.Place) string {
	switch {
	case p.Cell != "":
		return p.File + " " + p.Cell
	case p.Page > 0:
		return fmt.Sprintf("%s 第%d页", p.File, p.Page)
	}
	return p.File
}
