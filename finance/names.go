package finance

// otherNames are the Chinese names of indicators that are neither statement lines nor ratios.
var otherNames = map[string]string{
	"wc_margin": "上年度销售利润率", indGrowth: "预计销售收入年增长率", indTimes: "营运资金周转次数", indCycle: "营运资金周转天数",
	"wc_inv_days": "存货周转天数", "wc_ar_days": "应收账款周转天数", "wc_ap_days": "应付账款周转天数",
	"wc_pp_days": "预付账款周转天数", "wc_pr_days": "预收账款周转天数",
	indNeed: "营运资金量", indOwn: "借款人自有资金", indLoans: "现有流动资金贷款", indOther: "其他渠道提供的营运资金",
	indLimit: "新增流动资金贷款额度", indOwn + "_alt": "借款人自有资金（另一口径）", indLimitAlt: "新增流动资金贷款额度（另一自有资金口径）",

	"flow_in": "贷方（收入）发生额合计", "flow_out": "借方（支出）发生额合计", "flow_customer_receipts": "客户回款",
	"flow_month_in": "月收入发生额", "flow_month_out": "月支出发生额", "flow_round_trip": "当日等额进出合计",
	"flow_deposit_interest": "存款结息", "flow_loan_in": "贷款发放", "flow_loan_repay": "归还贷款本金", "flow_related_in": "关联方及个人转入",
	"flow_opening": "期初余额", "flow_closing": "期末余额", "flow_months": "流水覆盖月数", "flow_third_party_loan": "向第三方出借款项",
	"flow_average_balance": "日均存款余额", "flow_top_in": "主要收入对手", "flow_top_out": "主要支出对手",
	"flow_all_in": "各账户收入合计", "flow_all_out": "各账户支出合计", "flow_internal": "账户之间划转", "flow_circular": "往返及循环资金",
	"flow_own_in": "本户名其他账户转入", "flow_net_in": "各账户净流入", "flow_net_out": "各账户净流出", "flow_net_receipts": "各账户客户回款净额",
	"flow_card_receipts": "关联个人账户经营性收款", "flow_month_net_in": "月净流入", "flow_month_net_out": "月净流出", "flow_month_net_receipts": "月客户回款净额",
	"flow_month_average": "月日均存款余额",
	"flow_header_in": "抬头收入合计", "flow_header_out": "抬头支出合计", "flow_daily_balance": "结息积数",

	"credit_wc_loans": "征信未结清流动资金贷款余额", "utility_kwh": "用电量",
	"staff_total": "职工总数", "staff_rd": "研发人员数", "staff_master": "硕士人数", "staff_doctor": "博士及以上人数", "staff_technical": "技术人员数",
	"settlement_share": "结算归集比例",
	"collateral_value": "押品评估价值", "collateral_prior": "在先抵押及法定优先受偿款",
	"collateral_net": "押品可担保余值", "loan_requested": "申请金额", "collateral_ltv": "抵押率", "collateral_ltv_max": "抵押率上限", "collateral_max_loan": "按抵押率上限可支持的贷款",
	"collateral_loan": "拟担保的贷款", "debtor_balance": "应收账款（客户）",

	"loan_rate": "新增贷款年利率", "next_principal": "未来12个月现有债务应还本金", "next_interest": "未来12个月现有债务应付利息",
	"next_new_principal": "未来12个月新增贷款应还本金", "next_new_interest": "未来12个月新增贷款应付利息",
	"next_interest_rolled": "未来12个月现有债务应付利息（续作口径）", "next_rolled": "未来12个月到期流动资金贷款本金",
	"next_all_principal": "未来12个月应还本金合计", "next_all_interest": "未来12个月应付利息合计",
	"next_service": "未来12个月应还本付息", "next_service_rolled": "未来12个月应还本付息（到期流动资金贷款续作口径）",
	"cash_for_debt": "可用于偿债的经营现金", "profit_for_debt": "可用于偿债的息税折旧摊销前利润",
	"dscr_next": "新增贷款后偿债覆盖率（经营现金流口径）", "dscr_next_rolled": "新增贷款后偿债覆盖率（经营现金流口径，到期续作）",
	"dscr_next_ebitda": "新增贷款后偿债覆盖率（EBITDA口径）", "dscr_next_ebitda_rolled": "新增贷款后偿债覆盖率（EBITDA口径，到期续作）",
	"cover_next": "新增贷款后利息保障倍数", "flow_month_net": "月经营收付净额",
	"plan_interest": "推荐还款方案利息合计", "plan_min_cash": "推荐还款方案累计现金最低值", "plan_low_dscr": "推荐还款方案最低月度偿债覆盖",
	"project_irr": "项目财务内部收益率（所得税后）", "project_irr_pre": "项目财务内部收益率（所得税前）", "project_npv": "项目财务净现值（所得税后）",
	"project_npv_pre": "项目财务净现值（所得税前）", "project_payback": "静态投资回收期（年）", "project_payback_dynamic": "动态投资回收期（年）",
	"project_dscr_min": "项目最低偿债备付率", "project_dscr_avg": "项目平均偿债备付率", "project_llcr": "贷款期覆盖率（LLCR）", "project_plcr": "项目期覆盖率（PLCR）",
	"project_break_even": "盈亏平衡点（生产能力利用率）", "project_investment": "项目总投资", "project_capital_ratio": "项目资本金比例",
	"project_discount": "折现率",
}
