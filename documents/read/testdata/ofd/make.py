#!/usr/bin/python3
"""Makes the OFD files beside it: fictional companies, written as the usual producers do (GB/T 33190-2016).

    python3 make.py        writes *.ofd into this folder; needs nothing but Python
"""
import io, os, struct, zipfile, zlib

HERE = os.path.dirname(os.path.abspath(__file__))
NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


class Windows(zipfile.ZipInfo):
    """Names as Windows in Chinese writes them: GBK, without the flag for UTF-8."""

    def _encodeFilenameFlags(self):
        return self.filename.encode('gbk'), self.flag_bits & ~0x800


def write(name, parts, gbk=()):
    with zipfile.ZipFile(os.path.join(HERE, name), 'w', zipfile.ZIP_DEFLATED) as z:
        for path, data in parts:
            if isinstance(data, str):
                data = data.encode()
            info = (Windows if path in gbk else zipfile.ZipInfo)(path, (2029, 3, 5, 9, 30, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, data)


class Doc:
    """Objects with running ids, in millimetres."""

    def __init__(self, prefix='ofd:'):
        self.p, self.id = prefix, 100
        self.ids = {}

    def next(self):
        self.id += 1
        return self.id

    def text(self, s, x, y, size=3.175, step=None, key=None, color='0 0 0', extra='', dy=None):
        """A run whose first character has its origin at x, y; step apart, or as wide as the characters are."""
        p, i = self.p, self.next()
        if key:
            self.ids.setdefault(key, []).append(i)
        steps = [step or (size if ord(c) > 0x2e80 else size / 2) for c in s[:-1]]
        if dy:
            delta = f' DeltaY="g {len(s) - 1} {dy}"'
            w, h = size, dy * len(s)
        else:
            out, n = [], 0
            while n < len(steps):  # runs of equal steps in short, as producers do
                m = n
                while m < len(steps) and steps[m] == steps[n]:
                    m += 1
                out.append(f'g {m - n} {steps[n]:g}' if m - n > 1 else f'{steps[n]:g}')
                n = m
            delta = f' DeltaX="{" ".join(out)}"' if out else ''
            w, h = sum(steps) + size, size * 1.2
        s = s.replace('&', '&amp;').replace('<', '&lt;')
        return (f'<{p}TextObject ID="{i}" Boundary="{x:g} {y - size:g} {w:g} {h:g}" Font="2" Size="{size:g}"{extra}>'
                f'<{p}FillColor Value="{color}"/><{p}TextCode X="0" Y="{size:g}"{delta}>{s}</{p}TextCode></{p}TextObject>')

    def line(self, x0, y0, x1, y1):
        p = self.p
        return (f'<{p}PathObject ID="{self.next()}" Boundary="{min(x0, x1):g} {min(y0, y1):g} {abs(x1 - x0) + .3:g} {abs(y1 - y0) + .3:g}" LineWidth="0.25">'
                f'<{p}StrokeColor Value="128 0 0"/><{p}AbbreviatedData>M 0 0 L {x1 - x0:g} {y1 - y0:g}</{p}AbbreviatedData></{p}PathObject>')

    def rect(self, x, y, w, h):
        p = self.p
        return (f'<{p}PathObject ID="{self.next()}" Boundary="{x:g} {y:g} {w:g} {h:g}" LineWidth="0.25"><{p}StrokeColor Value="128 0 0"/>'
                f'<{p}AbbreviatedData>M 0 0 L {w:g} 0 L {w:g} {h:g} L 0 {h:g} C</{p}AbbreviatedData></{p}PathObject>')

    def page(self, objects, area=None, template='', ns=NS):
        p = self.p
        area = f'<{p}Area><{p}PhysicalBox>{area}</{p}PhysicalBox></{p}Area>' if area else ''
        return f'<?xml version="1.0" encoding="UTF-8"?><{p}Page {ns}>{area}{template}<{p}Content><{p}Layer ID="{self.next()}" Type="Body">{"".join(objects)}</{p}Layer></{p}Content></{p}Page>'


def der(tag, *body):
    body = b''.join(body)
    n = len(body)
    head = bytes([n]) if n < 128 else bytes([0x81, n]) if n < 256 else bytes([0x82]) + struct.pack('>H', n)
    return bytes([tag]) + head + body


def utf8(s):
    return der(0x0c, s.encode())


def name(*pairs):
    return der(0x30, *[der(0x31, der(0x30, der(0x06, bytes(oid)), utf8(v))) for oid, v in pairs])


def signed(seal, signer):
    """An SES signature in outline: the seal with its name and the signer's certificate."""
    cn, o = (0x55, 4, 3), (0x55, 4, 10)
    cert = der(0x30, der(0x30, der(0x02, b'\x05'), name((cn, 'Test Root CA'), (o, '某认证中心')), name((o, '某省'), (cn, signer))))
    info = der(0x30, der(0x30, der(0x16, b'ES'), der(0x02, b'\x04'), der(0x16, b'Test')), der(0x16, b'id-1'),
               der(0x30, der(0x02, b'\x01'), utf8(seal), der(0x02, b'\x01'), der(0x30, der(0x04, cert)), der(0x18, b'20280101000000Z')))
    return der(0x30, der(0x30, der(0x02, b'\x04'), der(0x30, info, der(0x04, cert)), der(0x18, b'20290305093100Z')), der(0x03, b'\x00' * 20))


INVOICE = dict(
    no='29320000009000000017', date='2029年03月05日', buyer='北原食品有限公司', buyer_id='91320000MA1111111X', seller='云栖机电有限公司',
    seller_id='91320000MA0000000X', amount='1500.00', tax='195.00', total='1695.00', words='壹仟陆佰玖拾伍圆整', remark='合同号 A-1', drawer='李明')
ITEMS = [('*通用设备*水泵', '', '台', '2', '500', '1000.00', '13%', '130.00'), ('*通用设备*阀门', 'DN50', '个', '10', '50', '500.00', '13%', '65.00')]


def einvoice_xml(v):
    items = ''.join(f'<IssuItemInformation><ItemName>{a}</ItemName><SpecMod>{b}</SpecMod><MeaUnits>{c}</MeaUnits><Quantity>{d}</Quantity><UnPrice>{e}</UnPrice>'
                    f'<Amount>{f}</Amount><TaxRate>0.13</TaxRate><ComTaxAm>{h}</ComTaxAm></IssuItemInformation>' for a, b, c, d, e, f, g, h in ITEMS)
    return (f'<?xml version="1.0" encoding="UTF-8"?><EInvoice><Header><EIid>{v["no"]}</EIid><InherentLabel><EInvoiceType><LabelCode>01</LabelCode><LabelName>电子发票</LabelName></EInvoiceType>'
            f'<GeneralOrSpecialVAT><LabelCode>01</LabelCode><LabelName>增值税专用发票</LabelName></GeneralOrSpecialVAT></InherentLabel></Header><EInvoiceData>'
            f'<SellerInformation><SellerIdNum>{v["seller_id"]}</SellerIdNum><SellerName>{v["seller"]}</SellerName></SellerInformation>'
            f'<BuyerInformation><BuyerIdNum>{v["buyer_id"]}</BuyerIdNum><BuyerName>{v["buyer"]}</BuyerName></BuyerInformation>'
            f'<BasicInformation><TotalAmWithoutTax>{v["amount"]}</TotalAmWithoutTax><TotalTaxAm>{v["tax"]}</TotalTaxAm><TotalTax-includedAmount>{v["total"]}</TotalTax-includedAmount>'
            f'<TotalTax-includedAmountInChinese>{v["words"]}</TotalTax-includedAmountInChinese><Drawer>{v["drawer"]}</Drawer></BasicInformation>{items}</EInvoiceData>'
            f'<TaxSupervisionInfo><InvoiceNumber>{v["no"]}</InvoiceNumber><IssueTime>2029-03-05</IssueTime></TaxSupervisionInfo></EInvoice>')


def einvoice(name, data=None):
    """The fully digital invoice: labels and grid on a template page, values on the page, absolute paths, the invoice's
    XML attached, custom tags, a stamp annotation and a signature."""
    d, v = Doc(), INVOICE
    brown = '128 0 0'
    xs = [4.5, 40, 62, 74, 88, 106, 135, 158, 182, 205.5]
    form = [d.text('电子发票（增值税专用发票）', 66, 16, 6.35, color=brown), d.text('发票号码：', 152, 14, color=brown), d.text('开票日期：', 152, 20, color=brown),
            d.rect(4.5, 28, 201, 98), d.line(4.5, 50, 205.5, 50), d.line(4.5, 96, 205.5, 96), d.line(4.5, 104, 205.5, 104),
            d.line(10.5, 28, 10.5, 50), d.line(105, 28, 105, 50), d.line(111, 28, 111, 50), d.line(10.5, 104, 10.5, 126),
            d.text('购买方信息', 5.8, 33, 3.175, color=brown, dy=3.6), d.text('销售方信息', 106.3, 33, 3.175, color=brown, dy=3.6),
            d.text('名称：', 12, 35, color=brown), d.text('统一社会信用代码/纳税人识别号：', 12, 46, color=brown),
            d.text('名称：', 112.5, 35, color=brown), d.text('统一社会信用代码/纳税人识别号：', 112.5, 46, color=brown),
            d.text('备注', 5.8, 110, color=brown, dy=6), d.text('价税合计（大写）', 12, 101.5, color=brown), d.text('（小写）', 140, 101.5, color=brown),
            d.text('开票人：', 12, 133, color=brown), d.text('合', 14, 93.5, color=brown), d.text('计', 24, 93.5, color=brown)]
    for x, s in zip(xs, ['项目名称', '规格型号', '单位', '数量', '单价', '金额', '税率/征收率', '税额']):
        form.append(d.text(s, x + 2, 55, color=brown))
    page = [d.text(v['no'], 170, 14, step=1.7, key='InvoiceNo'), d.text(v['date'], 170, 20, key='IssueDate'),
            d.text(v['buyer'], 21, 35, key='BuyerName'), d.text(v['buyer_id'], 60, 46, key='BuyerTaxID'),
            d.text(v['seller'], 121.5, 35, key='SellerName'), d.text(v['seller_id'], 160.5, 46, key='SellerTaxID'),
            d.text('¥' + v['amount'], 142, 93.5, key='TaxExclusiveTotalAmount'), d.text('¥' + v['tax'], 185, 93.5, key='TaxTotalAmount'),
            d.text(v['words'], 45, 101.5), d.text('¥' + v['total'], 155, 101.5, key='TaxInclusiveTotalAmount'), d.text(v['remark'], 12, 110, key='Note'),
            d.text(v['drawer'], 25, 133, key='InvoiceClerk')]
    for i, row in enumerate(ITEMS):
        for x, s, w in zip(xs, row, [b - a for a, b in zip(xs, xs[1:])]):
            if s:
                page.append(d.text(s, x + 2 if not s[0].isdigit() else x + w - 2 - len(s) * 3.175 / 2, 61 + 5 * i, key='Item' if x == xs[0] else None))
    ref = lambda k: f'<ofd:{k}>' + ''.join(f'<ofd:ObjectRef PageRef="1">{i}</ofd:ObjectRef>' for i in d.ids[k]) + f'</ofd:{k}>'
    tags = '<ofd:eInvoice ' + NS + '>' + ''.join(ref(k) for k in ['InvoiceNo', 'IssueDate', 'TaxExclusiveTotalAmount', 'TaxTotalAmount', 'TaxInclusiveTotalAmount', 'Note', 'InvoiceClerk'])
    tags += '<ofd:Buyer>' + ref('BuyerName') + ref('BuyerTaxID') + '</ofd:Buyer><ofd:Seller>' + ref('SellerName') + ref('SellerTaxID') + '</ofd:Seller></ofd:eInvoice>'
    parts = [
        ('OFD.xml', f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {NS} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0000000000000000000000000000000a</ofd:DocID>'
                    f'<ofd:CreationDate>2029-03-05</ofd:CreationDate><ofd:CustomDatas><ofd:CustomData Name="发票号码">{v["no"]}</ofd:CustomData><ofd:CustomData Name="合计税额">{v["tax"]}</ofd:CustomData></ofd:CustomDatas></ofd:DocInfo>'
                    '<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot><ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>'),
        ('Doc_0/Document.xml', f'<?xml version="1.0" encoding="UTF-8"?><ofd:Document {NS}><ofd:CommonData><ofd:MaxUnitID>900</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 140</ofd:PhysicalBox></ofd:PageArea>'
                               '<ofd:PublicRes>/Doc_0/PublicRes.xml</ofd:PublicRes><ofd:TemplatePage ID="3" BaseLoc="/Doc_0/Tpls/Tpl_0/Content.xml"/></ofd:CommonData>'
                               '<ofd:Pages><ofd:Page ID="1" BaseLoc="/Doc_0/Pages/Page_0/Content.xml"/></ofd:Pages><ofd:Annotations>/Doc_0/Annots/Annotations.xml</ofd:Annotations>'
                               '<ofd:Attachments>/Doc_0/Attachs/Attachments.xml</ofd:Attachments><ofd:CustomTags>/Doc_0/Tags/CustomTags.xml</ofd:CustomTags></ofd:Document>'),
        ('Doc_0/PublicRes.xml', f'<?xml version="1.0" encoding="UTF-8"?><ofd:Res {NS} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="2" FontName="楷体" FamilyName="楷体"/></ofd:Fonts></ofd:Res>'),
        ('Doc_0/Tpls/Tpl_0/Content.xml', d.page(form)),
        ('Doc_0/Pages/Page_0/Content.xml', d.page(page, template='<ofd:Template TemplateID="3" ZOrder="Background"/>')),
        ('Doc_0/Annots/Annotations.xml', f'<?xml version="1.0" encoding="UTF-8"?><ofd:Annotations {NS}><ofd:Page PageID="1"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'),
        ('Doc_0/Annots/Page_0/Annotation.xml', f'<?xml version="1.0" encoding="UTF-8"?><ofd:PageAnnot {NS}><ofd:Annot ID="800" Type="Stamp" Creator="x" LastModDate="2029-03-05"><ofd:Parameters><ofd:Parameter Name="SealName">全国统一发票监制章</ofd:Parameter></ofd:Parameters>'
                                                '<ofd:Appearance Boundary="95 5 30 20"/></ofd:Annot><ofd:Annot ID="801" Type="Watermark" Visible="false"><ofd:Appearance Boundary="0 0 210 140">' + d.text('看不见', 10, 10) + '</ofd:Appearance></ofd:Annot></ofd:PageAnnot>'),
        ('Doc_0/Tags/CustomTags.xml', f'<?xml version="1.0" encoding="UTF-8"?><ofd:CustomTags {NS}><ofd:CustomTag NameSpace="http://www.edrm.org.cn/schema/e-invoice/2019"><ofd:FileLoc>CustomTag.xml</ofd:FileLoc></ofd:CustomTag></ofd:CustomTags>'),
        ('Doc_0/Tags/CustomTag.xml', '<?xml version="1.0" encoding="UTF-8"?>' + tags),
        ('Doc_0/Signs/Signatures.xml', f'<?xml version="1.0" encoding="UTF-8"?><ofd:Signatures {NS}><ofd:MaxSignId>1</ofd:MaxSignId><ofd:Signature ID="1" Type="Seal" BaseLoc="Sign_0/Signature.xml"/></ofd:Signatures>'),
        ('Doc_0/Signs/Sign_0/Signature.xml', f'<?xml version="1.0" encoding="UTF-8"?><ofd:Signature {NS}><ofd:SignedInfo><ofd:Provider ProviderName="Test" Version="1.0" Company="某公司"/><ofd:SignatureMethod>1.2.156.10197.1.501</ofd:SignatureMethod>'
                                              '<ofd:SignatureDateTime>2029-03-05 09:31:00</ofd:SignatureDateTime><ofd:StampAnnot ID="1" PageRef="1" Boundary="160 108 30 20"/></ofd:SignedInfo><ofd:SignedValue>SignedValue.dat</ofd:SignedValue></ofd:Signature>'),
        ('Doc_0/Signs/Sign_0/SignedValue.dat', signed('云栖机电有限公司发票专用章', '某省税务局')),
    ]
    if data:
        parts += [('Doc_0/Attachs/Attachments.xml', f'<?xml version="1.0" encoding="UTF-8"?><ofd:Attachments {NS}><ofd:Attachment ID="9" Name="invoice" Format="xml"><ofd:FileLoc>invoice.xml</ofd:FileLoc></ofd:Attachment></ofd:Attachments>'),
                  ('Doc_0/Attachs/invoice.xml', data)]
    write(name, parts)


def fiscal(name):
    """A fiscal receipt of another producer: default name space, relative paths, part names in GBK, grid as thin filled
    bars, a text run without deltas, a composite for the rate stamp, a watermark annotation."""
    d = Doc('')
    ns = 'xmlns="http://www.ofdspec.org/2016"'
    bar = lambda x, y, w, h: f'<PathObject ID="{d.next()}" Boundary="{x} {y} {w} {h}" Stroke="false" Fill="true"><FillColor Value="0 0 0"/><AbbreviatedData>M 0 0 L {w} 0 L {w} {h} L 0 {h} C</AbbreviatedData></PathObject>'
    ys, xs = [50, 58, 66, 74], [10, 50, 90, 120, 200]
    objects = [d.text('某省非税收入统一票据（电子）', 50, 20, 5.6)]
    for i, (a, b) in enumerate([('票据代码：32010129', '票据号码：0000000123'), ('交款人：北原食品有限公司', '校验码：a1b2c3'), ('交款人统一社会信用代码：91320000MA1111111X', '开票日期：2029-01-07')]):
        objects += [d.text(a, 12, 32 + 6 * i), d.text(b, 130, 32 + 6 * i)]
    objects += [bar(xs[0], y, 190, .3) for y in ys] + [bar(x, ys[0], .3, 24.3) for x in xs]
    for y, row in zip(ys, [['项目编码', '项目名称', '数量', '金额（元）'], ['103044', '不动产登记费', '1', '550.00'], ['合计', '', '', '550.00']]):
        objects += [d.text(s, x + 2, y + 5.5) for x, s in zip(xs, row) if s]
    objects += [f'<TextObject ID="{d.next()}" Boundary="12 76 100 6" Font="2" Size="3.175"><TextCode X="0" Y="4">收款单位（章）：某市不动产登记中心</TextCode></TextObject>',
                f'<CompositeObject ID="{d.next()}" Boundary="150 76 40 10" CTM="0.5 0 0 0.5 0 0" ResourceID="40"/>',
                f'<PageBlock ID="{d.next()}">' + d.text('复核人：王芳', 12, 90) + d.text('旋转', 195, 100, extra=' CTM="0 1 -1 0 0 0"') + '</PageBlock>']
    res = f'<Res {ns} BaseLoc="Res"><CompositeGraphicUnits><CompositeGraphicUnit ID="40" Width="80" Height="20"><Content>' + d.text('电子票据', 4, 12, 6.35) + '</Content></CompositeGraphicUnit></CompositeGraphicUnits></Res>'
    annot = f'<PageAnnot {ns}><Annot ID="70" Type="Watermark"><Appearance Boundary="60 95 60 20">' + d.text('作废', 0, 10, 9) + '</Appearance></Annot></PageAnnot>'
    write(name, [
        ('OFD.xml', f'<?xml version="1.0" encoding="UTF-8"?><OFD {ns} Version="1.0" DocType="OFD"><DocBody><DocInfo><DocID>b</DocID><Title>票据</Title></DocInfo><DocRoot>文档/Document.xml</DocRoot></DocBody></OFD>'),
        ('文档/Document.xml', f'<Document {ns}><CommonData><PageArea><PhysicalBox>0 0 210 110</PhysicalBox></PageArea><DocumentRes>资源.xml</DocumentRes></CommonData><Pages><Page ID="5" BaseLoc="Pages/第1页.xml"/></Pages><Annotations>批注.xml</Annotations></Document>'),
        ('文档/资源.xml', res), ('文档/Pages/第1页.xml', d.page(objects, ns=ns)),
        ('文档/批注.xml', f'<Annotations {ns}><Page PageID="5"><FileLoc>./批注/1.xml</FileLoc></Page></Annotations>'), ('文档/批注/1.xml', annot),
    ], gbk={'文档/Document.xml', '文档/资源.xml', '文档/Pages/第1页.xml', '文档/批注.xml', '文档/批注/1.xml'})


def png(w, h, dark):
    rows = b''.join(b'\0' + bytes(0 if dark(x, y) else 255 for x in range(w)) for y in range(h))
    chunk = lambda k, b: struct.pack('>I', len(b)) + k + b + struct.pack('>I', zlib.crc32(k + b))
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', w, h, 8, 0, 0, 0, 0)) + chunk(b'IDAT', zlib.compress(rows, 9)) + chunk(b'IEND', b'')


def scans(name):
    """Two documents in one package: the first is a scan, the second has text. The picture's resource lies beside it."""
    d = Doc()
    doc = lambda pages: f'<ofd:Document {NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 105 148</ofd:PhysicalBox></ofd:PageArea><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData><ofd:Pages>{pages}</ofd:Pages></ofd:Document>'
    body = lambda n: f'<ofd:DocBody><ofd:DocInfo><ofd:DocID>{n}</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_{n}/Document.xml</ofd:DocRoot></ofd:DocBody>'
    write(name, [
        ('OFD.xml', f'<ofd:OFD {NS} Version="1.1" DocType="OFD">{body(0)}{body(1)}</ofd:OFD>'),
        ('Doc_0/Document.xml', doc('<ofd:Page ID="1" BaseLoc="Pages/0.xml"/>')),
        ('Doc_0/DocumentRes.xml', f'<ofd:Res {NS} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="7" Type="Image" Format="PNG"><ofd:MediaFile>scan.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>'),
        ('Doc_0/Res/scan.png', png(420, 592, lambda x, y: 60 < x < 360 and y % 40 in (10, 11, 12))),
        ('Doc_0/Pages/0.xml', d.page(['<ofd:ImageObject ID="9" Boundary="0 0 105 148" CTM="105 0 0 148 0 0" ResourceID="7"/>'])),
        ('Doc_1/Document.xml', doc('<ofd:Page ID="1" BaseLoc="Pages/0.xml"/><ofd:Page ID="2" BaseLoc="Pages/1.xml"/>')),
        ('Doc_1/Pages/0.xml', d.page([d.text('第二份文档首页', 20, 30)])), ('Doc_1/Pages/1.xml', d.page([d.text('横向页', 20, 30)], area='0 0 148 105')),
    ])


einvoice('einvoice.ofd', einvoice_xml(INVOICE))
einvoice('einvoice_tags.ofd')  # no XML attached: the tags say what is what
einvoice('einvoice_differs.ofd', einvoice_xml(dict(INVOICE, total='16950.00')))
fiscal('fiscal.ofd')
scans('scans.ofd')
