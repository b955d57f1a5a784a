// Command readdump prints what documents/read makes of files: a tool for those who write readers and extractors.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/documents/read"
	"github.com/xindiao/xindiao/dossier"
)

func main() {
	read.WorkerMain()
	inProcess := os.Getenv("IN_PROCESS") != ""
	cache := flag.String("cache", "", "folder of kept readings")
	brief := flag.Bool("brief", false, "a line a file: seconds, largest worker, pages, problems")
	flag.Parse()
	for _, arg := range flag.Args() {
		start := time.Now()
		docs, problems, err := read.Folder(context.Background(), arg, read.Options{InProcess: inProcess, OCR: ocr.Find(""), Cache: *cache})
		if *brief {
			summary(arg, docs, err, time.Since(start))
			continue
		}
		if err != nil {
			fmt.Println("ERROR", err)
		}
		for _, p := range problems {
			fmt.Println("PROBLEM", p.Kind, p.Msg, p.Remedy)
		}
		if os.Getenv("JSON") != "" {
			_ = json.NewEncoder(os.Stdout).Encode(docs)
			continue
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

// summary is one line about one file: what it cost and what came of it.
func summary(arg string, docs []*dossier.Document, err error, took time.Duration) {
	fmt.Printf("%6.2fs %5d MB  %-44s", took.Seconds(), largestChild()>>20, filepath.Base(arg))
	pages, runes := 0, 0
	for _, d := range docs {
		pages += len(d.Pages)
		runes += len([]rune(d.Text()))
	}
	fmt.Printf(" %d files %d pages %d runes", len(docs), pages, runes)
	for _, d := range docs {
		for _, p := range d.Problems {
			fmt.Printf(" | %s: %s", p.Kind, p.Msg)
		}
	}
	if err != nil {
		fmt.Print(" | ERROR ", err)
	}
	fmt.Println()
}
