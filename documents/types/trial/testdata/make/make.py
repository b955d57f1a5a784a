#!/usr/bin/python3
"""Makes the papers of cases.txt and truth.yaml beside it: docx and xlsx by hand and openpyxl, csv in GB18030, html,
pdf by chromium, scans by chromium and ImageMagick (grey, a little askew, noise). Run: ./make.py"""
import os, re, subprocess, sys, tempfile, zipfile, csv, io
from xml.sax.saxutils import escape
import openpyxl, yaml

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.dirname(HERE)

def parse(path):
    cases, cur = [], None
    for line in open(path, encoding='utf-8'):
        line = line.rstrip('\n')
        if line.startswith('== '):
            _, name, kind = line.split()
            cur = {'file': name, 'kind': kind, 'lines': [], 'fields': {}}
            cases.append(cur)
        elif cur is None or not line.strip():
            continue
        elif line.startswith('= '):
            key, value = line[2:].split(': ', 1)
            cur['fields'][key] = value
        else:
            def mark(m):
                words, arrow, value = m[2].partition('=>')
                cur['fields'][m[1]] = value if arrow else words
                return words
            cur['lines'].append(re.sub(r'\{(\w+)=([^{}]*)\}', mark, line))
    return cases

def blocks(case):
    """yields ('h'|'p', text) and ('t', rows)"""
    rows = []
    for line in case['lines']:
        if line.startswith('> '):
            rows.append([c.strip() for c in line[2:].split('|')])
            continue
        if rows:
            yield 't', rows
            rows = []
        yield ('h', line[2:]) if line.startswith('# ') else ('p', line)
    if rows:
        yield 't', rows

def docx(case, path):
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    def para(text, centre=False):
        jc = '<w:pPr><w:jc w:val="center"/></w:pPr>' if centre else ''
        return f'<w:p>{jc}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    body = ''
    for kind, x in blocks(case):
        if kind == 't':
            body += '<w:tbl>' + ''.join('<w:tr>' + ''.join(f'<w:tc>{para(c)}</w:tc>' for c in r) + '</w:tr>' for r in x) + '</w:tbl>'
        else:
            body += para(x, kind == 'h')
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as z:
        z.writestr('[Content_Types].xml', '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
        z.writestr('_rels/.rels', '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
        z.writestr('word/document.xml', f'<?xml version="1.0" encoding="UTF-8"?><w:document {w}><w:body>{body}</w:body></w:document>')

def cells(case):
    for kind, x in blocks(case):
        if kind == 't':
            yield from x
        else:
            yield [c.strip() for c in x.split('|')]

def xlsx(case, path):
    book = openpyxl.Workbook()
    for row in cells(case):
        book.active.append([float(c) if re.fullmatch(r'\d{1,9}', c) else c for c in row])
    book.save(path)

def sheet(case, path):
    s = io.StringIO()
    csv.writer(s).writerows(cells(case))
    open(path, 'wb').write(s.getvalue().encode('gb18030'))

def page(case, style=''):
    body = ''
    for kind, x in blocks(case):
        if kind == 't':
            body += '<table>' + ''.join('<tr>' + ''.join(f'<td>{escape(c)}</td>' for c in r) + '</tr>' for r in x) + '</table>'
        else:
            body += f'<h2>{escape(x)}</h2>' if kind == 'h' else f'<p>{escape(x)}</p>'
    return f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title></title><style>{style}</style></head><body>{body}</body></html>'

def chromium(html, *args):
    with tempfile.TemporaryDirectory() as d:
        src = os.path.join(d, 'x.html')
        open(src, 'w', encoding='utf-8').write(html)
        subprocess.run(['chromium', '--headless', '--no-sandbox', '--disable-gpu', f'--user-data-dir={d}/profile', *args, src], check=True, stderr=subprocess.DEVNULL)

STYLE = "body{font-family:'Noto Sans CJK SC';margin:40px} h2{text-align:center;font-weight:normal} td{border:1px solid #000;padding:4px} table{border-collapse:collapse}"

def pdf(case, path):
    chromium(page(case, STYLE.replace('Noto Sans CJK SC', 'Droid Sans Fallback')), f'--print-to-pdf={path}', '--no-pdf-header-footer')

def scan(case, path):
    with tempfile.TemporaryDirectory() as d:
        shot = os.path.join(d, 'x.png')
        chromium(page(case, STYLE + 'body{font-size:26px;width:980px}'), f'--screenshot={shot}', '--window-size=1100,700', '--hide-scrollbars')
        # noise does not compress without loss: only the JPEGs get it
        noise = ['-attenuate', '0.15', '+noise', 'Gaussian', '-blur', '0x0.4'] if path.endswith('.jpg') else []
        subprocess.run(['convert', shot, '-colorspace', 'Gray', '-background', 'white', '-rotate', '0.4', *noise, '-depth', '8', '-quality', '55', '-colors', '16', path], check=True)

MAKERS = {'docx': docx, 'xlsx': xlsx, 'csv': sheet, 'html': lambda c, p: open(p, 'w', encoding='utf-8').write(page(c)), 'pdf': pdf, 'jpg': scan, 'png': scan}

def main():
    cases = parse(os.path.join(HERE, 'cases.txt'))
    truth = {}
    for case in cases:
        if len(sys.argv) < 2 or case['file'] in sys.argv[1:]:
            MAKERS[case['file'].rsplit('.', 1)[1]](case, os.path.join(OUT, case['file']))
        truth[case['file']] = {'kind': case['kind'], 'fields': case['fields']}
    with open(os.path.join(OUT, 'truth.yaml'), 'w', encoding='utf-8') as f:
        yaml.safe_dump(truth, f, allow_unicode=True, sort_keys=False, width=200)

main()
