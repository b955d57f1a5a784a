// Package dossier holds what xindiao reads: the application, the parties, the documents with their pages and
// fields, and the figures taken or computed from them. It depends on nothing else of ours.
package dossier

import "sort"

// Dossier is one borrower's folder after reading: what was asked for, what was handed in, what was found in it.
type Dossier struct {
	Root        string      // folder or upload it was read from; never shown to a model
	Application Application // from application.yaml, flags, or inferred
	Documents   []*Document // in reading order, members of archives after their archive
	Problems    []Problem   // of the dossier as a whole; a file's own problems are on its Document
}

// ByType returns the documents named typeID, valid ones first, in reading order.
func (d *Dossier) ByType(typeIDs ...string) []*Document {
	var valid, old []*Document
	for _, doc := range d.Documents {
		for _, id := range typeIDs {
			if doc.Type != id {
				continue
			}
			if doc.Current() {
				valid = append(valid, doc)
			} else {
				old = append(old, doc)
			}
			break
		}
	}
	return append(valid, old...)
}

// Valid is ByType without superseded and duplicate versions and without other companies' papers.
func (d *Dossier) Valid(typeIDs ...string) []*Document {
	docs := d.ByType(typeIDs...)
	n := sort.Search(len(docs), func(i int) bool { return !docs[i].Current() })
	return docs[:n]
}

// Document returns the document stored under file ("补充材料.zip/发票.pdf"), or nil.
func (d *Dossier) Document(file string) *Document {
	for _, doc := range d.Documents {
		if doc.File == file {
			return doc
		}
	}
	return nil
}

// Application is what the borrower asks for and the rules under which the bank looks at it (application.yaml).
type Application struct {
	Dossier      string   `yaml:"dossier"`
	Applicant    string   `yaml:"applicant"`
	USCC         string   `yaml:"uscc"`
	CustomerType string   `yaml:"customer_type"` // corporate, small_micro, individual_business…
	Product      string   `yaml:"product"`       // as the bank calls it: 流动资金贷款…
	AmountCNY    Decimal  `yaml:"amount_cny"`    // 元
	TermMonths   int      `yaml:"term_months"`
	Guarantee    string   `yaml:"guarantee"` // 抵押, 质押, 保证, 信用, or several joined by 、+
	Purpose      string   `yaml:"purpose"`
	Industry     string   `yaml:"industry_code_claimed"` // GB/T 4754-2017 code as claimed
	ReportKind   string   `yaml:"report_kind"`           // 授信调查报告 or 贷后检查报告
	AsOf         Date     `yaml:"as_of"`                 // the day that validity is judged on
	CheckPeriod  string   `yaml:"check_period"`          // post-loan: 2026-03-18至2026-09-30
	Lender       string   `yaml:"lender"`
	Bank         BankRule `yaml:"bank_rules"`

	Inferred []string `yaml:"-"` // keys that nobody stated: they were read off the materials or defaulted
}

// PostLoan tells whether a post-loan check report was asked for.
func (a Application) PostLoan() bool { return a.ReportKind == ReportPostLoan }

// The two report kinds, as application.yaml writes them.
const (
	ReportCredit   = "授信调查报告"
	ReportPostLoan = "贷后检查报告"
)

// BankRule holds the lender's own limits; they override the catalogue's defaults and are never law.
type BankRule struct {
	CreditReportMaxAgeDays   int                `yaml:"credit_report_max_age_days"`
	RegistrySearchMaxAgeDays int                `yaml:"registry_search_max_age_days"`
	CourtSearchMaxAgeDays    int                `yaml:"court_search_max_age_days"`
	RegistrationMaxAgeDays   int                `yaml:"registration_extract_max_age_days"`
	BankStatementMonths      int                `yaml:"bank_statement_months"`
	FinancialsYears          int                `yaml:"financials_years"`
	MortgageLTVMax           map[string]Decimal `yaml:"mortgage_ltv_max"` // by collateral class: industrial, residential…
	SalesGrowth              Decimal            `yaml:"sales_growth_max"` // ceiling of the growth used in the working-capital estimate
	Note                     string             `yaml:"note"`
}

// Days returns the bank's limit of that name in days, months or years, 0 when the bank sets none.
func (b BankRule) Days(key string) int {
	switch key {
	case "credit_report_max_age_days":
		return b.CreditReportMaxAgeDays
	case "registry_search_max_age_days":
		return b.RegistrySearchMaxAgeDays
	case "court_search_max_age_days":
		return b.CourtSearchMaxAgeDays
	case "registration_extract_max_age_days":
		return b.RegistrationMaxAgeDays
	case "bank_statement_months":
		return b.BankStatementMonths
	case "financials_years":
		return b.FinancialsYears
	}
	return 0
}
