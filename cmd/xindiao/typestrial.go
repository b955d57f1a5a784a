package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/documents/types/trial"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/validators/law"
)

type typesTestCmd struct {
	Files []string `arg:"" name:"file" help:"YAML files, one kind each." type:"existingfile"`
	kindsFlag
}

// Run reads the files strictly, lays them over the catalogue and runs their examples against all of it; then every
// other kind's examples, which a new kind must not take.
func (c *typesTestCmd) Run(context.Context) error {
	cat, ids, err := c.over()
	if err != nil {
		return err
	}
	laws, err := law.Embedded()
	if err != nil {
		return err
	}
	faults := 0
	fault := func(format string, a ...any) {
		faults++
		fmt.Printf("  ✘ "+format+"\n", a...)
	}
	for _, id := range ids {
		t := cat.Get(id)
		fmt.Printf("%s（%s）\n", t.Name, id)
		for _, err := range cat.Lint(id) {
			fault("%v", err)
		}
		for _, ref := range t.Law {
			l, no, _ := strings.Cut(ref, ":")
			if _, _, ok := laws.Article(l, no); !ok {
				fault("依据 %s 不在已收录的法规条文中", ref)
			}
		}
		for _, o := range trial.Run(cat, t) {
			if text, ok := outcome(cat, o); ok {
				fmt.Println("  ✔ " + text)
			} else {
				fault("%s", text)
			}
		}
	}
	for _, t := range cat.All() {
		if contains(ids, t.ID) {
			continue
		}
		for _, o := range trial.Run(cat, t) {
			if !o.Named() && contains(ids, o.Got) {
				fault("“%s”的样例%d被识别为“%s”：%s", t.Name, o.Number, cat.Name(o.Got), why(o))
			}
		}
	}
	if faults > 0 {
		return &dossier.Error{Kind: dossier.ErrInput, Msg: fmt.Sprintf("有 %d 处不通过", faults)}
	}
	fmt.Println("全部通过：放入一个文件夹，用 --types 文件夹 或环境变量 XINDIAO_TYPES 启用")
	return nil
}

func (c *typesTestCmd) over() (*types.Catalogue, []string, error) {
	own := map[string][]byte{}
	if c.Types != "" { // the bank's other kinds stand beside the tried ones
		paths, err := filepath.Glob(filepath.Join(c.Types, "*.yaml"))
		if err != nil {
			return nil, nil, err
		}
		for _, p := range paths {
			if err := add(own, p); err != nil {
				return nil, nil, err
			}
		}
	}
	var ids []string
	for _, p := range c.Files {
		if filepath.Ext(p) != ".yaml" {
			return nil, nil, &dossier.Error{Kind: dossier.ErrInput, File: p, Msg: "文件名应为“种类编号.yaml”"}
		}
		if err := add(own, p); err != nil {
			return nil, nil, err
		}
		ids = append(ids, strings.TrimSuffix(filepath.Base(p), ".yaml"))
	}
	cat, err := types.WithFiles(own)
	if err != nil {
		return nil, nil, &dossier.Error{Kind: dossier.ErrInput, Msg: "材料种类文件有误：" + err.Error()}
	}
	return cat, ids, nil
}

func add(own map[string][]byte, path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return &dossier.Error{Kind: dossier.ErrInput, File: path, Msg: "读不到文件", Cause: err}
	}
	own[filepath.Base(path)] = data
	return nil
}

// outcome says in Chinese what came of an example; ok when it holds.
func outcome(c *types.Catalogue, o trial.Outcome) (string, bool) {
	head := fmt.Sprintf("样例%d：", o.Number)
	switch {
	case o.Not && o.Named():
		return head + "不是本种类，识别为“" + c.Name(o.Got) + "”", true
	case o.Not:
		return head + "是反例，却被识别为本种类：" + why(o), false
	case !o.Named():
		return fmt.Sprintf("%s识别为“%s”而不是本种类（本种类得分 %.2f，0.95 以上才认定）：%s", head, c.Name(o.Got), o.Own, why(o)), false
	case len(o.Diffs) > 0:
		var parts []string
		for _, d := range o.Diffs {
			got := "没有读到"
			if d.Got != "" {
				got = "读到“" + d.Got + "”"
			}
			parts = append(parts, d.Key+" 应为“"+d.Want+"”，"+got)
		}
		return head + strings.Join(parts, "；"), false
	}
	return fmt.Sprintf("%s识别正确，%d 个字段一致", head, o.Fields), true
}

