package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/xindiao/xindiao/agent"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/retrieval"
	"github.com/xindiao/xindiao/server"
)

type serveCmd struct {
	Listen string `help:"Address to listen on." default:"127.0.0.1:8080"`
	Dir    string `help:"Folder for uploads, results and the token." default:"out/serve" type:"path"`
	DB     string `name:"db" help:"Database: sqlite:PATH, postgres://USER@HOST/NAME, or none. Default: SQLite in --dir." env:"XINDIAO_DB" group:"database"`
	Files  string `help:"Original files: dir:PATH or s3://ENDPOINT/BUCKET. Default: in --dir." env:"XINDIAO_FILES" group:"database"`
	Token  string `help:"Sign-in token; default: made at the first start, printed once, kept in --dir." env:"XINDIAO_TOKEN"`
	Secure bool   `help:"Mark cookies Secure: TLS ends in front of this service."`
	OCR    string `help:"OCR engine: auto, embedded, native, none, paddle:URL or vision:MODEL@URL." default:"auto"`
	readFlags
	kindsFlag
	modelFlags
}

const stopWithin = 10 * time.Second

func (c *serveCmd) Run(ctx context.Context) error {
	if c.Cache == "" {
		c.Cache = filepath.Join(c.Dir, "readings") // what is personal stays in one place
	}
	a, opt, err := open(ctx, overrides{OCR: c.OCR, readFlags: c.readFlags, kindsFlag: c.kindsFlag}, c.modelFlags, nil)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return &dossier.Error{Kind: dossier.ErrInput, File: c.Dir, Msg: "不能创建数据文件夹", Cause: err}
	}
	token, first, err := c.token()
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	engine, shut, err := c.engine(ctx, a, opt, log)
	if err != nil {
		return err
	}
	defer shut()
	s, err := server.New(server.Config{Engine: engine, Dir: c.Dir, Token: token, Secure: c.Secure, Log: log})
	if err != nil {
		return &dossier.Error{Kind: dossier.ErrInput, Msg: err.Error()}
	}
	l, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return &dossier.Error{Kind: dossier.ErrInput, Msg: "不能监听 " + c.Listen, Cause: err}
	}
	fmt.Printf("信调已启动：http://%s\n", l.Addr())
	if first {
		fmt.Printf("访问口令（只显示这一次，保存在 %s）：%s\n", c.tokenFile(), token)
	} else {
		fmt.Printf("访问口令见 %s 或 XINDIAO_TOKEN\n", c.tokenFile())
	}
	h := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	go func() {
		<-ctx.Done()
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
		defer cancel()
		_ = h.Shutdown(end)
	}()
	if err := h.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	return s.Close(end)
}

// engine is the agent, with a database behind it unless none is wanted.
func (c *serveCmd) engine(ctx context.Context, a *agent.Agent, opt agent.Options, log *slog.Logger) (server.Engine, func(), error) {
	e := engineOf{a, opt}
	if c.DB == "none" {
		return e, func() {}, nil
	}
	f := databaseFlags{DB: c.DB, Files: c.Files}
	if f.DB == "" {
		f.DB = "sqlite:" + filepath.Join(c.Dir, "xindiao.db")
	}
	if f.Files == "" {
		f.Files = "dir:" + filepath.Join(c.Dir, "files")
	}
	db, err := f.database(ctx, false)
	if err != nil {
		return nil, nil, err
	}
	files, err := f.originals(ctx)
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	k := &keeper{engineOf: e, db: db, files: files, cache: retrieval.NewCache(searchMemory), ships: map[string]store.Collection{}}
	go k.sweepDaily(ctx, log)
	return k, func() { _, _ = files.Close(), db.Close() }, nil // everything acknowledged is on disk
}

func (c *serveCmd) tokenFile() string { return filepath.Join(c.Dir, "token") }

// token returns the token given, the one kept, or a new one.
func (c *serveCmd) token() (token string, first bool, err error) {
	if c.Token != "" {
		return c.Token, false, nil
	}
	data, err := os.ReadFile(c.tokenFile())
	if err == nil {
		return strings.TrimSpace(string(data)), false, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", false, err
	}
	token = rand.Text()
	return token, true, os.WriteFile(c.tokenFile(), []byte(token+"\n"), 0o600)
}
