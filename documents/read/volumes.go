package read

import (
	"fmt"
	"path"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// volumeSet are the other files that an archive continues in.
type volumeSet struct {
	Parts []string          // paths of raw slices in order, the first included
	Named map[string]string // path by name, of volumes that refer to each other by name
}

var (
	newRAR  = regexp.MustCompile(`(?i)^(.+)\.part0*(\d{1,5})\.rar$`)
	oldRAR  = regexp.MustCompile(`(?i)^(.+)\.r(\d{2,3})$`)
	sliced  = regexp.MustCompile(`(?i)^(.+\.(?:7z|zip|rar|tar))\.(\d{3})$`)
	zipSpan = regexp.MustCompile(`(?i)^(.+)\.z(\d{2})$`)
)

// linkVolumes finds split archives among files of one folder or container: the first volume takes the others along,
// which are read with it and not again. Volumes without their first one say so.
func linkVolumes(list []*node) {
	type set struct {
		first *node
		rest  map[int]*node
		named bool
	}
	sets := map[string]*set{}
	at := func(n *node, key string, named bool) *set {
		key = path.Dir(n.name) + "\x00" + strings.ToLower(key)
		if sets[key] == nil {
			sets[key] = &set{rest: map[int]*node{}, named: named}
		}
		return sets[key]
	}
	for _, n := range list {
		base := path.Base(n.name)
		if m := newRAR.FindStringSubmatch(base); m != nil {
			s := at(n, "part\x00"+m[1], true)
			if k, _ := strconv.Atoi(m[2]); k == 1 {
				s.first = n
			} else {
				s.rest[k] = n
			}
		} else if m := sliced.FindStringSubmatch(base); m != nil {
			s := at(n, "slice\x00"+m[1], false)
			if k, _ := strconv.Atoi(m[2]); k == 1 {
				s.first = n
			} else {
				s.rest[k] = n
			}
		} else if m := oldRAR.FindStringSubmatch(base); m != nil {
			k, _ := strconv.Atoi(m[2])
			at(n, "old\x00"+m[1], true).rest[k+2] = n
		} else if m := zipSpan.FindStringSubmatch(base); m != nil {
			k, _ := strconv.Atoi(m[2])
			at(n, "span\x00"+m[1], false).rest[k+1] = n
		}
	}
	for _, n := range list {
		stem := strings.TrimSuffix(path.Base(n.name), path.Ext(n.name))
		switch strings.ToLower(path.Ext(n.name)) {
		case ".rar":
			if s := sets[path.Dir(n.name)+"\x00old\x00"+strings.ToLower(stem)]; s != nil {
				s.first = n
			}
		case ".zip":
			if s := sets[path.Dir(n.name)+"\x00span\x00"+strings.ToLower(stem)]; s != nil {
				n.refuse(unsupported("分卷 ZIP 压缩包", "请先合并、解压，再提供其中的文件"))
				s.first = n
			}
		}
	}
	for _, s := range sets {
		link(s.first, s.rest, s.named)
	}
}

func link(first *node, rest map[int]*node, named bool) {
	var numbers []int
	for k := range rest {
		numbers = append(numbers, k)
	}
	sort.Ints(numbers)
	for _, k := range numbers {
		n := rest[k]
		n.skip, n.doc.Format = true, fmtRAR
		if !named {
			n.doc.Format = fmtZIP
		}
		n.doc.Type, n.doc.Confidence = dossier.TypeArchive, 1
		if first == nil {
			n.refuse(problem(dossier.ErrPartial, "分卷压缩包缺少第1卷，没有展开", "请把全部分卷放在同一个文件夹里重新提供"))
		}
	}
	if first == nil || len(numbers) == 0 {
		return
	}
	if named {
		first.vols.Named = map[string]string{}
		for _, n := range rest {
			first.vols.Named[path.Base(n.name)] = n.path
		}
		return
	}
	first.vols.Parts = []string{first.path}
	for i, k := range numbers {
		if k != i+2 {
			first.note(problem(dossier.ErrPartial, fmt.Sprintf("分卷压缩包缺少第%d卷", i+2), "请把全部分卷放在同一个文件夹里重新提供"))
			break
		}
		first.vols.Parts = append(first.vols.Parts, rest[k].path)
	}
}
