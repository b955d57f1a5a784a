package read

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	native "github.com/xindiao/xindiao/documents/read/internal/pdfium"
	"github.com/xindiao/xindiao/dossier"
)

// engine is PDFium in WebAssembly: no file system but a folder of fonts, 128 MB of memory, one document at a time. What
// it compiles to is kept in the user's cache folder, so that the next process starts in tens of milliseconds.
type engine struct {
	root func() fs.FS
	once sync.Once
	mu   sync.Mutex
	pool pdfium.Pool
	err  error
}

// pdfEngine reads, with stand-in fonts, so that every machine reads the same; drawEngine draws, with the fonts that the
// machine has.
var pdfEngine, drawEngine = engine{root: native.Root}, engine{root: native.Host}

func (e *engine) start() error {
	e.once.Do(func() {
		cfg := wazero.NewRuntimeConfig().WithMemoryLimitPages(2048)
		if dir, err := os.UserCacheDir(); err == nil {
			if cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(dir, "xindiao", "wazero")); err == nil {
				cfg = cfg.WithCompilationCache(cache)
			}
		}
		e.pool, e.err = webassembly.Init(webassembly.Config{MinIdle: 0, MaxIdle: 1, MaxTotal: 1,
			FSConfig: wazero.NewFSConfig().WithFSMount(e.root(), "/"), RuntimeConfig: cfg, Stdout: io.Discard, Stderr: io.Discard})
	})
	return e.err
}

// pdf is one opened document. After a trap the WebAssembly instance is thrown away and the document opened anew.
type pdf struct {
	r     *reading
	eng   *engine // nil: pdfEngine
	file  *os.File
	size  int64
	inst  pdfium.Pdfium
	doc   references.FPDF_DOCUMENT
	raw   *native.Raw // the same document without go-pdfium's cost a call
	held  [2]*native.Page
	pages int
	traps int

	mended []byte // the file with a new end, where its own was missing
	found  int    // pages in it
}

// readPDF reads every page's glyphs and ruling lines and lays them out; a page without text is rendered for OCR.
func readPDF(r *reading) error {
	if err := pdfEngine.start(); err != nil {
		return &dossier.Error{Kind: dossier.ErrDependency, Msg: "PDF 引擎无法启动", Cause: err}
	}
	pdfEngine.mu.Lock()
	defer pdfEngine.mu.Unlock()
	f, err := os.Open(r.path)
	if err != nil {
		return err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return err
	}
	d := &pdf{r: r, file: f, size: st.Size()}
	defer d.close()
	if err := d.open(); err != nil {
		return err
	}
	if r.stretch.from <= 1 {
		if err := d.attachments(); err != nil {
			return err
		}
	}
	if r.onlyFiles {
		return d.pageFiles()
	}
	if kind, err := d.raw.FormType(); err == nil && kind >= 2 {
		r.note(problem(dossier.ErrPartial, "PDF 含 XFA 动态表单，填写的内容可能没有读全", "请用原软件打开，打印成普通 PDF 后重新提供"))
	}
	total := d.pages
	if total > r.lim.Pages {
		r.note(partial(fmt.Sprintf("PDF 有 %d 页，只读取前 %d 页", total, r.lim.Pages)))
		total = r.lim.Pages
	}
	for i := range r.span(total) {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		p, err := d.page(i)
		if err != nil {
			r.note(dossier.Problem{Kind: dossier.ErrPartial, Page: i + 1, Msg: fmt.Sprintf("第%d页无法读取", i+1), Remedy: "请用 PDF 阅读器打开确认，另存后重新提供"})
			if d.traps++; d.traps > 3 {
				break
			}
			if err := d.open(); err != nil {
				return err
			}
		}
		if err := r.add(p, total); err != nil {
			return err
		}
	}
	return nil
}

// wholePDF joins tables over pages, and tells a scan from a text file and one without any text.
func wholePDF(d *dossier.Document) {
	joinTables(d)
	var scans, empty int
	for _, p := range d.Pages {
		if p.Scan {
			scans++
		} else if p.Text == "" && len(p.Lines) == 0 {
			empty++
		}
	}
	d.Scan = scans > 0 && scans+empty >= len(d.Pages)
	if len(d.Pages) > 0 && empty == len(d.Pages) && len(d.Problems) == 0 {
		d.Problems = append(d.Problems, problem(dossier.ErrEmpty, "PDF 里没有文字，也没有识别出文字", "请提供清晰的扫描件或文字版 PDF"))
	}
}

func (d *pdf) open() (err error) {
	d.close()
	defer func() {
		if p := recover(); p != nil {
			err = &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "PDF 已损坏，无法打开"}
		}
	}()
	eng := d.eng
	if eng == nil {
		eng = &pdfEngine
	}
	d.inst, err = eng.pool.GetInstanceWithContext(context.Background())
	if err != nil {
		return &dossier.Error{Kind: dossier.ErrDependency, Msg: "PDF 引擎无法启动", Cause: err}
	}
	src, size := io.ReadSeeker(d.file), d.size
	if d.mended != nil {
		src, size = bytes.NewReader(d.mended), int64(len(d.mended))
	}
	if _, err := src.Seek(0, io.SeekStart); err != nil {
		return err
	}
	opened, err := d.inst.OpenDocument(&requests.OpenDocument{FileReader: src, FileReaderSize: size})
	switch {
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return &dossier.Error{Kind: dossier.ErrEncrypted, Msg: "PDF 设有打开密码，无法读取"}
	case err != nil && d.mend():
		return d.open()
	case err != nil:
		return &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "PDF 已损坏或不完整，无法打开"}
	}
	d.doc = opened.Document
	if d.raw, err = native.Attach(d.inst, d.doc); err != nil {
		return &dossier.Error{Kind: dossier.ErrDependency, Msg: "PDF 引擎无法启动", Cause: err}
	}
	n, err := d.inst.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: d.doc})
	if err != nil || n.PageCount < 0 {
		return &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "PDF 已损坏，页数不明"}
	}
	if d.pages = n.PageCount; d.pages == 0 && d.mend() {
		return d.open()
	}
	if d.pages == 0 {
		return &dossier.Error{Kind: dossier.ErrEmpty, Msg: "PDF 里没有页"}
	}
	if d.mended != nil {
		d.r.note(problem(dossier.ErrPartial, fmt.Sprintf("PDF 不完整（文件尾部缺失或损坏），只找回 %d 页，其余页没有读取", d.found), "请重新下载或导出完整的 PDF 后提供"))
	}
	return nil
}

func (d *pdf) close() {
	if d.inst != nil {
		_ = d.inst.Close() // gives the WebAssembly memory back whatever state it is in
		d.inst, d.held = nil, [2]*native.Page{}
	}
}
