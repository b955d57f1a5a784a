package report

// FindingKind is what a rule looks at.
type FindingKind string

// Finding kinds.
const (
	Completeness FindingKind = "completeness"
	Validity     FindingKind = "validity"
	Compliance   FindingKind = "compliance"
	Consistency  FindingKind = "consistency"
	Fraud        FindingKind = "fraud"
	Financial    FindingKind = "financial"
	PostLoanKind FindingKind = "postloan"
	Security     FindingKind = "security"
)

// Severity of a finding.
type Severity string

// Severities, the gravest first.
const (
	Blocker Severity = "blocker"
	Major   Severity = "major"
	Minor   Severity = "minor"
	Info    Severity = "info"
)

// Rank orders severities, 0 is the gravest.
func (s Severity) Rank() int {
	switch s {
	case Blocker:
		return 0
	case Major:
		return 1
	case Minor:
		return 2
	}
	return 3
}

// Result of a rule that did not pass.
type Result string

// Results.
const (
	Fail        Result = "fail"
	NotTestable Result = "not_testable" // what it needs is not there; the message says what
)

// Finding is one thing that a reviewer must see, with its evidence, its basis and what would cure it.
type Finding struct {
	Rule       string      `json:"rule"`
	Title      string      `json:"title"`
	Kind       FindingKind `json:"kind"`
	Severity   Severity    `json:"severity"`
	Result     Result      `json:"result"`
	Documents  []string    `json:"documents"`
	Message    string      `json:"message"`
	Evidence   []Citation  `json:"evidence"`
	Arithmetic string      `json:"arithmetic"`
	Basis      []Basis     `json:"basis"`
	Remedy     string      `json:"remedy"`
	Accepts    []string    `json:"accepts"`
}

// Basis is the article or the bank rule that a finding rests on.
type Basis struct {
	Law     string `json:"law,omitempty"`     // id in validators/law
	Article string `json:"article,omitempty"` // number
	Name    string `json:"name,omitempty"`    // 流动资金贷款管理办法第九条, or the bank rule's key
	Bank    string `json:"bank,omitempty"`    // key of bank_rules
}
