package read

import "sync"

const ratioFree = 10 << 20 // small members may compress as well as they like

// budget is what one top file and everything nested in it may unpack to.
type budget struct {
	lim    Limits
	packed int64 // size of the top file
	mu     sync.Mutex
	files  int
	bytes  int64
}

// allowance is what a worker may take out of one container.
type allowance struct {
	Dir    string // a folder that the worker makes, for members under names of its own
	Deep   bool   // there are too many containers around this one
	Files  int
	Bytes  int64
	Member int64 // bytes of one member, by the ratio to what the top file has packed
}

func (b *budget) left(depth int) allowance {
	b.mu.Lock()
	defer b.mu.Unlock()
	return allowance{Deep: depth >= b.lim.ArchiveDepth, Files: b.lim.ArchiveFiles - b.files, Bytes: b.lim.ArchiveBytes - b.bytes,
		Member: max(ratioFree, b.lim.ArchiveRatio*b.packed)}
}

// in names the folder for what is taken out.
func (a allowance) in(dir string) allowance {
	a.Dir = dir
	return a
}

// spend books one member. Several containers of one top file may be unpacked at the same moment, each with what was
// left at its start; what they take together beyond the budget is refused here.
func (b *budget) spend(n int64) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.files++
	b.bytes += n
	return b.files <= b.lim.ArchiveFiles && b.bytes <= b.lim.ArchiveBytes
}
