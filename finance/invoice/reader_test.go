package invoice

import (
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/xindiao/xindiao/dossier"
)

const small = "某公司发票清单,,,,\n查询期间,2026-01,,,\n发票号码,开票日期,购方名称,金额（元）,税额\n'00000012,2026年1月5日 09:30,\"甲,乙公司\",\"1,234.50\",160.49\n合计,,,\"1,234.50\",160.49\n"

func TestEncodings(t *testing.T) {
	gbk, _ := simplifiedchinese.GB18030.NewEncoder().String(small)
	for name, text := range map[string]string{"utf-8": small, "bom": "\xEF\xBB\xBF" + small, "gb18030": gbk, "semicolon": "发票号码;开票日期;购方名称;金额;税额\n12;2026/1/5;甲,乙公司;1234.50;160.49\n",
		"tab": "发票号码\t开票日期\t购方名称\t金额\t税额\n12\t20260105\t甲,乙公司\t￥1,234.50\t160.49\n"} {
		r, err := NewReader(strings.NewReader(text), ReadOptions{File: "清单.csv"})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var row Row
		if err := r.Next(&row); err != nil || row.Amount != 123450 || row.Total != 139499 || string(row.Party) != "甲,乙公司" || row.Day.Date() != dossier.NewDate(2026, 1, 5) {
			t.Errorf("%s: %v %+v", name, err, row)
		}
		if err := r.Next(&row); err != io.EOF {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := NewReader(strings.NewReader("日期,摘要,借方,贷方\n1,2,3,4\n"), ReadOptions{File: "流水.csv"}); dossier.KindOf(err) != dossier.ErrUnsupported {
		t.Error(err)
	}
}

func TestUTF16(t *testing.T) {
	text, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("发票号码\t开票日期\t购方名称\t金额\n12\t20260105\t甲\t5\n")
	if s := read(t, text, Options{}).Sales; s.Net != 500 {
		t.Errorf("%+v", s)
	}
}

// A file that breaks off in a quote keeps the rows before it and says where it stopped.
func TestBroken(t *testing.T) {
	text := "发票号码,开票日期,购方名称,金额\n12,20260105,甲,5\n13,20260105,\"" + strings.Repeat("乙\n", maxRecord/2)
	r, err := NewReader(strings.NewReader(text), ReadOptions{File: "清单.csv"})
	if err != nil {
		t.Fatal(err)
	}
	var row Row
	if err := r.Next(&row); err != nil || row.Amount != 500 {
		t.Fatal(err, row)
	}
	if err := r.Next(&row); dossier.KindOf(err) != dossier.ErrPartial || !strings.Contains(err.Error(), "之前的1张") {
		t.Error(err)
	}
}

func TestAmounts(t *testing.T) {
	for in, want := range map[string]Cents{"0": 0, "12": 1200, "1,234.5": 123450, "-0.01": -1, "570648.6899999999": 57064869, "532768.0699999999": 53276807, "(12.30)": -1230, "（12.30）": -1230,
		"￥1，200.00": 120000, "1.2E5": 12000000, "12.005": 1201, "12-": -1200, "99999999999.99": 9999999999999} {
		if got, ok := parseCents([]byte(in)); !ok || got != want {
			t.Errorf("%s: %d %v, want %d", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "-", "见清单", "1e99", "99999999999999999", "1.2.3", "--5"} {
		if got, ok := parseCents([]byte(in)); ok {
			t.Errorf("%s: %d", in, got)
		}
	}
	for in, want := range map[string]int32{"13%": 1300, "0.13": 1300, "13": 1300, "免税": 0, "1.5%": 150, "0.5%": 50, "0": 0, "*": -1, "13%、9%": -1, "-3%": -1} {
		if got, ok := parseRate([]byte(in)); ok != (want >= 0) || ok && got != want {
			t.Errorf("%s: %d %v, want %d", in, got, ok, want)
		}
	}
}

func TestDays(t *testing.T) {
	for in, want := range map[string]string{"2017/1/8": "2017-01-08", "2017-01-08 10:11:12": "2017-01-08", "20170108": "2017-01-08", "20170108101112": "2017-01-08", "2017年1月8日": "2017-01-08",
		"2017.1.8": "2017-01-08", "42743": "2017-01-08", "42743.5": "2017-01-08", "2017-02-29": "", "1980-01-01": "", "2017-1": "", "": "", "合计": "", "2200-01-01": ""} {
		d, ok := parseDay([]byte(in))
		if ok != (want != "") || ok && d.Date().String() != want {
			t.Errorf("%s: %v %v, want %s", in, d.Date(), ok, want)
		}
	}
}

func FuzzReader(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte(fullHead + ",26332000000000000001,2026-03-01,甲,*钢*筋,100.00,13%,13.00,113.00,正常,\n,26332000000000000002,2026-03-02,甲,,-50.00,13%,-6.50,-56.50,红字,被红冲蓝字数电票号码：26332000000000000001\n"))
	f.Add([]byte(bothHead + "本厂,甲,2.6E+19,42743,*水果*苹果,(1),1e3\n甲,本厂,1,2017.1.8,**,￥,-\n"))
	f.Add([]byte("企业代号;发票号码;开票日期;购方名称;价税合计(万元);税率\nE1;E;20991231;*;1e9;999%\nE2;1E;19940101;;9999999999;\n"))
	f.Add([]byte("\xFF\xFE\x00"))
	gbk, _ := simplifiedchinese.GB18030.NewEncoder().String(small)
	f.Add([]byte(gbk))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			return
		}
		r, err := NewReader(strings.NewReader(string(data)), ReadOptions{Owner: func(b []byte) bool { return string(b) == "本厂" }})
		if err != nil {
			return
		}
		l := NewLedger(Options{Industry: "F5123", Approved: dossier.NewDate(2020, 1, 1), Related: []string{"甲"}, TempDir: "/no such folder"})
		var row Row
		var n int
		var net Cents
		for r.Next(&row) == nil {
			n++
			if row.counts() {
				net += row.Amount
			}
			if row.Amount.abs() > 10000*maxCents || row.Day != 0 && (row.Day < firstDay || row.Day > lastDay) {
				t.Fatalf("%+v", row)
			}
			if err := l.Add(&row); err != nil {
				t.Fatal(err)
			}
		}
		rows, sum := 0, Cents(0)
		for _, res := range l.Close() {
			for _, s := range []*SideResult{res.Sales, res.Purchases} {
				if s != nil {
					rows, sum = rows+s.Rows, sum+s.Net
				}
			}
			RankModel().Rank(res)
		}
		if rows != n || sum != net {
			t.Fatalf("%d rows and %d in, %d and %d out", n, net, rows, sum)
		}
	})
}
