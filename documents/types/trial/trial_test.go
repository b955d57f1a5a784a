package trial

import (
	"math/rand/v2"
	"sort"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xindiao/xindiao/documents/classify"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

// TestConfusion gives every example of every kind, in an order that changes, to the whole catalogue, and prints the
// cells of the confusion matrix that lie off the diagonal. A lead over the next kind below a twentieth would turn with
// one misread word and does not count as a lead.
func TestConfusion(t *testing.T) {
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	type one struct {
		k *types.Type
		e types.Sample
	}
	var all []one
	for _, k := range c.All() {
		for _, e := range k.Examples {
			if !e.Not && !k.Assigned {
				all = append(all, one{k, e})
			}
		}
	}
	rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	off := map[string]int{}
	right := 0
	for _, x := range all {
		d := Document(x.e)
		classify.Classify(c, d, dossier.Application{})
		if trade[d.Type] && trade[x.k.ID] {
			right++
			continue
		}
		if d.Type == x.k.ID {
			right++
			if r := classify.Rank(c, d); len(r) > 1 && r[0].Value-r[1].Value < 0.05 {
				t.Errorf("%s: %.2f, %s %.2f: too near", x.k.ID, r[0].Value, r[1].Type.ID, r[1].Value)
			}
			continue
		}
		off[x.k.ID+" -> "+d.Type]++
	}
	if len(all) < 2*250 {
		t.Errorf("%d examples, want two a kind", len(all))
	}
	var cells []string
	for s := range off {
		cells = append(cells, s)
	}
	sort.Strings(cells)
	if len(cells) > 0 {
		t.Errorf("%d of %d right; off the diagonal:\n%s", right, len(all), strings.Join(cells, "\n"))
	}
}

const own = `id: parking_permit
name: 停车许可证
category: 行业许可
validity: until:valid_until
cues:
  - {pattern: '停车许可证', weight: 1, where: title}
fields:
  - {key: holder, label: 持证单位, find: [{labels: [持证单位]}]}
  - {key: valid_until, label: 有效期至, kind: date, use: valid_until}
examples:
  - text: "停车许可证\n持证单位：江城云栖食品有限公司\n有效期至：2030年1月2日"
    fields: {holder: 江城云栖食品有限公司, valid_until: "2030-01-02"}
  - text: "停车许可证（副本）\n持证单位：北原粮油有限公司"
    fields: {holder: 北原粮油有限公司}
  - text: "道路运输经营许可证"
    not: true
`

func TestOwnKind(t *testing.T) {
	c, err := types.With(fstest.MapFS{"parking_permit.yaml": {Data: []byte(own)}})
	if err != nil {
		t.Fatal(err)
	}
	if errs := c.Lint("parking_permit"); len(errs) > 0 {
		t.Errorf("lint: %v", errs)
	}
	for _, o := range Run(c, c.Get("parking_permit")) {
		if !o.OK() {
			t.Errorf("example %d: %s %v", o.Number, o.Got, o.Diffs)
		}
	}
	bad := strings.Replace(own, "holder: 江城云栖食品有限公司, valid_until", "holder: 江城云栖, valid_until", 1)
	if c, err = types.With(fstest.MapFS{"parking_permit.yaml": {Data: []byte(bad)}}); err != nil {
		t.Fatal(err)
	}
	if o := Run(c, c.Get("parking_permit"))[0]; o.OK() || o.Diffs[0] != (Diff{"holder", "江城云栖", "江城云栖食品有限公司"}) {
		t.Errorf("a wrong expectation holds: %+v", o)
	}
	if _, err = types.With(fstest.MapFS{"parking_permit.yaml": {Data: []byte(strings.Replace(own, "weight", "wait", 1))}}); err == nil ||
		!strings.Contains(err.Error(), "parking_permit.yaml:6") {
		t.Errorf("an unknown key: %v", err)
	}
	replaced, err := types.With(fstest.MapFS{"school_license.yaml": {Data: []byte(strings.NewReplacer("parking_permit", "school_license").Replace(own))}})
	if err != nil || replaced.Get("school_license").Name != "停车许可证" {
		t.Errorf("the same id does not replace: %v", err)
	}
}

func TestOutdatedPapersSaySo(t *testing.T) {
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []struct{ text, kind, says string }{
		{"税务登记证\n纳税人名称：江城云栖食品有限公司\n纳税人识别号：330102761234563\n江城市国家税务局", "tax_registration_legacy", "不必再提供"},
		{"中国人民银行\n贷款卡\n借款人名称：江城云栖食品有限公司\n贷款卡编码：3301000000123456", "zhongzheng_code", "贷款卡已停用"},
		{"中征码查询结果\n企业名称：江城云栖食品有限公司\n中征码：3301000000123456", "zhongzheng_code", ""},
	} {
		d := Document(types.Sample{Text: p.text})
		classify.Classify(c, d, dossier.Application{})
		why := strings.Join(d.Why, "；")
		if d.Type != p.kind || p.says != "" && !strings.Contains(why, p.says) || p.says == "" && strings.Contains(why, "停用") {
			t.Errorf("%s: %s, %s", p.kind, d.Type, why)
		}
	}
}
