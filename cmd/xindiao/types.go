package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/validators/law"
)

// kindsFlag names a folder of a bank's own kinds of material.
type kindsFlag struct {
	Types string `help:"Folder of the bank's own kinds of material, laid over the embedded ones." env:"XINDIAO_TYPES" type:"path" group:"reading"`
}

// catalogue returns the embedded kinds with those of the flag's folder over them.
func (k kindsFlag) catalogue() (*types.Catalogue, error) {
	if k.Types == "" {
		return types.Load()
	}
	dir, err := folder(k.Types, "找不到材料种类文件夹，请检查 --types 或 XINDIAO_TYPES")
	if err != nil {
		return nil, err
	}
	c, err := types.With(dir)
	if err != nil {
		return nil, &dossier.Error{Kind: dossier.ErrInput, File: k.Types, Msg: "材料种类文件有误：" + err.Error()}
	}
	return c, nil
}

type typesCmd struct {
	List typesListCmd `cmd:"" help:"List the kinds of material."`
	Show typesShowCmd `cmd:"" help:"Show one kind: how it is told, what it says, how long it holds."`
	Test typesTestCmd `cmd:"" help:"Try a bank's own kinds: file, examples, and whether they take other kinds' papers."`
	New  typesNewCmd  `cmd:"" help:"Print a commented file for a new kind, which passes the test."`
}

type typesListCmd struct {
	Category string `help:"Only this category: 主体资格, 财务, 担保…"`
	Format   string `help:"text or json." default:"text" enum:"text,json"`
	kindsFlag
}

// kindJSON is a kind as other programs see it; keys may be added, none renamed.
type kindJSON struct {
	ID        string      `json:"id"`
	Name      string      `json:"name"`
	Aliases   []string    `json:"aliases"`
	Category  string      `json:"category"`
	Issuer    string      `json:"issuer"`
	Validity  string      `json:"validity"`
	Products  []string    `json:"products"`
	Law       []string    `json:"law"`
	Abolished bool        `json:"abolished"`
	Listed    bool        `json:"listed"` // a row of the bank's material list
	Examples  int         `json:"examples"`
	Fields    []fieldJSON `json:"fields"`
}

type fieldJSON struct {
	Key   string            `json:"key"`
	Label string            `json:"label"`
	Kind  dossier.FieldKind `json:"kind"`
}

func (c *typesListCmd) Run(context.Context) error {
	cat, err := c.catalogue()
	if err != nil {
		return err
	}
	var kinds []*types.Type
	for _, t := range cat.All() {
		if c.Category == "" || t.Category == c.Category {
			kinds = append(kinds, t)
		}
	}
	if len(kinds) == 0 {
		return &dossier.Error{Kind: dossier.ErrInput, Msg: "没有“" + c.Category + "”这一类，可用的类别：" + strings.Join(categories(cat), "、")}
	}
	if c.Format == "json" {
		out := make([]kindJSON, 0, len(kinds))
		for _, t := range kinds {
			out = append(out, asJSON(t))
		}
		return writeJSON(os.Stdout, out)
	}
	for _, name := range categories(cat) {
		first := true
		for _, t := range kinds {
			if t.Category != name {
				continue
			}
			if first {
				fmt.Printf("%s\n", name)
				first = false
			}
			fmt.Printf("  %-36s %s%s\n", t.ID, t.Name, mark(t))
		}
	}
	fmt.Printf("共 %d 种\n", len(kinds))
	return nil
}

func mark(t *types.Type) string {
	if t.ReplacedBy != nil {
		return "（已取消）"
	}
	return ""
}

// categories in the order in which they first stand.
func categories(c *types.Catalogue) []string {
	var out []string
	seen := map[string]bool{}
	for _, t := range c.All() {
		if !seen[t.Category] {
			seen[t.Category] = true
			out = append(out, t.Category)
		}
	}
	return out
}

func asJSON(t *types.Type) kindJSON {
	k := kindJSON{ID: t.ID, Name: t.Name, Aliases: list(t.Aliases), Category: t.Category, Issuer: t.Issuer, Validity: t.Validity,
		Products: list(t.Products), Law: list(t.Law), Abolished: t.ReplacedBy != nil, Listed: !t.Foreign, Fields: []fieldJSON{}}
	for _, e := range t.Examples {
		if !e.Not {
			k.Examples++
		}
	}
	for i := range t.Fields {
		if f := &t.Fields[i]; !f.Hidden {
			k.Fields = append(k.Fields, fieldJSON{f.Key, f.Label, f.Kind})
		}
	}
	return k
}

