package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
	"github.com/xindiao/xindiao/internal/gbt4754"
)

// ConfigName is the optional file in a corpus' folder that says what the folder holds.
const ConfigName = "corpus.yaml"

// config is corpus.yaml. Without it a folder is a policy corpus of files that are in force without limit.
type config struct {
	Title    string       `yaml:"title"`
	Kind     Kind         `yaml:"kind"`
	Owner    string       `yaml:"owner"`
	Date     dossier.Date `yaml:"date"`
	Reviewed struct {     // of past reports: who vouches, and when, that nothing tells whose they were
		By   string       `yaml:"by"`
		Date dossier.Date `yaml:"date"`
	} `yaml:"reviewed"`
	Names []string   `yaml:"names"` // company names that may stand in past reports: the bank's own, a stock exchange
	Files []fileRule `yaml:"files"` // the first that matches a file counts
}

type fileRule struct {
	Match    string       `yaml:"match"` // path below the folder, with * and ?
	Title    string       `yaml:"title"`
	Type     string       `yaml:"type"`     // for filters; the corpus' kind when empty
	Industry string       `yaml:"industry"` // GB/T 4754
	From     dossier.Date `yaml:"effective_from"`
	To       dossier.Date `yaml:"effective_to"` // last day in force
	Skip     bool         `yaml:"skip"`
}

// maxConfig bounds corpus.yaml, in bytes.
const maxConfig = 1 << 20

// readConfig reads dir's corpus.yaml; faults carry file and line.
func readConfig(dir string) (config, error) {
	c := config{Kind: KindPolicy}
	name := filepath.Join(dir, ConfigName)
	st, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err == nil && st.Size() > maxConfig {
		err = fmt.Errorf("%s: %d bytes", ConfigName, st.Size())
	}
	var data []byte
	if err == nil {
		data, err = os.ReadFile(name)
	}
	if err == nil {
		err = datafile.Decode(ConfigName, data, &c)
	}
	if err == nil {
		err = c.check(data)
	}
	if err != nil {
		return c, &dossier.Error{Kind: dossier.ErrInput, File: name, Msg: "语料说明文件有误，请按提示修改：" + err.Error(), Cause: err}
	}
	return c, nil
}

func (c *config) check(data []byte) error {
	var errs []error
	bad := func(word, format string, a ...any) {
		errs = append(errs, fmt.Errorf("%s:%d: %s", ConfigName, lineOf(data, word), fmt.Sprintf(format, a...)))
	}
	switch c.Kind {
	case "":
		c.Kind = KindPolicy
	case KindPolicy, KindIndustry, KindOther, KindReport:
	default:
		bad(string(c.Kind), "kind 只能是 policy、report、industry 或 other，不能是 %q", c.Kind)
	}
	if c.Kind == KindReport && (c.Reviewed.By == "" || c.Reviewed.Date.IsZero()) {
		bad("kind", "往期报告含客户信息：请先脱敏，再写明 reviewed.by（谁核过）和 reviewed.date（哪天核的）")
	}
	for _, f := range c.Files {
		if _, err := path.Match(f.Match, ""); err != nil || f.Match == "" {
			bad(f.Match, "match %q 不是有效的文件名模式", f.Match)
		}
		if _, ok := gbt4754.Lookup(f.Industry); f.Industry != "" && !ok {
			bad(f.Industry, "industry %q 不在 GB/T 4754-2017 中", f.Industry)
		}
		if !f.To.IsZero() && f.To.Before(f.From) {
			bad(f.Match, "%s 的 effective_to 早于 effective_from", f.Match)
		}
	}
	return errors.Join(errs...)
}

// lineOf is the line on which a word first stands, 1 when nowhere.
func lineOf(data []byte, word string) int {
	i := bytes.Index(data, []byte(word))
	return 1 + bytes.Count(data[:max(i, 0)], []byte("\n"))
}

// rule finds the rule for a file, and which it was.
func (c *config) rule(file string) (fileRule, int) {
	top, _, _ := strings.Cut(file, ".zip/") // a rule for an archive holds for its members
	if top != file {
		top += ".zip"
	}
	for i, f := range c.Files {
		for _, name := range []string{file, path.Base(file), top} {
			if ok, _ := path.Match(f.Match, name); ok {
				return f, i
			}
		}
	}
	return fileRule{}, -1
}
