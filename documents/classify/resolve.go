package classify

import (
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

// Resolve is the second look, at all documents together and after a first extraction: whose paper each is, which
// identity card is the legal representative's, who buys and who sells in a contract, what has nothing to do with the
// borrower. It sets Party and, where the others tell better, Type; Fields of retyped documents must be read again.
func Resolve(c *types.Catalogue, docs []*dossier.Document, app dossier.Application) {
	p := who(docs, app)
	for _, d := range docs {
		p.party(c, d)
	}
	var cards []*dossier.Document
	for _, d := range docs {
		switch {
		case isCard(c, d.Type):
			cards = append(cards, d)
			p.card(c, d)
		case d.Type == "sales_contracts" || d.Type == "purchase_contracts":
			p.trade(c, d)
		case d.Type == "vat_invoices_sales" || d.Type == "vat_invoices_purchase":
			p.invoices(c, d)
		case d.Type == "bank_statement_corporate" || d.Type == "bank_statement_personal":
			if n := value(d, "account_name"); n != "" && len([]rune(plain.Tight(n))) <= 4 {
				retype(c, d, "bank_statement_personal", "户名为个人")
			}
		}
		p.ofGuarantor(c, d)
	}
	p.only(c, cards)
	for _, d := range docs {
		p.relevance(c, d)
	}
}

func retype(c *types.Catalogue, d *dossier.Document, id, why string) {
	if d.Type == id || c.Get(id) == nil {
		return
	}
	d.Type, d.TypeName = id, c.Name(id)
	d.Why = append(d.Why, why)
}

func (p *people) party(c *types.Catalogue, d *dossier.Document) {
	t := c.Get(d.Type)
	if t == nil {
		return
	}
	name := d.Fields[t.PartyField].Meant()
	if name == "" {
		switch {
		case p.borrower == "":
		case mentions(d, p.borrower):
			d.Party = dossier.Party{Name: p.borrower, Role: dossier.RoleBorrower}
		case d.Party.Name == "" && ownLists[t.Category] && !d.Scan && !othersTitle(d):
			d.Party = dossier.Party{Name: p.borrower, Role: dossier.RoleBorrower}
			d.Why = append(d.Why, "未写明单位，按借款人资料归属")
		}
		return
	}
	for _, k := range []string{"party_a", "party_b", "buyer", "seller", "lessee"} { // a contract is the borrower's when it is a side of it
		if v := d.Fields[k].Meant(); v != "" && p.is(v) {
			name = v
			break
		}
	}
	role := p.role(name)
	switch role {
	case dossier.RoleBorrower:
		name = p.borrower
	case "":
		role = dossier.RoleOther
	}
	d.Party = dossier.Party{Name: name, Role: role}
}

// ownLists are the categories whose lists a company draws up for itself, often without its name.
var ownLists = map[string]bool{"财务": true, "经营": true, "资产": true, "用途": true}

var companyInTitle = regexp.MustCompile(`[\p{Han}()]{4,40}(?:公司|厂|合作社|商行|经营部|事务所)`)

// othersTitle tells whether a company is named in the first lines.
func othersTitle(d *dossier.Document) bool {
	t := plain.Of(d)
	for i := range t.Lines {
		if i > 3 || strings.Contains(t.Lines[i].Fold, "\t") { // the rows of the list name others
			break
		}
		if companyInTitle.MatchString(plain.Tight(t.Lines[i].Fold)) {
			return true
		}
	}
	return false
}

// Owners settles whose paper each is once more, after the fields of scans were set beside those of other papers.
func Owners(c *types.Catalogue, docs []*dossier.Document, app dossier.Application) {
	p := who(docs, app)
	for _, d := range docs {
		if t := c.Get(d.Type); t == nil || !d.Scan || d.Fields[t.PartyField].Meant() == "" {
			continue
		}
		was := d.Party
		p.party(c, d)
		if isCard(c, d.Type) && d.Party.Role == dossier.RoleOther {
			d.Party = was
		}
	}
}

func (p *people) card(c *types.Catalogue, d *dossier.Document) {
	name := plain.Tight(value(d, "name"))
	role := p.role(name)
	if role == "" && d.Scan { // one misread character of a name
		role, name = p.nearPerson(name)
	}
	if id := personal[role]; id != "" {
		retype(c, d, id, "姓名“"+name+"”与登记、征信或申请资料中的"+roleZH[role]+"一致")
		d.Party = dossier.Party{Name: name, Role: role}
	}
}

var roleZH = map[dossier.Role]string{dossier.RoleLegalRep: "法定代表人", dossier.RoleSpouse: "配偶", dossier.RoleShareholder: "股东",
	dossier.RoleGuarantor: "保证人"}

func (p *people) nearPerson(name string) (dossier.Role, string) {
	var role dossier.Role
	hit, n := "", 0
	for _, g := range []struct {
		s set
		r dossier.Role
	}{{p.legalRep, dossier.RoleLegalRep}, {p.spouse, dossier.RoleSpouse}, {p.holders, dossier.RoleShareholder}, {p.guarantors, dossier.RoleGuarantor}} {
		for k := range g.s {
			if len([]rune(k)) == len([]rune(name)) && len([]rune(k)) >= 3 && plain.Distance([]rune(k), []rune(name)) == 1 && k != hit {
				role, hit = g.r, k
				n++
			}
		}
		if n > 0 {
			break
		}
	}
	if n == 1 {
		return role, hit
	}
	return "", name
}

// only gives the one card of a company's dossier to the legal representative when no paper names one.
func (p *people) only(c *types.Catalogue, cards []*dossier.Document) {
	if len(cards) != 1 || cards[0].Type != "individual_id_card" || len(p.legalRep) > 0 || !strings.Contains(p.borrower, "公司") {
		return
	}
	retype(c, cards[0], "legal_rep_id", "申请人为公司且只有一份身份证")
	cards[0].Confidence = min(cards[0].Confidence, 0.5)
}

// trade tells purchases from sales by the borrower's side.
func (p *people) trade(c *types.Catalogue, d *dossier.Document) {
	buyer, seller := value(d, "buyer"), value(d, "seller")
	a, b := value(d, "party_a"), value(d, "party_b")
	switch {
	case p.is(buyer), buyer == "" && p.is(a) && seller != "" && !p.is(seller):
		retype(c, d, "purchase_contracts", "借款人为买方")
	case p.is(seller):
		retype(c, d, "sales_contracts", "借款人为卖方")
	case p.is(a):
		retype(c, d, "purchase_contracts", "借款人为甲方")
	case p.is(b):
		retype(c, d, "sales_contracts", "借款人为乙方")
	}
}

func (p *people) invoices(c *types.Catalogue, d *dossier.Document) {
	entity, seller, buyer := value(d, "entity"), value(d, "seller"), value(d, "buyer")
	switch {
	case p.is(seller):
		retype(c, d, "vat_invoices_sales", "销方为借款人")
	case p.is(buyer):
		retype(c, d, "vat_invoices_purchase", "购方为借款人")
	case p.is(entity) && seller == "":
		retype(c, d, "vat_invoices_sales", "销方为借款人")
	case strings.Contains(d.File, "进项"):
		retype(c, d, "vat_invoices_purchase", "文件名相符")
	}
}

// ofGuarantor renames the standing papers of a company that guarantees the loan.
func (p *people) ofGuarantor(c *types.Catalogue, d *dossier.Document) {
	if d.Party.Role != dossier.RoleGuarantor {
		return
	}
	to := map[string]string{"business_license": "guarantor_business_license", "financial_statements_annual": "guarantor_financials",
		"financial_statements_interim": "guarantor_financials", "audit_report_3y": "guarantor_financials",
		"shareholders_resolution": "guarantor_resolution", "board_resolution": "guarantor_resolution"}[d.Type]
	if to != "" {
		retype(c, d, to, "属于保证人"+d.Party.Name)
	}
}

// relevance sets apart what has nothing to do with the borrower: no kind and no name that the dossier knows, or a
// kind but another company's paper.
func (p *people) relevance(c *types.Catalogue, d *dossier.Document) {
	if d.Type == dossier.TypeArchive || d.Type == dossier.TypeIrrelevant {
		return
	}
	known := p.mentionsKnown(d)
	if d.Type == dossier.TypeUnknown {
		if known || textSize(d) < 8 && d.Format != "image" || len(d.Problems) > 0 && textSize(d) == 0 {
			return // of the borrower but of no known kind, or unreadable
		}
		setIrrelevant(c, d, "未出现借款人及其关联方名称，也不属于授信资料种类")
		return
	}
	if known || d.Party.Role != dossier.RoleOther || d.Party.Name == "" || !companyName.MatchString(plain.Tight(d.Party.Name)) {
		return
	}
	if d.Scan && !p.stranger(c, d) {
		return
	}
	setIrrelevant(c, d, "属于“"+d.Party.Name+"”，未见与借款人的关系")
}

var companyName = regexp.MustCompile(`(公司|厂|合作社|商行|经营部|中心|事务所|酒店|宾馆|客栈|饭店|超市|医院|学校|合伙\))$`)

func setIrrelevant(c *types.Catalogue, d *dossier.Document, why string) {
	d.Type, d.TypeName = dossier.TypeIrrelevant, c.Name(dossier.TypeIrrelevant)
	d.Confidence, d.Why, d.Party = 0.7, append(d.Why, why), dossier.Party{}
}

func (p *people) mentionsKnown(d *dossier.Document) bool {
	if p.borrower != "" && mentions(d, p.borrower) {
		return true
	}
	flow := plain.Of(d).Flow
	for _, s := range []set{p.legalRep, p.spouse, p.holders, p.guarantors, p.counterparty} {
		for n := range s {
			if len([]rune(n)) >= 2 && strings.Contains(flow, n) {
				return true
			}
		}
	}
	return false
}

// mentions tells whether name stands in d, in full or, on a scan, nearly.
func mentions(d *dossier.Document, name string) bool {
	flow, want := plain.Of(d).Flow, plain.Tight(name)
	if strings.Contains(flow, want) {
		return true
	}
	if !d.Scan {
		return false
	}
	text, w := []rune(flow), []rune(want)
	for i := 0; i+len(w) <= len(text) && i < 20000; i++ {
		miss := 0
		for j := range w {
			if text[i+j] != w[j] {
				miss++
			}
		}
		if miss*4 <= len(w) {
			return true
		}
	}
	return false
}
