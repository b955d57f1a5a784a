package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/documents/read"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/llm/providers"
)

type doctorCmd struct {
	LLM string `name:"llm" help:"Model to ask one word of." default:"none" env:"XINDIAO_LLM"`
	databaseFlags
}

// Run says what is there and what each missing thing would bring.
func (c *doctorCmd) Run(ctx context.Context) error {
	fmt.Printf("OCR      内置引擎 %s，无需安装\n", ocr.Version(ocr.Find("embedded")))
	if e, err := ocr.Parse("native"); err == nil {
		fmt.Printf("         本机引擎 %s，将优先使用\n", ocr.Version(e))
	} else {
		fmt.Println("         没有本机 tesseract；安装 tesseract-ocr 与 tesseract-ocr-chi-sim 后扫描件识别更快")
	}
	if exe := read.PhotoConverter(); exe != "" {
		fmt.Printf("HEIC     照片由 %s 转换\n", exe)
	} else {
		fmt.Println("HEIC     没有能转换苹果手机照片的程序；安装 heif-dec（libheif）后可直接读取，否则请转存为 JPG")
	}
	if dir, err := os.UserCacheDir(); err == nil {
		fmt.Printf("缓存     %s\n", filepath.Join(dir, "xindiao"))
	} else {
		fmt.Println("缓存     没有可用的缓存文件夹，每次启动需重新编译内置引擎（约数秒）")
	}
	if err := c.databaseState(ctx); err != nil {
		return err
	}
	g, err := providers.Open(c.LLM, providers.Options{})
	if err != nil {
		return err
	}
	if llm.Absent(g) {
		fmt.Println("模型     未配置；报告由模板语句起草。用 --llm openai:MODEL@BASE_URL 配置")
		return nil
	}
	if _, err := g.Generate(ctx, llm.Request{Messages: llm.Ask("请只回答“好”。"), MaxTokens: 16}); err != nil {
		return err
	}
	fmt.Printf("模型     %s 可用\n", g.Name())
	return nil
}
