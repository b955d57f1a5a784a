package validators

import "github.com/xindiao/xindiao/documents/ident"

// identChecks maps the names that rules use to the checks.
var identChecks = map[string]func(string) (ident.Verdict, string){
	"uscc":             func(s string) (ident.Verdict, string) { r := ident.USCC(s); return r.Verdict, r.Candidate },
	"id_card":          func(s string) (ident.Verdict, string) { r := ident.IDCard(s); return r.Verdict, r.Candidate },
	"zhongzheng":       func(s string) (ident.Verdict, string) { r := ident.Zhongzheng(s); return r.Verdict, r.Candidate },
	"org_code":         func(s string) (ident.Verdict, string) { r := ident.OrgCode(s); return r.Verdict, r.Candidate },
	"food_license":     func(s string) (ident.Verdict, string) { r := ident.FoodLicense(s); return r.Verdict, r.Candidate },
	"real_estate_cert": func(s string) (ident.Verdict, string) { r := ident.RealEstateCert(s); return r.Verdict, r.Candidate },
}
