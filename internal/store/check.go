package store

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/xindiao/xindiao/dossier"
)

// MaxName bounds names and keys that stand in a unique index, in bytes: Postgres refuses index rows over 2.7 KB.
const MaxName = 500

// CheckIntake refuses, before anything is written, what no backend may hold, and returns the intake with its text
// fit for both engines (see CleanText). What was handed in is not changed.
func CheckIntake(in Intake) (Intake, error) {
	switch {
	case in.Dossier == nil:
		return in, refused("没有可入库的卷宗")
	case len(in.Files) != len(in.Dossier.Documents):
		return in, refused(fmt.Sprintf("入库的文件索引有 %d 份，卷宗材料有 %d 份，两者应一一对应", len(in.Files), len(in.Dossier.Documents)))
	}
	if err := CheckName("卷宗名称", in.Name); err != nil {
		return in, err
	}
	for i, d := range in.Dossier.Documents {
		if d == nil {
			return in, refused(fmt.Sprintf("卷宗第 %d 份材料是空的", i+1))
		}
		if n, twice := repeatedPage(d); twice {
			return in, &dossier.Error{Kind: dossier.ErrInput, File: d.File, Msg: fmt.Sprintf("页码 %d 重复，无法按页取回", n)}
		}
		if err := checkChunks(in.Space, d.File, in.Files[i].Chunks); err != nil {
			return in, err
		}
	}
	return cleaned(in), nil
}

// CheckCorpus is CheckIntake for a corpus.
func CheckCorpus(in CorpusIntake) (CorpusIntake, error) {
	if err := CheckName("资料库名称", in.Corpus.Name); err != nil {
		return in, err
	}
	if strings.Trim(in.Corpus.Name, "abcdefghijklmnopqrstuvwxyz0123456789_-") != "" {
		return in, refused("资料库名称只能用小写字母、数字、_ 和 -")
	}
	seen := map[string]bool{}
	for _, it := range in.Items {
		if err := CheckName("资料条目的标识", it.Key); err != nil {
			return in, err
		}
		if seen[it.Key] {
			return in, refused("资料条目的标识重复：" + it.Key)
		}
		seen[it.Key] = true
		if err := checkChunks(in.Space, it.Key, it.Chunks); err != nil {
			return in, err
		}
	}
	return cleaned(in), nil
}

// CheckVectors is for PutVectors: every vector must be of the space.
func CheckVectors(s Space, vectors []ChunkVector) error {
	if err := CheckSpace(s); err != nil {
		return err
	}
	for _, v := range vectors {
		if err := CheckVector(s, v.Vector); err != nil {
			return err
		}
	}
	return nil
}

// CheckSpace wants a name and a dimension of 1 to MaxDim.
func CheckSpace(s Space) error {
	if s.Dim < 1 || s.Dim > MaxDim {
		return refused(fmt.Sprintf("向量维数 %d 不在 1 到 %d 之间", s.Dim, MaxDim))
	}
	return CheckName("向量模型名称", s.Name)
}

// CheckVector wants a finite vector of the space's dimension that points somewhere: a cosine with a zero vector does
// not exist. Components beyond half precision are refused too, since Postgres keeps half precision.
func CheckVector(s Space, v []float32) error {
	if len(v) != s.Dim {
		return refused(fmt.Sprintf("向量有 %d 维，模型 %s 应为 %d 维", len(v), s.Name, s.Dim))
	}
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
		if x > maxHalf || x < -maxHalf {
			return refused(fmt.Sprintf("模型 %s 的向量分量超出半精度范围（±%d）", s.Name, maxHalf))
		}
	}
	switch {
	case math.IsNaN(sum) || math.IsInf(sum, 0):
		return refused("模型 " + s.Name + " 的向量含有无效数字")
	case sum < 1e-12:
		return refused("模型 " + s.Name + " 的向量为零，不能计算相似度")
	}
	return nil
}

const maxHalf = 65504

// CheckName wants 1 to MaxName bytes.
func CheckName(what, name string) error {
	if name == "" {
		return refused(what + "不能为空")
	}
	if len(name) > MaxName {
		return refused(fmt.Sprintf("%s过长，最多 %d 字节", what, MaxName))
	}
	return nil
}

func checkChunks(s Space, file string, chunks []Chunk) error {
	for _, c := range chunks {
		if c.Vector == nil {
			continue
		}
		err := CheckSpace(s)
		if err == nil {
			err = CheckVector(s, c.Vector)
		}
		if err != nil {
			e := *err.(*dossier.Error)
			e.File = file
			return &e
		}
	}
	return nil
}

// repeatedPage is the first page number that a document has twice.
func repeatedPage(d *dossier.Document) (number int, twice bool) {
	seen := make(map[int]bool, len(d.Pages))
	for _, p := range d.Pages {
		if seen[p.Number] {
			return p.Number, true
		}
		seen[p.Number] = true
	}
	return 0, false
}

func refused(msg string) error { return &dossier.Error{Kind: dossier.ErrInput, Msg: msg} }

// CleanText makes text storable in both engines byte for byte, so that offsets into it stay true: NUL becomes a blank,
// a byte that is no UTF-8 becomes a question mark.
func CleanText(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	b := []byte(s)
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			b[i] = '?'
		case r == 0:
			b[i] = ' '
		}
		i += n
	}
	return string(b)
}

// cleaned is v with every string in it cleaned; v itself where nothing is to be done.
func cleaned[T any](v T) T {
	if rv := reflect.ValueOf(&v).Elem(); dirty(rv) {
		return cleanCopy(rv).Interface().(T)
	}
	return v
}
