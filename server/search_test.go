package server_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/browsertest"
	"github.com/xindiao/xindiao/retrieval/answer"
	"github.com/xindiao/xindiao/server"
)

// keeper is a scripted engine with a database behind it.
type keeper struct {
	engine
	asked  server.Search
	forgot []string
	down   error
}

func (k *keeper) Search(_ context.Context, _ string, q server.Search) (answer.Answer, error) {
	k.asked = q
	a := answer.Answer{Schema: answer.Schema, Query: q.Text, Notes: []string{}, Hits: []answer.Hit{{File: "报表.xlsx", Cell: "账龄!A5", Title: "应收账款明细及账龄表",
		Period: "2026-08-31", Context: "单位：元", Quote: "<b>某公司</b>\t4478917.31\t3314398.80"}}}
	if len(q.Corpora) > 0 {
		a.Hits = append(a.Hits, answer.Hit{File: "law/x:9", Title: "流动资金贷款管理办法", Label: "第九条", Quote: "贷款用途应当明确、合法。"})
	}
	return a, k.down
}

func (k *keeper) Forget(_ context.Context, dir string) error {
	k.forgot = append(k.forgot, filepath.Base(filepath.Dir(dir)))
	return k.down
}

var sendJSON = map[string]string{"Content-Type": "application/json"}

func TestSearch(t *testing.T) {
	k := &keeper{}
	c := serve(t, k, nil)
	_, b := c.upload("a.txt", "x")
	var m server.Meta
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	ask := func(body string) (int, string) {
		code, b, _ := c.do("POST", "/api/v1/dossiers/"+m.ID+"/search", strings.NewReader(body), sendJSON)
		return code, string(b)
	}
	if code, b := ask(`{"q":" 账龄 ","k":3,"corpora":["law"]}`); code != 200 || !strings.Contains(b, "xindiao.search/v1") || k.asked.Text != "账龄" || k.asked.K != 3 {
		t.Errorf("%d %s, asked %+v", code, b, k.asked)
	}
	for _, bad := range []string{`{"q":"  "}`, `{"q":"` + strings.Repeat("长", 700) + `"}`, `{"q":"x","k":-1}`, `{"q":"x","k":101}`, `{"q":"x","limit":1}`, `{`} {
		if code, b := ask(bad); code < 400 || code >= 500 {
			t.Errorf("%.40s: %d %s", bad, code, b)
		}
	}
	k.down = &dossier.Error{Kind: dossier.ErrDependency, Msg: "数据库连不上", Cause: os.ErrDeadlineExceeded}
	if code, b := ask(`{"q":"账龄"}`); code != 503 || strings.Contains(b, "timeout") {
		t.Errorf("%d %s", code, b)
	}
	if code, _, _ := c.do("DELETE", "/api/v1/dossiers/"+m.ID, nil, nil); code != 503 {
		t.Errorf("a dossier that the database still holds was removed: %d", code)
	}
	k.down = nil
	if code, _, _ := c.do("DELETE", "/api/v1/dossiers/"+m.ID, nil, nil); code != 204 || len(k.forgot) != 2 || k.forgot[1] != m.ID {
		t.Errorf("%d, forgot %v", code, k.forgot)
	}
	if code, _ := ask(`{"q":"账龄"}`); code != 404 {
		t.Errorf("searched after removal: %d", code)
	}
}

func TestNoSearchWithoutADatabase(t *testing.T) {
	c := serve(t, &engine{}, nil)
	_, b := c.upload("a.txt", "x")
	var m server.Meta
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	if code, b, _ := c.do("POST", "/api/v1/dossiers/"+m.ID+"/search", strings.NewReader(`{"q":"账龄"}`), sendJSON); code != 404 {
		t.Errorf("%d %s", code, b)
	}
}

// A person looks something up with the keyboard alone; words of a material are text, never markup.
func TestSearchInABrowser(t *testing.T) {
	ctx := browsertest.Open(t)
	c := serve(t, &keeper{}, nil)
	file := filepath.Join(t.TempDir(), "账龄.txt")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	do := steps(t, ctx)
	do(chromedp.Navigate(c.url), chromedp.WaitVisible(chromedp.CSS("#token")), chromedp.SendKeys(chromedp.CSS("#token"), token+"\r"), chromedp.WaitVisible(chromedp.CSS("#work")),
		chromedp.SetUploadFiles(chromedp.CSS("#archive"), []string{file}), chromedp.WaitVisible(chromedp.CSS("#search")),
		chromedp.Click(chromedp.CSS("#law")), chromedp.SendKeys(chromedp.CSS("#q"), "账龄\r"), chromedp.WaitVisible(chromedp.CSS(".hit:nth-child(2)")))
	s, err := chromedp.Run(ctx, chromedp.Text(chromedp.CSS("#hits")))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"报表.xlsx 账龄!A5", "应收账款明细及账龄表 · 2026-08-31", "<b>某公司</b>", "流动资金贷款管理办法 第九条"} {
		if !strings.Contains(s, want) {
			t.Errorf("no %q in %s", want, s)
		}
	}
}
