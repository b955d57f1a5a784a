package bundle

const anything = "*"

// annexes are what a kind comes with or holds in its text: a page of such a kind is the paper's own, unless it counts
// its pages anew after the paper had come to its end.
var annexes = map[string][]string{
	"audit_report_3y": {"financial_statements_annual", "financial_statements_interim", "financial_statement_notes", "consolidated_statements",
		"business_license", "constructor_certificates", "guarantor_financials", "fixed_assets_list", "ar_aging", "other_receivables_detail", "inventory_list"},
	"capital_verification_report": {"business_license", "articles_of_association", "bank_balance_confirmation", "payment_voucher",
		"capital_payment_evidence", "shareholder_register", "constructor_certificates"},
	"valuation_report": {"business_license", "real_estate_certificate", "land_use_certificate", "premises_ownership_proof", "collateral_photos",
		"site_photos", "appraiser_qualification", "real_estate_registry_search", "vehicle_registration_cert", "lease_contract_premises"},
	"business_registration_extract": {"registration_change_notice", "shareholder_register", "administrative_penalty_search", "patent_certificates",
		"business_license", "annual_report_publicity", "equity_pledge_registration", "equity_freeze_search"},
	"public_credit_report":          {anything},
	"feasibility_report":            {anything},
	"credit_investigation_report":   {anything},
	"credit_approval":               {anything},
	"post_loan_report_regular":      {anything},
	"rating_report":                 {anything},
	"legal_opinion":                 {anything},
	"litigation_docs":               {anything},
	"listed_company_announcement":   {anything},
	"third_party_inquiry_record":    {anything},
	"customer_due_diligence_form":   {anything},
	"company_profile":               {anything},
	"group_structure_description":   {anything},
	"esg_risk_assessment":           {anything},
	"eia_approval":                  {anything},
	"loan_contract":                 {"loan_iou", "payment_entrustment", "guarantee_contract", "mortgage_contract", "pledge_contract", "usage_statement"},
	"mortgage_contract":             {"inventory_list", "equipment_list", "real_estate_certificate"},
	"pledge_contract":               {"inventory_list", "ar_aging"},
	"construction_contract":         {"guarantee_letter", "quality_certificates", "budget_plan"},
	"loan_application":              {"usage_statement", "repayment_source_statement", "working_capital_estimate"},
	"articles_of_association":       {"shareholder_register", "shareholders_resolution", "capital_payment_evidence"},
	"shareholders_resolution":       {"shareholder_register"},
	"financial_statements_annual":   {"financial_statement_notes", "ar_aging", "other_receivables_detail", "prepayment_detail", "fixed_assets_list", "inventory_list", "tax_financial_statements"},
	"financial_statements_interim":  {"financial_statement_notes", "ar_aging", "other_receivables_detail", "prepayment_detail", "fixed_assets_list", "inventory_list", "tax_financial_statements"},
	"lease_contract_premises":       {"real_estate_certificate"},
	"credit_report_enterprise":      {"bank_loan_list", "contingent_liability_list"},
	"credit_authorization_personal": {"personal_info_consent"},
}

// together are kinds that make one paper when they follow each other.
var together = [][]string{
	{"financial_statements_annual", "financial_statements_interim", "financial_statement_notes", "tax_financial_statements", "guarantor_financials", "consolidated_statements"},
	{"sales_contracts", "purchase_contracts", "construction_contract", "trade_contract_import_export"},
	{"vat_invoices_sales", "vat_invoices_purchase", "equipment_purchase_invoice"},
	{"bank_statement_corporate", "bank_statement_personal", "bank_loan_list"},
	{"real_estate_certificate", "land_use_certificate", "premises_ownership_proof"},
	{"shareholders_resolution", "board_resolution"},
	{"articles_of_association", "articles_amendment"},
}

// singles are papers of one sheet: the same title again is another paper when anything it says differs.
var singles = []string{"payment_voucher", "loan_iou", "tax_payment_certificate", "tax_clearance_certificate", "vat_invoices_sales",
	"vat_invoices_purchase", "equipment_purchase_invoice", "receipt_of_payment", "down_payment_receipt", "rent_payment_receipts",
	"credit_authorization_personal", "credit_authorization_enterprise", "food_operation_license", "road_transport_license", "business_license"}

// sheets are papers of one sheet, or its two sides, behind which a page of no known kind is no page of theirs.
var sheets = []string{"business_license", "individual_id_card", "food_operation_license", "road_transport_license", "org_code_certificate_legacy",
	"tax_registration_legacy", "account_opening_permit_legacy", "basic_account_info", "marriage_certificate", "loan_iou", "payment_voucher"}

// Fields that number a paper, those that number its owner, and what else a single sheet says.
var (
	own    = []string{"contract_no", "cert_no", "license_no", "licence_no", "number", "iou_no", "report_no", "period", "year", "report_date"}
	owners = []string{"uscc", "id_number", "id", "taxpayer_id", "account_no"}
	traits = []string{"amount_cny", "date", "payee", "grantor", "issued", "total", "issue_date"}
)
