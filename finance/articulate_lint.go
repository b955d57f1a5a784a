package finance

import (
	"fmt"
	"regexp"
)

// checkExpr parses an optional formula over lines, ratios and inputs.
func checkExpr(text string, to **expr) error {
	if text == "" {
		return nil
	}
	e, err := parseExpr(text)
	if err != nil {
		return err
	}
	for _, id := range e.idents() {
		if StatementOf(id) == "" && ratioByID(id) == nil && inputByID(id) == nil {
			return fmt.Errorf("formula names unknown %q", id)
		}
	}
	*to = e
	return nil
}

func (c *Check) compileCopies() error {
	if len(c.Copies) == 0 {
		return fmt.Errorf("copies are required")
	}
	for _, p := range c.Copies {
		if len(p.Types) == 0 || p.Name == "" || len(p.Year) == 0 || len(p.Fields) == 0 {
			return fmt.Errorf("copies: types, name, year and fields are required")
		}
		for k, id := range p.Fields {
			if StatementOf(id) == "" {
				return fmt.Errorf("copies: %s: unknown line %q", k, id)
			}
		}
	}
	return nil
}

func (c *Check) compileAudit() error {
	if c.Audit == nil || len(c.Audit.Types) == 0 || len(c.Audit.Fields) == 0 {
		return fmt.Errorf("audit: types and fields are required")
	}
	for i := range c.Audit.Fields {
		f := &c.Audit.Fields[i]
		if f.Key == "" || f.Name == "" {
			return fmt.Errorf("audit: key and name are required")
		}
		if f.Good != "" {
			re, err := regexp.Compile(f.Good)
			if err != nil {
				return fmt.Errorf("audit: %s: %w", f.Key, err)
			}
			f.good = re
		}
	}
	for i := range c.Audit.Words {
		w := &c.Audit.Words[i]
		re, err := regexp.Compile(w.Pattern)
		if err != nil || w.Says == "" {
			return fmt.Errorf("audit: word %q: want a pattern and what it says", w.Pattern)
		}
		w.re = re
	}
	return nil
}
