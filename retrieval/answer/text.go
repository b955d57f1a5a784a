package answer

import (
	"fmt"
	"io"
	"strings"

	"github.com/xindiao/xindiao/retrieval"
	"github.com/xindiao/xindiao/retrieval/chunk"
)

// Text prints hits for a person: where, what kind of paper, the words.
func Text(w io.Writer, question string, scopes []string, r retrieval.Result, explain bool, width int) error {
	var b strings.Builder
	fmt.Fprintf(&b, "查询  %s\n范围  %s；%d 个段落\n", question, strings.Join(scopes, "；"), r.Searched)
	if explain {
		explainPlan(&b, r)
	}
	for _, n := range r.Notes {
		b.WriteString("注意  " + n + "\n")
	}
	if len(r.Hits) == 0 {
		b.WriteString("\n没有找到。换一种说法，或放宽 --type、--period 等条件再试。\n")
	}
	for i, h := range r.Hits {
		fmt.Fprintf(&b, "\n%2d. %s\n", i+1, strings.Join(headline(h), " · "))
		for _, line := range shown(h, width-4) {
			b.WriteString("    " + line + "\n")
		}
		if len(h.Also) > 0 {
			b.WriteString("    同样的文字还见于：")
			for k, a := range h.Also {
				if k > 0 {
					b.WriteString("、")
				}
				b.WriteString(standing(a))
			}
			b.WriteByte('\n')
		}
		if explain {
			explainHit(&b, h)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func headline(h retrieval.Hit) []string {
	parts := []string{standing(h.Passage.Place)}
	if h.Label != "" || h.Dossier == 0 && h.Type == "" {
		parts[0] = strings.TrimSpace(h.Title + " " + h.Label)
		h.Title, h.Clause = "", ""
	}
	for _, s := range []string{h.Title, h.Clause, h.Party, h.Period} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return parts
}

func explainPlan(b *strings.Builder, r retrieval.Result) {
	for _, q := range r.Queries {
		fmt.Fprintf(b, "检索  %s（权重 %.2f）\n", q.Text, q.Weight)
		for _, t := range q.Terms {
			if t.Why != "" {
				fmt.Fprintf(b, "      ＋%s（%s，权重 %.2f）\n", t.Text, t.Why, t.Weight)
			}
		}
	}
	if r.Space.Name != "" {
		fmt.Fprintf(b, "向量  %s，%d维，%s\n", r.Space.Name, r.Space.Dim, routes[r.Route])
	}
}

var routes = map[string]string{"": "未使用", "exact": "逐一精确比较", "hnsw": "HNSW 近似索引"}

func explainHit(b *strings.Builder, h retrieval.Hit) {
	fmt.Fprintf(b, "    得分 %.5f", h.Score)
	if h.Rerank != 0 {
		fmt.Fprintf(b, "，重排 %.4f", h.Rerank)
	}
	for _, l := range h.Legs {
		fmt.Fprintf(b, "；%s 第%d名 %.3f", l.Name, l.Rank, l.Score)
		if l.Query != "" {
			fmt.Fprintf(b, "（%s）", l.Query)
		}
	}
	fmt.Fprintf(b, "；第%d–%d字节\n", h.Passage.Start, h.Passage.End)
}

// shown is the passage in at most rows lines: rows of a table each on its own, prose run together.
func shown(h retrieval.Hit, columns int) []string {
	const rows = 5
	if h.Kind != string(chunk.Row) && h.Kind != string(chunk.Line) {
		return wrap(oneLine(h.Passage.Text), columns, rows)
	}
	var out []string
	all := strings.Split(strings.TrimSpace(h.Passage.Text), "\n")
	for i, line := range all {
		if i == rows-1 && len(all) > rows {
			return append(out, fmt.Sprintf("…另有%d行", len(all)-i))
		}
		out = append(out, wrap(strings.ReplaceAll(line, "\t", " | "), columns, 1)...)
	}
	return out
}

// oneLine joins printed lines; a table row's columns stay apart.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }), " ")
}

// wrap breaks text to so many columns, a Chinese character being two, and to so many lines.
func wrap(s string, columns, lines int) []string {
	var out []string
	var b strings.Builder
	used := 0
	for _, r := range s {
		n := 1
		if r >= 0x1100 {
			n = 2
		}
		if used+n > columns {
			if len(out) == lines-1 {
				b.WriteRune('…')
				break
			}
			out = append(out, b.String())
			b.Reset()
			used = 0
		}
		b.WriteRune(r)
		used += n
	}
	return append(out, b.String())
}
