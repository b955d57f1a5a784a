package extract

import (
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/documents/plain"
)

var (
	markBehind = regexp.MustCompile(`[(（](?:盖章|公章|签章|签字|签名|章|盖公章|手印|印)[)）].*$|(?:\(|（)?(?:盖章|公章|签章|签字)(?:\)|）)?[:：]?\s*$`)
	markBefore = regexp.MustCompile(`^(?:甲方|乙方|丙方|买方|卖方|借款人|贷款人|保证人|名称|户名|单位)[(（:：][^)）]{0,8}[)）]?[:：]?\s*`)
	orgEnd     = regexp.MustCompile(`^(.{1,40}?(?:有限责任公司|股份有限公司|有限公司|集团公司|分公司|公司|合作社|合作联社|(?:特殊)?普通合伙[)）]|有限合伙[)）]|合伙企业|事务所|委员会|管理局|税务局|监督局|中心|支行|分行|营业部|经营部|商行|工厂|厂|店|学校|医院|村民委员会))([\s\t:：,，]*[0-9A-Z*]{6,}.*|[\s\t]+.*)$`)
	titleOf    = regexp.MustCompile(`(?:先生|女士|同志|经理|总经理|董事长|会计师)$`)
)

// Org is the name of a company, branch or office: without a seal's or signature's mark, and without the number or the
// words that a form prints behind it. "" when nothing is left.
func Org(s string) string {
	s = tidy(markBehind.ReplaceAllString(markBefore.ReplaceAllString(s, ""), ""))
	if m := orgEnd.FindStringSubmatch(s); m != nil {
		s = tidy(m[1])
	}
	if len([]rune(s)) < 2 {
		return ""
	}
	return s
}

// Person is the name of a person: without title, mark and the number behind it. "" when what is left is no name.
func Person(s string) string {
	s = tidy(markBehind.ReplaceAllString(s, ""))
	if i := strings.IndexAny(s, "(（,，;；0123456789\t"); i > 0 {
		s = tidy(s[:i])
	}
	s = strings.ReplaceAll(s, " ", "")
	if rs := []rune(s); len(rs) > 3 {
		s = titleOf.ReplaceAllString(s, "")
	}
	n := len([]rune(s))
	if n < 2 || n > 20 {
		return ""
	}
	return s
}

// ownName cuts what a form prints behind a name in a text field that holds one: a code, a seal's mark.
func ownName(key, v string) string {
	if !names[key] || !strings.ContainsAny(plain.Fold(v), "0123456789\t (") {
		return v
	}
	if o := Org(v); o != "" && strings.HasPrefix(v, o) {
		return o
	}
	return v
}