// why lists the first kinds with their scores and signs.
func why(o trial.Outcome) string {
	var parts []string
	for _, s := range o.Ranks {
		parts = append(parts, fmt.Sprintf("%s %.2f（%s）", s.Type.Name, s.Value, strings.Join(s.Why, "，")))
	}
	if len(parts) == 0 {
		return "没有一种材料的特征词出现"
	}
	return strings.Join(parts, "；")
}

func contains(ids []string, id string) bool {
	for _, s := range ids {
		if s == id {
			return true
		}
	}
	return false
}

type typesNewCmd struct {
	ID string `arg:"" help:"Id of the new kind: small letters, digits and _."`
}

var newID = regexp.MustCompile(`^[a-z][a-z0-9_]{1,60}$`)

func (c *typesNewCmd) Run(context.Context) error {
	if !newID.MatchString(c.ID) {
		return usageError{"种类编号只能用小写字母、数字和下划线，以字母开头，例如 parking_permit"}
	}
	_, err := fmt.Print(strings.ReplaceAll(skeleton, "KIND_ID", c.ID))
	return err
}

// skeleton passes `xindiao types test` as it stands: its title is nobody else's.
const skeleton = `# 一个文件一种材料，文件名为“种类编号.yaml”。改好后运行：xindiao types test KIND_ID.yaml
id: KIND_ID
name: 本行自定义材料KIND_ID
aliases: []                  # 别名、俗称
category: 行业许可           # 主体资格、公司治理、财务、税务、经营、用途、担保、资产、项目、征信、司法、行业许可、内部、贷后
issuer: 出具单位
products: [all]              # 哪些业务要：all、corp、sme、mortgage、project…
validity: until:valid_until  # until:字段、until:change、age<=90d、period:last_12m、case、history、latest_version、none；多个用 ; 连接
law: []                      # 依据，如 ["wcl2024:16"]，条文须已收录
seals:                       # 应有的印章：谁的、在哪些字旁边
  - {who: 发证机关, where: [发证机关]}
signatures: []               # 应有的签字，写法同上；min 为至少几处，optional 为最好有
cues:                        # 特征：合计达到 0.95 才认定；weight 为负表示“不像”
  - {text: 本行自定义材料KIND_ID, weight: 1, where: title}  # title：靠近页首的短行或工作表名
  - {pattern: '编号|有效期', weight: 0.1}                    # 正则表达式，对去掉空格和换行的全文
file_cues: ['自定义材料KIND_ID']                             # 文件名的弱提示
party_field: holder          # 哪个字段是这份材料的主人
version_key: [holder]        # 这些字段相同的算同一材料的不同版本
date_field: valid_until      # 版本之间看哪个日期
fields:
  - {key: holder, label: 持证单位, find: [{labels: [持证单位, 单位名称]}]}     # labels：冒号后或右边一格
  - {key: number, label: 编号, kind: code, find: [{labels: [编号]}]}
  - {key: valid_until, label: 有效期至, kind: date, use: valid_until}          # use：共用的查找办法
  - {key: fee, label: 费用, kind: money, find: [{pattern: '费用[为:]?([\d,.]+元)'}]}  # 第一个括号是值
examples:                    # 至少两个是本种类、一个不是；每个字段都要有样例说到
  - text: "本行自定义材料KIND_ID\n持证单位：江城云栖食品有限公司\n编号：A-001\n费用：1,200元\n有效期至：2030年1月2日"
    fields: {holder: 江城云栖食品有限公司, number: A-001, fee: "1200", valid_until: "2030-01-02"}
  - text: "本行自定义材料KIND_ID（副本）\n单位名称\t北原粮油有限公司\n有效期至\t长期"
    fields: {holder: 北原粮油有限公司, valid_until: 长期}
  - text: "借款申请书\n我公司持有相关证件，特申请贷款"
    not: true
`
