package corpus

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/documents/read"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/gbt4754"
	"github.com/xindiao/xindiao/validators/law"
)

var reName = regexp.MustCompile(`^[a-z0-9_-]{1,64}$`)

// Load reads a bank's folder into a corpus: every file in a format that documents/read takes is one item, archives
// give their members. What corpus.yaml says of the folder and its files is kept. A file that cannot be read, or that
// names customers, is left out and stands in Problems; the rest goes on. The error (*dossier.Error) is for a bad name,
// a faulty corpus.yaml, a folder that is not there or has nothing to offer, and a cancelled ctx.
func Load(ctx context.Context, name, dir string, opt read.Options) (*Corpus, error) {
	if !reName.MatchString(name) {
		return nil, &dossier.Error{Kind: dossier.ErrInput, Msg: "语料名只能用小写字母、数字、下划线和短横线，不超过64个：" + name}
	}
	if name == LawName || name == IndustryName {
		return nil, &dossier.Error{Kind: dossier.ErrInput, Msg: "语料名 " + name + " 已由内置语料使用，请换一个"}
	}
	cfg, err := readConfig(dir)
	if err != nil {
		return nil, err
	}
	docs, problems, err := read.Folder(ctx, dir, opt)
	if err != nil {
		return nil, err
	}
	book, err := law.Embedded()
	if err != nil {
		return nil, err
	}
	c := &Corpus{Name: name, Title: cfg.Title, Kind: cfg.Kind, Owner: cfg.Owner, Date: cfg.Date}
	if c.Title == "" {
		c.Title = filepath.Base(dir)
	}
	for _, p := range problems {
		c.Problems = append(c.Problems, Problem{Problem: p})
	}
	used := make([]bool, len(cfg.Files))
	holds := map[string]bool{} // archives, mails: files whose members stand for them
	for _, d := range docs {
		for dir := path.Dir(d.File); dir != "." && dir != "/"; dir = path.Dir(dir) {
			holds[dir] = true
		}
	}
	for _, d := range docs {
		rule, i := cfg.rule(d.File)
		if i >= 0 {
			used[i] = true
		}
		if d.File == ConfigName || rule.Skip {
			continue
		}
		if it, ok := c.take(d, cfg, rule, book, holds[d.File]); ok {
			c.Items = append(c.Items, it)
		}
	}
	for i, f := range cfg.Files {
		if !used[i] {
			c.Problems = append(c.Problems, Problem{File: ConfigName, Problem: dossier.Problem{Kind: dossier.ErrInput,
				Msg: fmt.Sprintf("match %q 没有对应任何文件", f.Match), Remedy: "核对文件名，或删去这一条"}})
		}
	}
	if len(c.Items) == 0 {
		return c, &dossier.Error{Kind: dossier.ErrEmpty, File: dir, Msg: "文件夹里没有能收入语料的文件" + c.why()}
	}
	return c, c.seal()
}

// take makes an item of a document, or says why not.
func (c *Corpus) take(d *dossier.Document, cfg config, rule fileRule, book law.Book, holds bool) (Item, bool) {
	empty := strings.TrimSpace(strings.ReplaceAll(d.Text(), "\f", "")) == ""
	for _, p := range d.Problems {
		c.Problems = append(c.Problems, Problem{File: d.File, Problem: p, Left: empty})
	}
	if empty {
		if len(d.Problems) == 0 && !holds {
			c.leave(d, dossier.ErrEmpty, 0, "文件里没有文字", "扫描件请先识别文字，或换一份电子版")
		}
		return Item{}, false
	}
	if reason, page := confidential(d, cfg.Kind == KindReport, append(cfg.Names, cfg.Owner)); reason != "" {
		c.leave(d, dossier.ErrInput, page, "含客户信息（"+reason+"），没有收入：共享语料供所有客户的报告检索", "脱敏后重新加入；本行名称等可写在 corpus.yaml 的 names 里")
		return Item{}, false
	}
	industry, _ := gbt4754.Lookup(rule.Industry) // checked before; with its letter, as searches compare it
	it := Item{ID: d.File, File: d.File, Title: rule.Title, Type: rule.Type, Industry: industry.Full(), From: rule.From, To: rule.To, Doc: d}
	if it.Title == "" {
		it.Title = strings.TrimSuffix(path.Base(d.File), path.Ext(d.File))
	}
	if it.Type == "" {
		it.Type = string(cfg.Kind)
	}
	d.Type = it.Type
	c.outdated(d, cfg, book)
	return it, true
}

func (c *Corpus) leave(d *dossier.Document, kind dossier.ErrorKind, page int, msg, remedy string) {
	c.Problems = append(c.Problems, Problem{File: d.File, Left: true, Problem: dossier.Problem{Kind: kind, Page: page, Msg: msg, Remedy: remedy}})
}

var reTitle = regexp.MustCompile(`《([^《》\n]{2,60})》`)

// outdated reports rules that a policy cites although another law has repealed them: the text is taken all the same.
func (c *Corpus) outdated(d *dossier.Document, cfg config, book law.Book) {
	said := map[string]bool{}
	for _, p := range d.Pages {
		for _, m := range reTitle.FindAllStringSubmatch(p.Text, -1) {
			l, old, ok := book.Replaced(m[1], cfg.Date)
			if !ok || said[old.Name] {
				continue
			}
			said[old.Name] = true
			c.Problems = append(c.Problems, Problem{File: d.File, Problem: dossier.Problem{Kind: dossier.ErrInput, Page: p.Number,
				Msg:    fmt.Sprintf("引用的《%s》已于%s废止", old.Name, old.Date.Chinese()),
				Remedy: fmt.Sprintf("现行规定是《%s》，请核对并更新本行制度", l.Name)}})
		}
	}
}

// why sums up the problems for an error that has no room for a list.
func (c *Corpus) why() string {
	for _, p := range c.Problems {
		if p.Left {
			return "，例如 " + p.File + "：" + p.Msg
		}
	}
	return ""
}
