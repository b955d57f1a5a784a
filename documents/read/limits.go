package read

import (
	"fmt"
	"time"

	"github.com/xindiao/xindiao/dossier"
)

// Limits bound what one file may cost; a zero field takes its default.
type Limits struct {
	FileBytes      int64         // 200 MB; a larger file is not opened
	Files          int           // 5,000 in a folder, members included
	Pages          int           // 2,000 of a document; what comes after is left out and said
	TextBytes      int           // 64 MB of text of a document
	Rows           int           // 200,000 of a sheet
	Cells          int           // 3,000,000 of a document
	ImagePixels    int           // 100 million, decoded
	OCRPages       int           // 300 scanned pages of a document
	ArchiveDepth   int           // 4 archives inside each other
	ArchiveFiles   int           // 2,000 members of one top archive
	ArchiveBytes   int64         // 1 GB unpacked from one top archive
	ArchiveRatio   int64         // 200 times its packed size, past the first 10 MB of a member
	FileTime       time.Duration // 120 s without a page coming out of a file
	TotalTime      time.Duration // 20 min of work on a file as a whole, long scans included
	CPUTime        time.Duration // 10 min of one processor for a file, or for a portion of a long one
	AddressSpace   uint64        // 4 GB a worker process; less breaks the WebAssembly engines
	Memory         uint64        // 2 GB that a worker process may write to, and each program that it calls
	SoftMemory     int64         // 1 GB of Go heap a worker, GOMEMLIMIT
	Output         int64         // 1 GB that a worker may report of a file
	FormulaResults int           // 5,000 formulas without a stored value computed per workbook
}

func (l Limits) filled() Limits {
	def(&l.FileBytes, 200<<20)
	def(&l.Files, 5000)
	def(&l.Pages, 2000)
	def(&l.TextBytes, 64<<20)
	def(&l.Rows, 200_000)
	def(&l.Cells, 3_000_000)
	def(&l.ImagePixels, 100_000_000)
	def(&l.OCRPages, 300)
	def(&l.ArchiveDepth, 4)
	def(&l.ArchiveFiles, 2000)
	def(&l.ArchiveBytes, 1<<30)
	def(&l.ArchiveRatio, 200)
	def(&l.FileTime, 120*time.Second)
	def(&l.TotalTime, 20*time.Minute)
	def(&l.CPUTime, 10*time.Minute)
	def(&l.AddressSpace, 4<<30)
	def(&l.Memory, 2<<30)
	def(&l.SoftMemory, 1<<30)
	def(&l.Output, 1<<30)
	def(&l.FormulaResults, 5000)
	return l
}

func def[T comparable](p *T, v T) {
	var zero T
	if *p == zero {
		*p = v
	}
}

// size prints a number of bytes as a customer manager reads it.
func size(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.0f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.0f KB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d 字节", n)
}

func problem(kind dossier.ErrorKind, msg, remedy string) dossier.Problem {
	return dossier.Problem{Kind: kind, Msg: msg, Remedy: remedy}
}

func tooLarge(n, limit int64) dossier.Problem {
	return problem(dossier.ErrTooLarge, fmt.Sprintf("文件有 %s，超过单个文件 %s 的上限，没有读取", size(n), size(limit)),
		"请拆分成几个文件，或降低扫描分辨率（200～300 dpi 即可）后重新提供")
}

func partial(msg string) dossier.Problem {
	return problem(dossier.ErrPartial, msg, "请拆分成几个文件后重新提供，以便完整读取")
}

func corrupt(what string) dossier.Problem {
	return problem(dossier.ErrCorrupt, what+"已损坏或不完整，无法打开", "请用原软件打开确认，另存后重新提供")
}

func encrypted(what string) dossier.Problem {
	return problem(dossier.ErrEncrypted, what+"设有打开密码，无法读取", "请去除密码后另存，重新提供")
}
