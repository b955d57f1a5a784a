package law

import (
	"errors"
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// check finds what contradicts itself in dates, status and succession.
func (b Book) check() error {
	var errs []error
	bad := func(l Law, format string, a ...any) {
		errs = append(errs, fmt.Errorf("%s.yaml: %s", l.ID, fmt.Sprintf(format, a...)))
	}
	for _, l := range b {
		switch l.Status {
		case "", "in_force", "amended", "repealed":
		default:
			bad(l, "status %q: want in_force, amended or repealed", l.Status)
		}
		if (l.Status == "repealed") != !l.Repealed.IsZero() {
			bad(l, "status %q does not go with repealed: %s", l.Status, l.Repealed)
		}
		if (l.Status == "amended") != !l.Amended.IsZero() {
			bad(l, "status %q does not go with amended: %s", l.Status, l.Amended)
		}
		if !l.Repealed.IsZero() && !l.Effective.Before(l.Repealed) {
			bad(l, "repealed on %s, before it was in force (%s)", l.Repealed, l.Effective)
		}
		if next, ok := b[l.Successor]; l.Successor != "" && (!ok || l.Repealed.IsZero() || l.Successor == l.ID || next.Effective.After(l.Repealed)) {
			bad(l, "successor %q is not held here, or does not follow it", l.Successor)
		}
		for _, o := range l.Replaces {
			_, a, ok := b.Article(l.ID, fmt.Sprint(o.Article))
			if o.Name == "" || o.Date.IsZero() || !ok || !strings.Contains(a.Text, o.Name) {
				bad(l, "replaces %q: its article %d does not say so, or the date is missing", o.Name, o.Article)
			}
		}
	}
	return errors.Join(errs...)
}

// Replaced finds the law that repealed a rule on or before a day, by the rule's name without 《》 or its number; the
// zero day takes all. A name that a law of the book bears itself tells nothing: the new text often keeps it.
func (b Book) Replaced(rule string, on dossier.Date) (Law, Old, bool) {
	for _, l := range b {
		if l.Name == rule {
			return Law{}, Old{}, false
		}
	}
	for _, l := range b {
		for _, o := range l.Replaces {
			if (rule == o.Name || rule == o.Number && o.Number != "") && (on.IsZero() || !on.Before(o.Date)) {
				return l, o, true
			}
		}
	}
	return Law{}, Old{}, false
}

// Caution says in Chinese what a reader of the text must know on a day: a newer text exists. "" when nothing.
func (l Law) Caution(on dossier.Date) string {
	if l.Amended.IsZero() || !on.IsZero() && on.Before(l.Amended) {
		return ""
	}
	return "《" + l.Name + "》已于" + l.Amended.Chinese() + "修订，这里收录的是修订前的文本，引用前请核对现行条文"
}
