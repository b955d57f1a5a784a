package claims

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	reOrg = regexp.MustCompile(`[\p{Han}()]{2,40}?(?:有限责任公司|股份有限公司|有限公司|\((?:普通|有限|特殊普通)合伙\)|合伙企业|事务所|支行|分行|人民法院|经营部|合作社|商行)`)
	// what may stand before a name in running text without being a part of it
	linkRunes = "向与和及由对为是在从给的其系即至于按经找因将被与等同据以、约自共有称人方司位者户商行"
	rePerson  = regexp.MustCompile(`(?:法定代表人|法人代表|实际控制人|控股股东|自然人股东|股东|配偶|保证人|担保人|抵押人|出质人|负责人|董事长|执行董事|总经理|监事|经办人|联系人|会计师)(?:姓名)?(?:为|是|系|：|:)?`)
	// surnames that also begin common words (向于常单解方任应付管关连) are left out: 股东应当签字 names nobody
	surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁卢姚沈钟姜崔谭陆范汪廖石金韦贾夏邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵覃武钱戴严莫孔汤康易乔赖文施洪季鲍俞章屠骆柳齐梅庄辛祝左涂谷祁耿牟卜詹苗凌费纪靳盛童欧甄项裴席卫查包翟葛焦柯宁柴蒙殷宫樊兰岳司丛柏聂褚尚瞿娄尤米"
	nameEnds = "，。、；：（）()《》“”,. 和及与为持的先出于任等女士以在系占对提将已未所名共是现签认实担投自"
)

// checkNames wants each company, bank and court, and each person named after a role, in the evidence, the
// application or Names.
func checkNames(in Input) []Fault {
	texts := evidenceTexts(in)
	for _, n := range in.Names {
		texts = append(texts, evidence{"names", n})
	}
	var out []Fault
	s := in.Sentence
	f := fold(s)
	for _, m := range reOrg.FindAllStringIndex(f.s, -1) {
		name := f.s[m[0]:m[1]]
		if !orgKnown(name, texts) {
			out = append(out, Fault{Kind: BadName, Text: s[f.orig[m[0]]:f.orig[m[1]]], Start: f.orig[m[0]], End: f.orig[m[1]],
				Reason: fmt.Sprintf("所引材料中没有“%s”", name)})
		}
	}
	for _, m := range rePerson.FindAllStringIndex(s, -1) {
		name := personAt(s[m[1]:])
		if name == "" || contains(texts, name) {
			continue
		}
		out = append(out, Fault{Kind: BadName, Text: name, Start: m[1], End: m[1] + len(name),
			Reason: fmt.Sprintf("所引材料中没有“%s”", name)})
	}
	return out
}

// orgKnown compares from the suffix backwards: prose before a name belongs to the run but not to the name. The
// common part must be a whole name on one side, or be preceded by a linking word in the sentence.
func orgKnown(run string, texts []evidence) bool {
	suffix := reOrgSuffix.FindString(run)
	if utf8.RuneCountInString(run)-utf8.RuneCountInString(suffix) < 2 {
		return true // 该有限公司: a word, not a name
	}
	a := []rune(run)
	if k := len(a) - utf8.RuneCountInString(suffix); strings.ContainsRune("为是的系该本类属种", a[k-1]) {
		return true // 类型为有限责任公司
	}
	for _, e := range texts {
		text := fold(e.text).s
		text = strings.NewReplacer("\n", "", "\t", " ").Replace(text)
		for _, m := range allSuffix(text, suffix) {
			b := []rune(leftRun(text[:m]))
			n := 0
			for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
				n++
			}
			if n-utf8.RuneCountInString(suffix) < 2 {
				continue
			}
			if n == len(a) || n == len(b) || strings.ContainsRune(linkRunes, a[len(a)-1-n]) {
				return true
			}
		}
	}
	return false
}

var reOrgSuffix = regexp.MustCompile(`(?:有限责任公司|股份有限公司|有限公司|\([普有特]\S{0,4}合伙\)|合伙企业|事务所|支行|分行|人民法院|经营部|合作社|商行)$`)

// allSuffix returns the end offsets of each occurrence.
func allSuffix(text, suffix string) []int {
	var out []int
	for i := 0; ; {
		j := strings.Index(text[i:], suffix)
		if j < 0 || len(out) > 200 {
			return out
		}
		i += j + len(suffix)
		out = append(out, i)
	}
}

// leftRun is the run of Chinese characters and brackets that ends the text, at most 40 runes.
func leftRun(text string) string {
	i := len(text)
	for n := 0; i > 0 && n < 40; n++ {
		r, size := utf8.DecodeLastRuneInString(text[:i])
		if !han(r) && r != '(' && r != ')' {
			break
		}
		i -= size
	}
	return text[i:]
}

// personAt reads a name of two to four characters that starts with a surname and ends where a name can end.
func personAt(s string) string {
	runes := []rune(s)
	if len(runes) < 2 || !strings.ContainsRune(surnames, runes[0]) {
		return ""
	}
	for _, n := range []int{3, 2, 4} {
		if n > len(runes) || !allHan(runes[:n]) {
			continue
		}
		if n == len(runes) || strings.ContainsRune(nameEnds, runes[n]) || runes[n] < 0x80 {
			return string(runes[:n])
		}
	}
	return ""
}

func allHan(rs []rune) bool {
	for _, r := range rs {
		if !han(r) {
			return false
		}
	}
	return true
}

// contains looks for a person's name. A name of two characters must not be the head of a longer one.
func contains(texts []evidence, name string) bool {
	for _, e := range texts {
		text := strings.ReplaceAll(fold(e.text).s, " ", "")
		for from := 0; ; {
			i := strings.Index(text[from:], name)
			if i < 0 {
				break
			}
			from += i + len(name)
			next, _ := utf8.DecodeRuneInString(text[from:])
			if utf8.RuneCountInString(name) > 2 || !han(next) || strings.ContainsRune(nameEnds, next) {
				return true
			}
		}
	}
	return false
}
