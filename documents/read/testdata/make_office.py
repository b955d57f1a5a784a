"""Makes the workbooks and letters that office_fixtures tests read: python3 make_office.py DIR, then, for the old formats,
    soffice --headless --convert-to xls  --outdir DIR DIR/ledger.xlsx
    soffice --headless --convert-to xlsx --outdir DIR/x DIR/ledger.xlsx   (so that formulas have results)
    soffice --headless --convert-to doc  --outdir DIR DIR/letter.docx
Everything in them is made up."""
import datetime, sys
from openpyxl import Workbook
from openpyxl.styles import Font

out = sys.argv[1]
wb = Workbook()
s = wb.active
s.title = "明细账"
s.merge_cells("A1:F1")
s["A1"] = "应收账款明细（单位：元）"
s.merge_cells("A2:A3")
s["A2"] = "客户"
s.merge_cells("B2:C2")
s["B2"] = "期末余额"
s["B3"], s["C3"] = "金额", "占比"
s["D2"], s["E2"], s["F2"] = "到期日", "已核对", "备注"
names = ["甲木材行", "乙五金店", "丙纸品厂", "丁物流部"]
for i in range(40):
    r = 4 + i
    s.cell(r, 1, f"{names[i % 4]}{i}")
    s.cell(r, 2, 1000.1 * i - 2000 + 0.005)
    c = s.cell(r, 3, (i - 7) / 64)
    c.number_format = "0.00%"
    d = s.cell(r, 4, datetime.date(2026, 1, 1) + datetime.timedelta(days=i * 9))
    d.number_format = 'yyyy"年"m"月"d"日"'
    s.cell(r, 5, i % 3 == 0)
    s.cell(r, 6, ("备注很长" * 30 + str(i)) if i % 5 == 0 else (f"00{i}" if i % 5 == 1 else None))
s["A45"], s["B45"] = "合计", "=SUM(B4:B43)"
s["C45"], s["D45"] = "=1/0", '="共"&COUNTA(A4:A43)&"户"'
s["A46"] = datetime.datetime(2026, 3, 4, 15, 6, 7)
s["A46"].number_format = "yyyy-mm-dd hh:mm:ss"
s["B46"], s["C46"], s["D46"] = 12345678901234, 1e-7, 0.1 + 0.2
s["F46"] = "第一行\n第二行"
s.row_dimensions[10].hidden = True
s.row_dimensions[11].hidden = True
s.column_dimensions["F"].hidden = True
h = wb.create_sheet("底稿")
h.sheet_state = "hidden"
h["B2"] = "不给人看"
big = wb.create_sheet("大表")
for i in range(300):
    for j in range(6):
        big.cell(i + 1, j + 1, f"单元{i}-{j}" if (i + j) % 2 else i * j)
wb.save(out + "/ledger.xlsx")
