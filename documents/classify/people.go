package classify

import (
	"regexp"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

// people is who is who around the borrower, with the documents that say so.
type people struct {
	borrower     string
	code         string // its unified social credit code
	legalRep     map[string]bool
	spouse       map[string]bool
	holders      map[string]bool
	guarantors   map[string]bool
	counterparty map[string]bool
}

var guaranteeBy = regexp.MustCompile(`(?:由|[、,，。;和及]|法定代表人|实际控制人|股东)?([\p{Han}()、]{2,60}?)(?:夫妇|夫妻)?(?:为[^。]{0,20})?(?:提供|承担)[^。]{0,12}(?:保证|担保)`)

func who(docs []*dossier.Document, app dossier.Application) *people {
	p := &people{borrower: app.Applicant, code: app.USCC, legalRep: set{}, spouse: set{}, holders: set{}, guarantors: set{}, counterparty: set{}}
	if p.borrower == "" {
		p.borrower = commonest(docs)
	}
	for _, d := range docs {
		mine := p.is(value(d, "name")) || p.is(value(d, "entity"))
		switch d.Type {
		case "business_license", "business_registration_extract", "articles_of_association":
			if !mine {
				continue
			}
			put(p.legalRep, value(d, "legal_rep"))
			for _, key := range []string{"shareholders", "holders"} {
				for _, r := range d.Fields[key].Rows {
					put(p.holders, r.Get("name"))
				}
			}
		case "credit_report_enterprise":
			put(p.legalRep, value(d, "legal_rep"))
			for _, r := range d.Fields["guarantees"].Rows {
				put(p.counterparty, r.Get("borrower"))
			}
			for _, r := range d.Fields["loans"].Rows {
				p.guaranteedBy(r.Get("security"))
			}
		case "loan_application", "loan_contract", "shareholders_resolution", "credit_investigation_report":
			p.guaranteedBy(value(d, "guarantee"))
		case "guarantee_contract", "guarantor_commitment":
			put(p.guarantors, value(d, "guarantor"))
		case "mortgage_contract", "pledge_contract", "mortgage_registration_cert", "equity_pledge_registration", "ip_pledge_registration":
			for _, k := range []string{"mortgagor", "pledgor", "guarantor"} { // a third party's security
				if v := value(d, k); v != "" && !d.Scan && !p.is(v) {
					put(p.guarantors, v)
				}
			}
		case "sales_contracts", "purchase_contracts", "lease_contract_premises":
			for _, k := range []string{"party_a", "party_b", "supplier"} {
				if v := value(d, k); v != "" && !p.is(v) {
					put(p.counterparty, v)
				}
			}
		}
	}
	for _, d := range docs {
		if d.Type == "credit_report_personal" && (p.legalRep[plain.Tight(value(d, "name"))] || len(p.legalRep) == 0 || p.holders[plain.Tight(value(d, "name"))]) {
			put(p.spouse, value(d, "spouse"))
		}
	}
	for _, d := range docs {
		if d.Type == "marriage_certificate" && value(d, "state") != "离婚证" {
			p.couple(d, docs)
		}
	}
	for n := range p.legalRep {
		delete(p.spouse, n)
	}
	return p
}

type set = map[string]bool

func put(s set, name string) {
	if name = plain.Tight(name); len([]rune(name)) > 1 {
		s[name] = true
	}
}

func value(d *dossier.Document, key string) string { return d.Fields[key].Value }

// is tells whether name is the borrower's, reading faults of a scan allowed.
func (p *people) is(name string) bool { return p.borrower != "" && Alike(name, p.borrower) }

// guaranteedBy takes the names out of 保证（甲、乙） and 由甲、乙夫妇提供连带责任保证.
func (p *people) guaranteedBy(s string) {
	s = plain.Tight(s)
	if s == "" {
		return
	}
	if i := strings.Index(s, "保证("); i >= 0 {
		in, _, _ := strings.Cut(s[i+len("保证("):], ")")
		for _, n := range strings.Split(in, "、") {
			put(p.guarantors, n)
		}
	}
	for _, m := range guaranteeBy.FindAllStringSubmatch(s, 5) {
		for _, n := range strings.FieldsFunc(m[1], func(r rune) bool { return strings.ContainsRune("、,和及", r) }) {
			for _, cut := range []string{"法定代表人", "实际控制人", "股东", "由", "并", "同时"} {
				n = strings.TrimPrefix(n, cut)
			}
			n = strings.TrimSuffix(n, "夫妇")
			if k := len([]rune(n)); k >= 2 && k <= 4 || strings.Contains(n, "公司") {
				put(p.guarantors, n)
			}
		}
	}
}

// commonest is the company that most papers name as their owner.
func commonest(docs []*dossier.Document) string {
	n, first := map[string]int{}, map[string]string{}
	for _, d := range docs {
		for _, k := range []string{"name", "entity", "taxpayer", "account_name", "applicant", "borrower", "grantor"} {
			if v := value(d, k); strings.Contains(v, "公司") || strings.Contains(v, "合作社") || strings.Contains(v, "厂") {
				key := plain.Tight(v)
				n[key]++
				if first[key] == "" {
					first[key] = v
				}
			}
		}
	}
	var names []string
	for k := range n {
		names = append(names, k)
	}
	sort.Slice(names, func(i, j int) bool {
		if n[names[i]] != n[names[j]] {
			return n[names[i]] > n[names[j]]
		}
		return names[i] < names[j]
	})
	if len(names) == 0 {
		return ""
	}
	return first[names[0]]
}

// role of a name, "" when nobody knows it.
func (p *people) role(name string) dossier.Role {
	t := plain.Tight(name)
	switch {
	case t == "":
		return ""
	case p.is(name):
		return dossier.RoleBorrower
	case has(p.legalRep, t):
		return dossier.RoleLegalRep
	case has(p.spouse, t):
		return dossier.RoleSpouse
	case has(p.holders, t):
		return dossier.RoleShareholder
	case has(p.guarantors, t):
		return dossier.RoleGuarantor
	case has(p.counterparty, t):
		return dossier.RoleCounterparty
	}
	return ""
}

func has(s set, t string) bool {
	if s[t] {
		return true
	}
	for n := range s {
		if len([]rune(n)) > 4 && Alike(n, t) {
			return true
		}
	}
	return false
}

// Alike tells whether two company names are the same but for brackets, blanks and the reading faults of a scan: at
// most one character in five differs, and no digit or letter.
func Alike(a, b string) bool {
	x, y := []rune(plain.Tight(a)), []rune(plain.Tight(b))
	if string(x) == string(y) {
		return len(x) > 0
	}
	if len(x) < 6 || len(y) < 6 || asciiOf(x) != asciiOf(y) {
		return false
	}
	return plain.Distance(x, y)*5 <= max(len(x), len(y))
}

func asciiOf(rs []rune) string {
	var b strings.Builder
	for _, r := range rs {
		if r < 0x80 && r != '(' && r != ')' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// personal maps a role to the kind of an identity card.
var personal = map[dossier.Role]string{
	dossier.RoleLegalRep: "legal_rep_id", dossier.RoleSpouse: "spouse_id", dossier.RoleShareholder: "shareholder_id_docs",
	dossier.RoleGuarantor: "personal_guarantor_docs",
}

func isCard(c *types.Catalogue, id string) bool {
	t := c.Get(id)
	return t != nil && (t.ID == "individual_id_card" || t.Like == "individual_id_card")
}
