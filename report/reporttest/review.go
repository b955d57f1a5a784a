package reporttest

import (
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// Findings are one of each severity, out of order, one of them not testable.
func Findings() []report.Finding {
	return []report.Finding{
		{Rule: "VAL007", Title: "登记查询已过期", Kind: report.Validity, Severity: report.Minor, Result: report.Fail, Documents: []string{licence},
			Message: "不动产登记查询结果距基准日45日，超过行内30日上限。", Evidence: cite("押品/不动产登记查询结果.pdf", 1, "", "查询日期 2026年8月16日"),
			Arithmetic: "2026-09-30 − 2026-08-16 = 45日 > 30日", Basis: []report.Basis{{Bank: "registry_search_max_age_days"}}, Remedy: "重新查询不动产登记。", Accepts: []string{"30日内的不动产登记查询结果"}},
		{Rule: "COM003", Title: "缺少个人征信报告", Kind: report.Completeness, Severity: report.Blocker, Result: report.Fail, Message: "未提供实际控制人个人征信报告。",
			Basis: []report.Basis{{Law: "wcl2024", Article: "16", Name: "流动资金贷款管理办法第十六条"}}, Remedy: "补充个人征信报告及查询授权书。", Accepts: []string{"个人信用报告", "征信查询授权书"}},
		{Rule: "CON011", Title: "面积不一致", Kind: report.Consistency, Severity: report.Major, Result: report.Fail, Documents: []string{"押品/不动产权证书.pdf", "合同/租赁合同.pdf"},
			Message: "租赁合同面积1,200㎡与权属证书面积1,180㎡不一致。", Evidence: append(cite("押品/不动产权证书.pdf", 1, "", "建筑面积 1180㎡"), cite("合同/租赁合同.pdf", 3, "", "面积 1200 平方米")...),
			Arithmetic: "1,200 − 1,180 = 20㎡", Remedy: "请出租方出具说明。"},
		{Rule: "FIN020", Title: "现金流量表勾稽", Kind: report.Financial, Severity: report.Info, Result: report.NotTestable, Message: "2023年现金流量表未提供，三年趋势无法检验。"},
	}
}

// Review is a small review with those findings.
func Review() *report.Review {
	newer := audit25
	return &report.Review{Schema: report.SchemaReview,
		Application: report.ApplicationJSON{Applicant: "云岭示例精密部件有限公司", Product: "流动资金贷款", Guarantee: "抵押", AmountCNY: "8000000", AsOf: dossier.NewDate(2026, 9, 30), Inferred: []string{"product"}},
		Documents: []report.DocumentJSON{
			{File: licence, Type: "business_license", NameZH: "营业执照", Confidence: 0.98, Pages: 1, Fields: map[string]report.FieldJSON{"name": {Value: "云岭示例精密部件有限公司", Page: 1}}, Problems: []dossier.Problem{}},
			{File: id, Type: "id_card", NameZH: "居民身份证", Confidence: 0.91, Pages: 1, Scan: true, Problems: []dossier.Problem{{Kind: dossier.ErrDoubtful, Page: 1, Msg: "有效期不清晰", Remedy: "重新扫描"}}},
			{File: "财务/2025年度审计报告(初稿).pdf", Type: "audit_report", NameZH: "审计报告", Confidence: 0.88, Pages: 28, SupersededBy: &newer},
			{File: "=cmd|'/c calc'!A1.txt", Type: "unknown", NameZH: "未能识别", Confidence: 0.1, Pages: 1},
		},
		Findings: Findings(),
		Matrix: report.Matrix{Checked: 12, Passed: 8, Failed: 3, NotTestable: 1, Rows: []report.MatrixRow{
			{Item: "营业执照", Level: "must", State: "present", Files: []string{licence}, Checks: []report.Check{{Rule: "VAL001", Result: "pass"}, {Rule: "VAL002", Result: "fail"}}},
			{Item: "个人征信报告", Level: "must", State: "missing"},
		}},
	}
}
