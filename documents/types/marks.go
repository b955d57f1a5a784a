package types

import "regexp"

// Mark is a seal or a signature that a kind carries.
type Mark struct {
	Who      string   `yaml:"who"`      // whose: 登记机关, 借款人, 注册会计师
	Where    []string `yaml:"where"`    // words beside which it stands, blanks dropped; empty: anywhere
	Min      int      `yaml:"min"`      // how many at least; 0 means 1
	Optional bool     `yaml:"optional"` // welcome, but a paper without it holds too
}

// AtLeast returns how many are asked for, 0 for an optional mark.
func (m Mark) AtLeast() int {
	if m.Optional {
		return 0
	}
	return max(m.Min, 1)
}

// Successor says what holds instead of an abolished kind.
type Successor struct {
	Kinds []string `yaml:"kinds"` // ids; any of them does
	Since string   `yaml:"since"` // YYYY-MM-DD from which the old paper is no longer asked for
	Law   string   `yaml:"law"`   // law:article, "" when the text of the order is not held
	Say   string   `yaml:"say"`   // what the customer manager is told, Chinese
}

// OldForm is an abolished print of a kind that lives on, e.g. 贷款卡 of 中征码.
type OldForm struct {
	Pattern string `yaml:"pattern"` // matched against the text without blanks
	Name    string `yaml:"name"`
	Since   string `yaml:"since"` // YYYY-MM-DD, as in Successor
	Say     string `yaml:"say"`

	re *regexp.Regexp
}

// In tells whether the text, folded and without blanks, is such a print.
func (o OldForm) In(text string) bool { return o.re != nil && o.re.MatchString(text) }

// Outdated says in Chinese why a paper of this kind with these words, folded and without blanks, is no longer needed;
// "" when it is.
func (t *Type) Outdated(text string) string {
	if t.ReplacedBy != nil {
		return t.ReplacedBy.Say
	}
	for _, o := range t.OldForms {
		if o.In(text) {
			return o.Say
		}
	}
	return ""
}
