package main

import (
	"os"
	"path/filepath"

	"github.com/xindiao/xindiao/documents/read"
)

// readFlags say how files are read and whether readings are kept.
type readFlags struct {
	Cache   string `help:"Folder that keeps readings for later runs (30 days, 2 GB); off: none. Default: the user's cache folder." env:"XINDIAO_CACHE" group:"reading"`
	NoCache bool   `help:"Keep no readings." group:"reading"`
	Limits  string `help:"YAML file of limits on files, memory and time." type:"path" env:"XINDIAO_LIMITS" group:"reading"`
}

const cacheOff = "off"

// apply sets the options; without a flag readings are kept in def, or where the user's programs keep such things.
func (f readFlags) apply(opt *read.Options, def string) error {
	switch {
	case f.NoCache || f.Cache == cacheOff || f.Cache == "" && def == cacheOff:
	case f.Cache != "":
		opt.Cache = f.Cache
	case def != "":
		opt.Cache = def
	default:
		if dir, err := os.UserCacheDir(); err == nil {
			opt.Cache = filepath.Join(dir, "xindiao", "readings")
		}
	}
	if f.Limits == "" {
		return nil
	}
	var err error
	opt.Limits, err = read.LoadLimits(f.Limits)
	return err
}
