package read

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
)

// limitsFile is a bank's own limits as YAML; a key left out keeps its default. docs/reading.md lists them.
type limitsFile struct {
	FileMB         *int64 `yaml:"file_mb"`
	Files          *int64 `yaml:"files"`
	Pages          *int64 `yaml:"pages"`
	TextMB         *int64 `yaml:"text_mb"`
	Rows           *int64 `yaml:"rows"`
	Cells          *int64 `yaml:"cells"`
	ImageMegapixel *int64 `yaml:"image_megapixels"`
	OCRPages       *int64 `yaml:"ocr_pages"`
	Formulas       *int64 `yaml:"formulas"`
	ArchiveDepth   *int64 `yaml:"archive_depth"`
	ArchiveFiles   *int64 `yaml:"archive_files"`
	ArchiveMB      *int64 `yaml:"archive_mb"`
	ArchiveRatio   *int64 `yaml:"archive_ratio"`
	PageSeconds    *int64 `yaml:"page_seconds"`
	FileSeconds    *int64 `yaml:"file_seconds"`
	CPUSeconds     *int64 `yaml:"cpu_seconds"`
	AddressSpaceMB *int64 `yaml:"address_space_mb"`
	MemoryMB       *int64 `yaml:"memory_mb"`
	HeapMB         *int64 `yaml:"heap_mb"`
	OutputMB       *int64 `yaml:"output_mb"`
}

// LoadLimits reads a file of limits, strictly: an unknown key or a value out of its range is a *dossier.Error of kind
// input that names file and line or key. The fields that the file leaves out are zero, which means their default.
func LoadLimits(path string) (l Limits, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return l, &dossier.Error{Kind: dossier.ErrInput, File: filepath.Base(path), Msg: "打不开限值文件", Cause: err}
	}
	var f limitsFile
	if strings.TrimSpace(string(data)) != "" {
		if err := datafile.Decode(filepath.Base(path), data, &f); err != nil {
			return l, &dossier.Error{Kind: dossier.ErrInput, Msg: "限值文件有误", Cause: err}
		}
	}
	const mb, million, second = 1 << 20, 1_000_000, int64(time.Second)
	for _, v := range []struct {
		key      string
		from     *int64
		unit     int64
		min, max int64
		set      func(int64)
	}{
		{"file_mb", f.FileMB, mb, 1, 4096, func(n int64) { l.FileBytes = n }},
		{"files", f.Files, 1, 1, 1_000_000, func(n int64) { l.Files = int(n) }},
		{"pages", f.Pages, 1, 1, 100_000, func(n int64) { l.Pages = int(n) }},
		{"text_mb", f.TextMB, mb, 1, 1024, func(n int64) { l.TextBytes = int(n) }},
		{"rows", f.Rows, 1, 1, 1 << 20, func(n int64) { l.Rows = int(n) }},
		{"cells", f.Cells, 1, 1, 100_000_000, func(n int64) { l.Cells = int(n) }},
		{"image_megapixels", f.ImageMegapixel, million, 1, 1000, func(n int64) { l.ImagePixels = int(n) }},
		{"ocr_pages", f.OCRPages, 1, 1, 100_000, func(n int64) { l.OCRPages = int(n) }},
		{"formulas", f.Formulas, 1, 1, 1_000_000, func(n int64) { l.FormulaResults = int(n) }},
		{"archive_depth", f.ArchiveDepth, 1, 1, 20, func(n int64) { l.ArchiveDepth = int(n) }},
		{"archive_files", f.ArchiveFiles, 1, 1, 1_000_000, func(n int64) { l.ArchiveFiles = int(n) }},
		{"archive_mb", f.ArchiveMB, mb, 1, 1 << 20, func(n int64) { l.ArchiveBytes = n }},
		{"archive_ratio", f.ArchiveRatio, 1, 2, 10_000, func(n int64) { l.ArchiveRatio = n }},
		{"page_seconds", f.PageSeconds, second, 1, 3600, func(n int64) { l.FileTime = time.Duration(n) }},
		{"file_seconds", f.FileSeconds, second, 1, 86_400, func(n int64) { l.TotalTime = time.Duration(n) }},
		{"cpu_seconds", f.CPUSeconds, second, 1, 86_400, func(n int64) { l.CPUTime = time.Duration(n) }},
		{"address_space_mb", f.AddressSpaceMB, mb, 3072, 1 << 20, func(n int64) { l.AddressSpace = uint64(n) }},
		{"memory_mb", f.MemoryMB, mb, 512, 1 << 20, func(n int64) { l.Memory = uint64(n) }},
		{"heap_mb", f.HeapMB, mb, 128, 1 << 20, func(n int64) { l.SoftMemory = n }},
		{"output_mb", f.OutputMB, mb, 1, 1 << 20, func(n int64) { l.Output = n }},
	} {
		if v.from == nil {
			continue
		}
		if *v.from < v.min || *v.from > v.max {
			return Limits{}, &dossier.Error{Kind: dossier.ErrInput, File: filepath.Base(path),
				Msg: fmt.Sprintf("限值 %s 应在 %d 与 %d 之间，现为 %d", v.key, v.min, v.max, *v.from)}
		}
		v.set(*v.from * v.unit)
	}
	return l, nil
}
