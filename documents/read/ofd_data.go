package read

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/ofd"
	"github.com/xindiao/xindiao/documents/read/internal/voucher"
	"github.com/xindiao/xindiao/dossier"
)

// data gives the vouchers in the package: attached ones, else what its tags and its own CustomData name.
func (o *ofdReading) data(d *ofd.Document, texts map[string]string) (out []*voucher.Sheet) {
	for _, a := range d.Attachments {
		data, err := d.Attached(a)
		if err != nil {
			o.r.note(problem(dossier.ErrPartial, "OFD 内嵌的文件无法读取："+short(a.Name, 40), "请从开具平台重新下载原文件"))
			continue
		}
		if ext := strings.ToLower(path.Ext(a.Name)); len(data) > maxData || ext != ".xml" && ext != ".xbrl" && a.Format != "xml" && a.Format != "xbrl" {
			if o.r.unpack.send != nil && o.r.member(a.Name, bytes.NewReader(data)) != nil { // a paper of its own
				break
			}
			continue
		}
		list, err := voucher.Read(data)
		if err != nil {
			o.r.note(problem(dossier.ErrPartial, "OFD 内嵌的数据文件不完整："+short(a.Name, 40), "请从开具平台重新下载原文件"))
		}
		out = append(out, list...)
	}
	if len(out) == 0 {
		for _, t := range d.Tags {
			if n := ofd.Tagged(t, texts); n != nil {
				out = append(out, voucher.Of(n)...)
			}
		}
	}
	if len(out) == 0 && len(d.Custom) > 0 {
		s := &voucher.Sheet{}
		for _, x := range d.Custom {
			s.Pairs = append(s.Pairs, voucher.Pair(x))
		}
		out = append(out, s)
	}
	return out
}

// compare doubts the first page when it does not print what the data says of the number and of the total.
func (o *ofdReading) compare(s *voucher.Sheet, printed map[string]bool, page int) {
	if len(printed) == 0 {
		return // a scan that could not be read
	}
	for _, label := range []string{"发票号码", "票据号码", "价税合计", "合计金额"} {
		v := s.Value(label)
		for want := range numbersOf(v) {
			if !printed[want] {
				if o.r.doubts == nil {
					o.r.doubts = map[int][]string{}
				}
				o.r.doubts[page] = append(o.r.doubts[page], fmt.Sprintf("内嵌数据的%s是 %s，版式页上没有找到", label, short(v, 40)))
				break
			}
		}
	}
}

// numbersOf collects the numbers of a text, without thousands separators and without zeros behind the point.
func numbersOf(s string) map[string]bool {
	out := map[string]bool{}
	for _, n := range strings.FieldsFunc(strings.ReplaceAll(s, ",", ""), func(c rune) bool { return (c < '0' || c > '9') && c != '.' }) {
		if strings.Contains(n, ".") {
			n = strings.TrimRight(strings.TrimRight(n, "0"), ".")
		}
		if n != "" {
			out[n] = true
		}
	}
	return out
}

// about says what the package carries beside its pages.
func about(d *ofd.Document) dossier.Page {
	p := dossier.Page{}
	for _, s := range d.Signatures {
		line(&p, "电子"+s.Kind+"\t"+s.Seal)
		for _, x := range [][2]string{{"签名人", s.Signer}, {"签名时间", s.Time}, {"签名工具", s.Provider}} {
			if x[1] != "" {
				line(&p, x[0]+"\t"+x[1])
			}
		}
		line(&p, "签名验证\t未验证（请用税务、财政或国密验签工具核实）")
	}
	for _, a := range d.Attachments {
		line(&p, "附件\t"+a.Name+"\t"+size(a.Size))
	}
	return p
}
