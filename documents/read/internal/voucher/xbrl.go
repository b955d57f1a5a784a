package voucher

import (
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/xmltree"
)

// facts turns an XBRL instance into a plain tree: contexts, units and links go, a fact that is nil goes, and where the
// facts speak of more than one period or in another currency than 人民币 that is written behind them.
func (w *walk) facts(root *xmltree.Node) *xmltree.Node {
	periods, units := map[string]string{}, map[string]string{}
	used := map[string]bool{}
	out := &xmltree.Node{Name: root.Name, Space: root.Space}
	for _, k := range root.Kids {
		switch k.Name {
		case "context":
			periods[k.Attr("id")] = period(k)
		case "unit":
			units[k.Attr("id")] = measure(k)
		case "schemaRef", "linkbaseRef", "roleRef", "arcroleRef", "footnoteLink":
		default:
			out.Kids = append(out.Kids, k)
			if p := periods[k.Attr("contextRef")]; p != "" {
				used[p] = true
			}
		}
	}
	several := len(used) > 1
	for i, k := range out.Kids {
		out.Kids[i] = fact(k, periods, units, several)
	}
	return out
}

// fact copies one fact or tuple without its technical attributes.
func fact(n *xmltree.Node, periods, units map[string]string, several bool) *xmltree.Node {
	out := &xmltree.Node{Name: n.Name, Space: n.Space, Text: n.Text}
	if n.Attr("nil") == "true" {
		out.Text = ""
	}
	if strings.TrimSpace(out.Text) != "" {
		if u := units[n.Attr("unitRef")]; u != "" {
			out.Text += " " + u
		}
		if p := periods[n.Attr("contextRef")]; p != "" && several {
			out.Name += "（" + p + "）"
		}
	}
	for _, k := range n.Kids {
		out.Kids = append(out.Kids, fact(k, periods, units, several))
	}
	return out
}

// period says what time and, with dimensions, what member a context is about.
func period(n *xmltree.Node) string {
	p := n.Kid("period")
	s := p.Kid("instant").Value()
	if from, to := p.Kid("startDate").Value(), p.Kid("endDate").Value(); from != "" || to != "" {
		s = from + "至" + to
	}
	for _, where := range []*xmltree.Node{n.Find("entity", "segment"), n.Kid("scenario")} {
		if where == nil {
			continue
		}
		for _, m := range where.Kids {
			v := m.Value()
			if len(m.Kids) > 0 {
				v = m.Kids[0].Value()
			}
			if i := strings.LastIndexByte(v, ':'); i >= 0 {
				v = v[i+1:]
			}
			if v != "" {
				s += " " + v
			}
		}
	}
	return strings.ToValidUTF8(s[:min(len(s), 200)], "")
}

// measure is the currency of a unit, "" for renminbi and for plain numbers.
func measure(n *xmltree.Node) string {
	v := n.Kid("measure").Value()
	if code, ok := strings.CutPrefix(v, "iso4217:"); ok && code != "CNY" {
		return code
	}
	return ""
}
