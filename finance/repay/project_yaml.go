package repay

import (
	"fmt"
	"slices"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
)

// maxYAML bounds a project's file.
const maxYAML = 1 << 20

// ParseProject reads a project from YAML:
//
//	unit: 万元
//	discount: '0.08'
//	years: [第1年, 第2年, 第3年]
//	rows: {capex: ['800', '0', '0'], revenue: ['0', '600', '900'], opex: ['0', '300', '400']}
//	loan: {amount: '500', rate: '0.042', years: 3, grace: 1}
//
// Money is in unit; an unknown row or key is an error that names file and line or row.
func ParseProject(name string, data []byte) (*Project, error) {
	if len(data) > maxYAML {
		return nil, fmt.Errorf("%s：文件过大", name)
	}
	var f struct {
		Unit     dossier.Unit                 `yaml:"unit"`
		Discount dossier.Decimal              `yaml:"discount"`
		Years    []string                     `yaml:"years"`
		Rows     map[string][]dossier.Decimal `yaml:"rows"`
		Loan     *ProjectLoan                 `yaml:"loan"`
	}
	if err := datafile.Decode(name, data, &f); err != nil {
		return nil, err
	}
	if f.Unit == "" {
		f.Unit = dossier.Yuan
	}
	if !slices.Contains([]dossier.Unit{dossier.Yuan, dossier.ThousandYuan, dossier.WanYuan, dossier.MillionYuan, dossier.YiYuan}, f.Unit) {
		return nil, fmt.Errorf("%s：不认识的单位“%s”，应为元、千元、万元、百万元或亿元", name, f.Unit)
	}
	p := &Project{Labels: f.Years, Rows: map[string][]dossier.Decimal{}, Discount: f.Discount, Loan: f.Loan}
	for id, vs := range f.Rows {
		row := theBook().project.byID[id]
		if row == nil {
			return nil, fmt.Errorf("%s：不认识的行“%s”", name, id)
		}
		out := make([]dossier.Decimal, len(vs))
		for i, v := range vs {
			if !sane(v) {
				return nil, fmt.Errorf("%s：“%s”的数值超出可计算的范围", name, row.Name)
			}
			out[i] = v
			if !row.Percent {
				out[i] = v.Mul(f.Unit.Scale())
			}
		}
		p.Rows[id] = out
	}
	if !sane(p.Discount) || p.Loan != nil && (!sane(p.Loan.Amount) || !sane(p.Loan.Rate)) {
		return nil, fmt.Errorf("%s：折现率或贷款的数值超出可计算的范围", name)
	}
	if p.Loan != nil {
		p.Loan.Amount = p.Loan.Amount.Mul(f.Unit.Scale())
	}
	if err := p.check(); err != nil {
		return nil, fmt.Errorf("%s：%w", name, err)
	}
	return p, nil
}

// sane refuses numbers like 1e999999 before any arithmetic writes out their digits.
func sane(v dossier.Decimal) bool {
	return v.Exponent() <= 15 && v.Exponent() >= -30 && v.NumDigits() <= 40
}
