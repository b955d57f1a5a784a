package finance

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// An expr is a formula over indicator ids: + - * / brackets, numbers, and the functions
//
//	avg(x)    half of x at the opening plus x at the end
//	open(x)   x at the opening of the period
//	prior(x)  the flow x of the same span a year before
//	abs(x)
//	first(x, y)  the first of them that the statements print
//	base(x)      x at the first of the compared periods; only in formulas that the package itself writes
//
// An id with a question mark (goodwill?) counts as nothing when the statement does not print it.
type expr struct {
	op   byte // 'n' number, 'i' ident, 'f' function, or + - * / and '~' for the unary minus
	num  dossier.Decimal
	name string // ident or function
	opt  bool   // ident?
	args []*expr
}

func (e *expr) walk(f func(*expr)) {
	f(e)
	for _, a := range e.args {
		a.walk(f)
	}
}

func (e *expr) idents() []string {
	var out []string
	e.walk(func(x *expr) {
		if x.op == 'i' {
			out = append(out, x.name)
		}
	})
	return out
}

func (e *expr) prec() int {
	switch e.op {
	case '+', '-':
		return 1
	case '*', '/':
		return 2
	}
	return 3
}

// String prints the formula so that it parses back.
func (e *expr) String() string {
	return e.format(func(x *expr, _ string) string { return x.name }, plainOps, "")
}

// isRole names the functions that say at which time their argument is taken.
var isRole = map[string]bool{"avg": true, "open": true, "prior": true, "base": true}

var plainOps = map[byte]string{'+': " + ", '-': " - ", '*': " * ", '/': " / "}

// format prints the tree; leaf renders an ident in the role that its function gives it: "", avg, open, prior.
func (e *expr) format(leaf func(*expr, string) string, ops map[byte]string, role string) string {
	switch e.op {
	case 'n':
		return e.num.String()
	case 'i':
		return leaf(e, role)
	case '~':
		return "-" + e.args[0].format(leaf, ops, role)
	case 'f':
		if ops['/'] != plainOps['/'] && isRole[e.name] {
			return e.args[0].format(leaf, ops, e.name)
		}
		parts := make([]string, 0, len(e.args))
		for _, a := range e.args {
			parts = append(parts, a.format(leaf, ops, role))
		}
		return e.name + "(" + strings.Join(parts, ", ") + ")"
	}
	l, r := e.args[0].format(leaf, ops, role), e.args[1].format(leaf, ops, role)
	if e.args[0].prec() < e.prec() {
		l = "(" + l + ")"
	}
	if p := e.args[1].prec(); p < e.prec() || p == e.prec() && (e.op == '-' || e.op == '/') {
		r = "(" + r + ")"
	}
	return l + ops[e.op] + r
}

const maxExpr = 4000 // bytes of a formula

func parseExpr(s string) (*expr, error) {
	if len(s) > maxExpr {
		return nil, fmt.Errorf("formula longer than %d bytes", maxExpr)
	}
	p := &exprParser{s: s}
	e, err := p.sum(0)
	if err != nil {
		return nil, err
	}
	p.blank()
	if p.i < len(p.s) {
		return nil, fmt.Errorf("formula %q: unexpected %q at %d", s, p.s[p.i:], p.i)
	}
	return e, nil
}

type exprParser struct {
	s string
	i int
}

func (p *exprParser) blank() {
	for p.i < len(p.s) && (p.s[p.i] == ' ' || p.s[p.i] == '\n') {
		p.i++
	}
}

func (p *exprParser) peek() byte {
	p.blank()
	if p.i < len(p.s) {
		return p.s[p.i]
	}
	return 0
}

func (p *exprParser) sum(depth int) (*expr, error) {
	return p.chain(depth, "+-", p.product)
}

func (p *exprParser) product(depth int) (*expr, error) {
	return p.chain(depth, "*/", p.unary)
}

func (p *exprParser) chain(depth int, ops string, next func(int) (*expr, error)) (*expr, error) {
	l, err := next(depth)
	for err == nil {
		c := p.peek()
		if c == 0 || strings.IndexByte(ops, c) < 0 {
			return l, nil
		}
		p.i++
		var r *expr
		if r, err = next(depth); err == nil {
			l = &expr{op: c, args: []*expr{l, r}}
		}
	}
	return nil, err
}

func (p *exprParser) unary(depth int) (*expr, error) {
	if depth > 50 {
		return nil, fmt.Errorf("formula %q: nested too deep", p.s)
	}
	switch c := p.peek(); {
	case c == '-':
		p.i++
		a, err := p.unary(depth + 1)
		return &expr{op: '~', args: []*expr{a}}, err
	case c == '(':
		p.i++
		e, err := p.sum(depth + 1)
		if err == nil && p.peek() != ')' {
			err = fmt.Errorf("formula %q: missing ) at %d", p.s, p.i)
		}
		p.i++
		return e, err
	case c >= '0' && c <= '9':
		j := p.i
		for j < len(p.s) && (p.s[j] >= '0' && p.s[j] <= '9' || p.s[j] == '.') {
			j++
		}
		n, err := parseDecimal(p.s[p.i:j])
		p.i = j
		return &expr{op: 'n', num: n}, err
	}
	j := p.i
	for j < len(p.s) && (p.s[j] == '_' || p.s[j] >= 'a' && p.s[j] <= 'z' || p.s[j] >= '0' && p.s[j] <= '9') {
		j++
	}
	if j == p.i {
		return nil, fmt.Errorf("formula %q: want a name or number at %d", p.s, p.i)
	}
	name := p.s[p.i:j]
	p.i = j
	if p.peek() == '(' {
		return p.call(name, depth)
	}
	e := &expr{op: 'i', name: name}
	if p.i < len(p.s) && p.s[p.i] == '?' {
		p.i++
		e.opt = true
	}
	return e, nil
}

// funcArgs is how many arguments a function takes at most.
var funcArgs = map[string]int{"avg": 1, "open": 1, "prior": 1, "base": 1, "abs": 1, "first": 4}

func (p *exprParser) call(name string, depth int) (*expr, error) {
	most := funcArgs[name]
	if most == 0 {
		return nil, fmt.Errorf("formula %q: unknown function %q", p.s, name)
	}
	e := &expr{op: 'f', name: name}
	for {
		p.i++ // the bracket or the comma
		a, err := p.sum(depth + 1)
		if err != nil {
			return nil, err
		}
		if e.args = append(e.args, a); p.peek() == ',' && len(e.args) < most {
			continue
		}
		if p.peek() != ')' {
			return nil, fmt.Errorf("formula %q: missing ) at %d", p.s, p.i)
		}
		p.i++
		return e, nil
	}
}
