package main

import (
	"io/fs"
	"os"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
)

type policyFlag struct {
	Policy string `help:"Folder of the bank's own thresholds, benchmarks and scenarios (docs/finance.md); what is not in it stays as embedded." env:"XINDIAO_POLICY" type:"path" group:"reading"`
}

// policy reads the bank's configuration, nil without the flag.
func (f policyFlag) policy() (*finance.Policy, error) {
	if f.Policy == "" {
		return nil, nil
	}
	dir, err := folder(f.Policy, "找不到行内配置文件夹，请检查 --policy 或 XINDIAO_POLICY")
	if err != nil {
		return nil, err
	}
	p, err := finance.LoadPolicy(dir)
	if err != nil {
		return nil, &dossier.Error{Kind: dossier.ErrInput, File: f.Policy, Msg: "行内配置文件有误：" + err.Error()}
	}
	return p, nil
}

// folder opens a folder that a flag names; missing says what to check when it is none.
func folder(path, missing string) (fs.FS, error) {
	if st, err := os.Stat(path); err != nil || !st.IsDir() {
		return nil, &dossier.Error{Kind: dossier.ErrInput, File: path, Msg: missing, Cause: err}
	}
	return os.DirFS(path), nil
}
