package retrieval

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/retrieval"
	"github.com/xindiao/xindiao/retrieval/corpus"
)

type doc struct{ file, text string }

type question struct {
	ask   string
	group string
	among []string // files that may answer; all when empty
	right map[string]bool
}

// set is a collection with its questions, and what is measured on it.
type set struct {
	name      string
	docs      []doc
	questions []question
	measures  []measure
	ready     *retrieval.Searcher // of a set that is no folder of texts
	asOf      dossier.Date
}

// measure is the share of questions with a right document among the first k, or MRR with k = 0.
type measure struct {
	name  string
	k     int
	scope scope
}

// scope is how a question is put for a measure.
type scope int

const (
	whole scope = iota // to the whole collection, documents ranked each for itself
	among              // to the question's own documents
	shown              // to the whole collection, hits as a user sees them
)

var readers = []struct {
	folder string
	read   func(dir string) (*set, error)
}{{"tbrain2024", readTBrain}, {"rgb_zh", readRGB}, {"cmrc2018", readCMRC}}

// maxLine bounds one record of a set.
const maxLine = 64 << 20

// records calls each with every line of a JSON-lines file, gzipped or not.
func records(file string, each func(line []byte) error) error {
	f, err := os.Open(file)
	if err != nil {
		return &dossier.Error{Kind: dossier.ErrNotFound, File: file, Msg: "打不开评测数据", Cause: err}
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(file, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return &dossier.Error{Kind: dossier.ErrCorrupt, File: file, Msg: "不是 gzip 文件", Cause: err}
		}
	}
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, maxLine)
	for n := 1; sc.Scan(); n++ {
		if len(sc.Bytes()) == 0 {
			continue
		}
		if err := each(sc.Bytes()); err != nil {
			return &dossier.Error{Kind: dossier.ErrCorrupt, File: file, Msg: fmt.Sprintf("第%d行读不懂", n), Cause: err}
		}
	}
	if err := sc.Err(); err != nil {
		return &dossier.Error{Kind: dossier.ErrCorrupt, File: file, Msg: "读到一半出错", Cause: err}
	}
	return nil
}

func readTBrain(dir string) (*set, error) {
	s := &set{name: "tbrain2024", measures: []measure{{"R@1 candidates", 1, among}, {"R@1", 1, whole}, {"R@10", 10, whole}, {"MRR", 0, whole}}}
	for _, kind := range []string{"finance", "insurance", "faq"} {
		err := records(filepath.Join(dir, kind+"_docs.jsonl.gz"), func(line []byte) error {
			var d struct {
				PID  int    `json:"pid"`
				Text string `json:"text"`
			}
			err := json.Unmarshal(line, &d)
			s.docs = append(s.docs, doc{fmt.Sprintf("%s/%d", kind, d.PID), d.Text})
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	err := records(filepath.Join(dir, "questions.jsonl"), func(line []byte) error {
		var d struct {
			Source   []int  `json:"source"`
			Query    string `json:"query"`
			Category string `json:"category"`
			Answer   int    `json:"answer"`
		}
		if err := json.Unmarshal(line, &d); err != nil {
			return err
		}
		q := question{ask: d.Query, group: d.Category, right: map[string]bool{fmt.Sprintf("%s/%d", d.Category, d.Answer): true}}
		for _, p := range d.Source {
			q.among = append(q.among, fmt.Sprintf("%s/%d", d.Category, p))
		}
		s.questions = append(s.questions, q)
		return nil
	})
	return s, err
}

func readRGB(dir string) (*set, error) {
	s := &set{name: "rgb_zh", measures: []measure{{"P@1", 1, among}, {"MRR candidates", 0, among}}}
	for _, part := range []string{"zh_refine", "zh_int"} {
		err := records(filepath.Join(dir, part+".jsonl"), func(line []byte) error {
			var d struct {
				Query    string `json:"query"`
				Positive any    `json:"positive"`
				Negative any    `json:"negative"`
			}
			if err := json.Unmarshal(line, &d); err != nil {
				return err
			}
			q := question{ask: d.Query, group: part, right: map[string]bool{}}
			add := func(right bool, texts []string) {
				for _, text := range texts {
					file := fmt.Sprintf("%s/%d", part, len(s.docs))
					s.docs = append(s.docs, doc{file, text})
					q.among = append(q.among, file)
					q.right[file] = right
				}
			}
			add(true, strs(d.Positive))
			add(false, strs(d.Negative))
			if len(strs(d.Positive)) == 0 {
				return errors.New("no right passage")
			}
			s.questions = append(s.questions, q)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return s, nil
}

// strs flattens lists of lists of strings.
func strs(v any) (out []string) {
	switch x := v.(type) {
	case string:
		return []string{x}
	case []any:
		for _, y := range x {
			out = append(out, strs(y)...)
		}
	}
	return out
}

func readCMRC(dir string) (*set, error) {
	file := filepath.Join(dir, "dev.json")
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, &dossier.Error{Kind: dossier.ErrNotFound, File: file, Msg: "打不开评测数据", Cause: err}
	}
	var d struct {
		Data []struct {
			Paragraphs []struct {
				ID      string `json:"id"`
				Context string `json:"context"`
				QAs     []struct {
					Question string `json:"question"`
				} `json:"qas"`
			} `json:"paragraphs"`
		} `json:"data"`
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		return nil, &dossier.Error{Kind: dossier.ErrCorrupt, File: file, Msg: "读不懂", Cause: err}
	}
	s := &set{name: "cmrc2018", measures: []measure{{"R@1", 1, whole}, {"R@10", 10, whole}, {"MRR", 0, whole}}}
	for _, a := range d.Data {
		for _, p := range a.Paragraphs {
			s.docs = append(s.docs, doc{p.ID, p.Context})
			for _, q := range p.QAs {
				s.questions = append(s.questions, question{ask: q.Question, right: map[string]bool{p.ID: true}})
			}
		}
	}
	return s, nil
}

// lawSet is the questions on the law over the articles themselves.
func lawSet(ctx context.Context, o Options) (*set, error) {
	c, err := corpus.Law()
	if err != nil {
		return nil, err
	}
	col, err := c.Collection(ctx, o.Embedder)
	if err != nil {
		return nil, err
	}
	s := &set{name: "law", asOf: dossier.NewDate(2026, 9, 30), measures: []measure{{"R@5", 5, shown}, {"R@1", 1, shown}, {"MRR", 0, whole}}}
	if s.ready, err = retrieval.Open(col, retrieval.Options{Embedder: o.Embedder, Reranker: o.Reranker, Name: c.Name}); err != nil {
		return nil, err
	}
	qs, err := corpus.Questions()
	for _, q := range qs {
		x := question{ask: q.Ask, group: "dev", right: map[string]bool{}}
		if q.Held {
			x.group = "held out"
		}
		for _, a := range q.Answers {
			x.right["law/"+a] = true
		}
		s.questions = append(s.questions, x)
	}
	for range c.Items {
		s.docs = append(s.docs, doc{})
	}
	return s, err
}
