package read

import (
	"bytes"
	"fmt"
	"time"

	"github.com/xindiao/xindiao/dossier"
)

// exitCPU is the status of a worker that has used up its processor time.
const exitCPU = 87

// Faults of workers, in words for a customer manager.

func crashed() *dossier.Problem {
	p := problem(dossier.ErrCrashed, "读取时程序崩溃，文件可能已损坏", "请用原软件打开确认，另存后重新提供")
	return &p
}

func overMemory(lim Limits) *dossier.Problem {
	p := problem(dossier.ErrCrashed, "读取所需内存超过 "+size(int64(lim.Memory))+" 的上限，已中止", "请拆分成几个文件，或用原软件另存为较小的文件后重新提供")
	return &p
}

func overCPU(lim Limits) *dossier.Problem {
	p := problem(dossier.ErrTimeout, fmt.Sprintf("读取占用处理器超过 %.0f 秒，已中止", lim.CPUTime.Seconds()), "请拆分成几个文件，或用原软件另存后重新提供")
	return &p
}

func overOutput(lim Limits) *dossier.Problem {
	p := problem(dossier.ErrTooLarge, "读出的内容超过 "+size(lim.Output)+"，其余没有读取", "请拆分成几个文件后重新提供")
	return &p
}

func timeout(d time.Duration) *dossier.Problem {
	p := problem(dossier.ErrTimeout, fmt.Sprintf("读取超过 %.0f 秒，已中止", d.Seconds()), "请拆分成几个文件，或用原软件另存后重新提供")
	return &p
}

// lastWords keeps the beginning of what is written to it: a Go program says first what is wrong and then where.
type lastWords struct{ b []byte }

func (t *lastWords) Write(p []byte) (int, error) {
	t.b = append(t.b, p[:min(len(p), 4096-len(t.b))]...)
	return len(p), nil
}

func (t *lastWords) has(s string) bool { return bytes.Contains(t.b, []byte(s)) }

// starved is whether a Go program ended because the system gave it no more memory, be it for a thread's stack.
func (t *lastWords) starved() bool {
	for _, s := range []string{"out of memory", "cannot allocate memory", "pthread_create failed", "failed to create new OS thread"} {
		if t.has(s) {
			return true
		}
	}
	return false
}
