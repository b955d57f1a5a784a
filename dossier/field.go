package dossier

// FieldKind is the type of a field's canonical value.
type FieldKind string

// Field kinds with their canonical form.
const (
	KindText    FieldKind = "text"    // as read, blanks folded
	KindMoney   FieldKind = "money"   // decimal in 元
	KindDate    FieldKind = "date"    // 2006-01-02, or 长期
	KindPeriod  FieldKind = "period"  // 2025-12, 2025Q4, or 2025-01-01/2025-12-31
	KindPercent FieldKind = "percent" // decimal ratio: 45% is 0.45
	KindNumber  FieldKind = "number"  // decimal
	KindArea    FieldKind = "area"    // ㎡; 亩 and 公顷 are converted
	KindUSCC    FieldKind = "uscc"    // 18 characters, upper case
	KindIDCard  FieldKind = "id_card" // 18 characters
	KindCode    FieldKind = "code"    // a number of the issuer's: contract, licence, report
	KindBool    FieldKind = "bool"    // yes, no, unclear
	KindPerson  FieldKind = "person"  // a name, without 先生, （签字） and the like
	KindOrg     FieldKind = "org"     // a company's, branch's or office's name, without （盖章） and numbers behind it
	KindAddress FieldKind = "address" // as read, without the specks around it

	KindBankCard FieldKind = "bank_card" // digits, Luhn; corporate accounts have no check digit: use code
	KindOrgCode  FieldKind = "org_code"  // 9 characters, GB 11714
	KindVIN      FieldKind = "vin"       // 17 characters, GB 16735
	KindPlate    FieldKind = "plate"     // 浙B12345, 8 characters for new energy
	KindRows     FieldKind = "rows"      // a list; see Rows
)

// LongTerm is the value of a date field that never ends.
const LongTerm = "长期"

// Field is one value taken from a document, with where it stands and how sure the reading is.
type Field struct {
	Key        string
	Label      string // Chinese
	Kind       FieldKind
	Value      string // canonical, see FieldKind
	Raw        string // as printed
	Rows       []Row  // for KindRows
	At         Place
	Confidence float64 // 0..1
	Method     string  // label, pattern, table, statement, count, sum

	Doubt     string     // why the value is doubtful, in Chinese; "" when nothing speaks against it
	Candidate *Candidate // what other materials of the dossier read instead; never put in silently
}

// Candidate is a reading that another material supports for a doubtful value.
type Candidate struct {
	Value string
	At    Place
}

// Meant is the value that the dossier as a whole supports: the candidate where one is offered, else Value. It is for
// finding out what belongs together; what is said or compared as a fact is Value.
func (f Field) Meant() string {
	if f.Candidate != nil && f.Candidate.Value != "" {
		return f.Candidate.Value
	}
	return f.Value
}

// Row is one line of a list field, by column key.
type Row struct {
	Cells map[string]Field
	At    Place
}

// Get returns the canonical value of a column, "" when absent.
func (r Row) Get(key string) string { return r.Cells[key].Value }

// Date parses the value of a date field; ok is false for 长期 and for unreadable dates.
func (f Field) Date() (Date, bool) {
	d, err := ParseDate(f.Value)
	return d, err == nil
}

// Decimal parses the value of a money, percent, number or area field.
func (f Field) Decimal() (Decimal, bool) {
	d, err := parseDecimal(f.Value)
	return d, err == nil
}
