// Command readdump prints what documents/read makes of files: a tool for those who write readers and extractors.
package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/documents/read"
)

func main() {
	read.WorkerMain()
	inProcess := os.Getenv("IN_PROCESS") != ""
	for _, arg := range os.Args[1:] {
		start := time.Now()
		docs, problems, err := read.Folder(context.Background(), arg, read.Options{InProcess: inProcess, OCR: ocr.Find("")})
		if err != nil {
			fmt.Println("ERROR", err)
		}
		for _, p := range problems {
			fmt.Println("PROBLEM", p.Kind, p.Msg, p.Remedy)
		}
		for _, d := range docs {
			fmt.Printf("##### %s  %s %d bytes, %d pages, scan %v\n", d.File, d.Format, d.Size, len(d.Pages), d.Scan)
			for _, p := range d.Problems {
				fmt.Println("PROBLEM", p.Kind, p.Page, p.Msg, "|", p.Remedy)
			}
			for _, p := range d.Pages {
				fmt.Printf("=== page %d %q %.0fx%.0f scan %v\n", p.Number, p.Name, p.Width, p.Height, p.Scan)
				for _, s := range p.Doubts {
					fmt.Println("DOUBT", s)
				}
				for i, l := range p.Lines {
					fmt.Printf("%4d| %s\n", i+1, strings.ReplaceAll(l.Text, "\t", " ⇥ "))
				}
				for _, t := range p.Tables {
					fmt.Printf("--- table %q %d rows\n", t.Name, len(t.Rows))
					for i, row := range t.Rows {
						if t.Sheet && i > 5 {
							break
						}
						for _, c := range row {
							fmt.Printf("[%s] ", c.Text)
						}
						fmt.Println()
					}
				}
			}
		}
		fmt.Fprintf(os.Stderr, "%s: %v\n", arg, time.Since(start).Round(time.Millisecond))
	}
}