// list keeps an empty list from becoming null.
func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

type typesShowCmd struct {
	ID string `arg:"" help:"Id of the kind, or its Chinese name."`
	kindsFlag
}

func (c *typesShowCmd) Run(context.Context) error {
	cat, err := c.catalogue()
	if err != nil {
		return err
	}
	t := find(cat, c.ID)
	if t == nil {
		return &dossier.Error{Kind: dossier.ErrInput, Msg: "没有“" + c.ID + "”这一种材料，用 xindiao types list 查看全部"}
	}
	laws, err := law.Embedded()
	if err != nil {
		return err
	}
	show(os.Stdout, cat, t, laws)
	return nil
}

// find looks a kind up by id, name or alias.
func find(c *types.Catalogue, s string) *types.Type {
	if t := c.Get(s); t != nil {
		return t
	}
	for _, t := range c.All() {
		if t.Name == s {
			return t
		}
	}
	for _, t := range c.All() {
		for _, a := range t.Aliases {
			if a == s {
				return t
			}
		}
	}
	return nil
}

var fieldKinds = map[dossier.FieldKind]string{dossier.KindText: "文字", dossier.KindMoney: "金额", dossier.KindDate: "日期", dossier.KindPeriod: "期间",
	dossier.KindPercent: "比例", dossier.KindNumber: "数字", dossier.KindArea: "面积", dossier.KindUSCC: "统一社会信用代码", dossier.KindIDCard: "身份证号",
	dossier.KindCode: "编号", dossier.KindBool: "有无", dossier.KindPerson: "人名", dossier.KindOrg: "单位名称", dossier.KindAddress: "地址",
	dossier.KindBankCard: "银行卡号", dossier.KindOrgCode: "组织机构代码", dossier.KindVIN: "车辆识别代号", dossier.KindPlate: "车牌号", dossier.KindRows: "列表"}

func show(w io.Writer, c *types.Catalogue, t *types.Type, laws law.Book) {
	line := func(label, text string) {
		if text != "" {
			fmt.Fprintf(w, "%s：%s\n", label, text)
		}
	}
	fmt.Fprintf(w, "%s（%s）\n", t.Name, t.ID)
	line("别名", strings.Join(t.Aliases, "、"))
	line("类别", t.Category)
	line("出具方", t.Issuer)
	line("效力", t.ValidityZH())
	var asked []string
	for _, p := range t.Products {
		asked = append(asked, types.ProductZH(p))
	}
	line("适用", strings.Join(asked, "、"))
	var basis []string
	for _, ref := range t.Law {
		id, no, _ := strings.Cut(ref, ":")
		basis = append(basis, laws.Name(id, no))
	}
	line("依据", strings.Join(basis, "、"))
	line("印章", marks(t.Seals))
	line("签字", marks(t.Signatures))
	if r := t.ReplacedBy; r != nil {
		line("已取消", r.Say+"（自"+r.Since+"起）")
		line("替代材料", names(c, r.Kinds))
	}
	line("替代了", names(c, t.Replaces))
	for _, o := range t.OldForms {
		line("旧式样", o.Name+"："+o.Say+"（自"+o.Since+"起）")
	}
	line("说明", t.Note)
	if t.Assigned {
		line("识别", "结合其他材料判断，不单凭本页文字")
	}
	fmt.Fprintln(w, "字段：")
	for i := range t.Fields {
		if f := &t.Fields[i]; !f.Hidden {
			fmt.Fprintf(w, "  %s（%s，%s）\n", f.Label, f.Key, fieldKinds[f.Kind])
		}
	}
	n := 0
	for _, e := range t.Examples {
		if !e.Not {
			n++
		}
	}
	fmt.Fprintf(w, "样例：%d 个，另有 %d 个反例\n", n, len(t.Examples)-n)
}

func names(c *types.Catalogue, ids []string) string {
	var out []string
	for _, id := range ids {
		out = append(out, c.Name(id)+"（"+id+"）")
	}
	return strings.Join(out, "、")
}

func marks(ms []types.Mark) string {
	var out []string
	for _, m := range ms {
		s := m.Who
		switch {
		case m.Optional:
			s += "（最好有）"
		case m.Min > 1:
			s += fmt.Sprintf("（至少%d处）", m.Min)
		}
		out = append(out, s)
	}
	return strings.Join(out, "、")
}
