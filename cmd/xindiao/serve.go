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
	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/server"
)

type serveCmd struct {
	Listen string `help:"Address to listen on." default:"127.0.0.1:8080"`
	Dir    string `help:"Folder for uploads, results and the token." default:"out/serve" type:"path"`
	DB     string `name:"db" help:"Database; none yet: results are kept in --dir."`
	Token  string `help:"Sign-in token; default: made at the first start, printed once, kept in --dir." env:"XINDIAO_TOKEN"`
	Secure bool   `help:"Mark cookies Secure: TLS ends in front of this service."`
	OCR    string `help:"OCR engine: auto, embedded, native, none, paddle:URL or vision:MODEL@URL." default:"auto"`
	readFlags
	kindsFlag
	modelFlags
}

const stopWithin = 10 * time.Second

func (c *serveCmd) Run(ctx context.Context) error {
	if c.DB != "" {
		return &dossier.Error{Kind: dossier.ErrDependency, Msg: "还没有数据库存储：去掉 --db，结果保存在 --dir 指定的文件夹"}
	}
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
	s, err := server.New(server.Config{Engine: engineOf{a, opt}, Dir: c.Dir, Token: token, Secure: c.Secure, Log: log})
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

// engineOf lets the service drive the agent.
type engineOf struct {
	a   *agent.Agent
	opt agent.Options
}

func (e engineOf) with(o server.Overrides, progress func(server.Event)) agent.Options {
	opt := e.opt
	opt.Progress = func(ev agent.Event) { progress(server.Event(ev)) }
	flags := overrides{Applicant: o.Applicant, Product: o.Product, Guarantee: o.Guarantee, Customer: o.CustomerType, Industry: o.Industry,
		AsOf: o.AsOf.String(), Term: o.TermMonths}
	if !o.AmountCNY.IsZero() {
		flags.Amount = o.AmountCNY.String()
	}
	opt.Override = flags.apply
	return opt
}

func (e engineOf) Review(ctx context.Context, dir string, app server.Overrides, progress func(server.Event)) (*report.Review, error) {
	return e.a.Review(ctx, dir, e.with(app, progress))
}

func (e engineOf) Draft(ctx context.Context, dir string, o server.DraftOptions, progress func(server.Event)) (*report.Report, error) {
	opt := e.with(o.Overrides, progress)
	opt.Template = o.Template
	if o.Kind != "" {
		inner := opt.Override
		opt.Override = func(app *dossier.Application) error {
			app.ReportKind = dossier.ReportCredit
			if o.Kind == report.PostLoan {
				app.ReportKind = dossier.ReportPostLoan
			}
			return inner(app)
		}
	}
	r, _, err := e.a.Draft(ctx, dir, opt)
	return r, err
}
