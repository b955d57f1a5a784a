package types

import (
	"fmt"
	"strings"
)

var periods = map[string]string{"last_12m": "覆盖近12个月", "last_6m": "覆盖近6个月", "last_2y": "覆盖近2年", "last_3y": "覆盖近3年", "last_4q": "覆盖近4个季度",
	"last_year": "上一年度", "this_year": "本年度", "monthly": "按月", "quarterly": "按季", "by_frequency": "按约定频率"}

// ValidityZH says the kind's rule of validity in Chinese.
func (t *Type) ValidityZH() string {
	var out []string
	for _, v := range strings.Split(t.Validity, ";") {
		out = append(out, t.rule(v))
	}
	return strings.Join(out, "；")
}

func (t *Type) rule(v string) string {
	if key, ok := strings.CutPrefix(v, "until:"); ok {
		if key == "change" {
			return "至所载事项变更为止"
		}
		return "至载明的“" + t.label(key) + "”为止"
	}
	if days, ok := strings.CutPrefix(v, "age<="); ok {
		return fmt.Sprintf("自身日期起%s天内（行内可另定）", strings.TrimSuffix(days, "d"))
	}
	if p, ok := strings.CutPrefix(v, "period:"); ok {
		if zh := periods[p]; zh != "" {
			return zh
		}
		return p
	}
	switch v {
	case "case":
		return "当次申请使用"
	case "history":
		return "历史文件，不失效"
	case "latest_version":
		return "以最新版本为准"
	case "abolished":
		return "已取消，不再需要"
	}
	return "长期"
}

func (t *Type) label(key string) string {
	for i := range t.Fields {
		if t.Fields[i].Key == key {
			return t.Fields[i].Label
		}
	}
	return key
}

var products = map[string]string{"all": "全部业务", "all-entity": "全部单位客户", "all-person": "全部个人客户", "corp": "公司类贷款", "sme": "小微企业贷款",
	"personal": "个人贷款", "personal_biz": "个人经营贷款", "mortgage": "抵押贷款", "project": "项目贷款", "realestate": "房地产贷款", "trade": "贸易融资",
	"mfg": "制造业", "wholesale": "批发零售业", "construction": "建筑业", "agri": "农业", "logistics": "物流运输业", "tech": "科技企业", "medical": "医疗卫生",
	"catering": "餐饮住宿业", "service": "服务业", "energy": "能源业", "chem": "化工业", "mining": "采矿业", "platform": "政府平台", "green": "绿色信贷", "legacy": "旧材料"}

// ProductZH names an entry of Products in Chinese.
func ProductZH(id string) string {
	if zh := products[id]; zh != "" {
		return zh
	}
	return id
}
