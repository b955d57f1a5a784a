package ocr

import (
	"context"
	"image"
)

// askService adds a service's reading to the vote. Lines that tesseract has not seen come in only with their places.
func askService(ctx context.Context, s asker, img *image.Gray, rs *[]*region, size float64) (note, model string) {
	reply, err := s.ask(ctx, img)
	if err != nil {
		return "外部识别服务没有用上（" + err.Error() + "），本页只由 tesseract 识别", ""
	}
	for _, w := range reply.words {
		if !covered(*rs, w.Box) && speaks(w) && len(*rs) < maxRegions {
			r := &region{box: w.Box, line: 1e6 + w.Line}
			r.limit = grow(w.Box, size/2, size/5)
			*rs = append(*rs, r)
		}
	}
	before := map[*region]int{}
	for _, r := range *rs {
		before[r] = len(r.read)
	}
	assign(*rs, reply.words)
	for _, r := range *rs {
		if n := before[r]; len(r.read) > n { // as good as a line read by itself
			r.alone, r.read = append(r.alone, r.read[n:]...), r.read[:n]
			r.elect(size)
		}
	}
	if reply.text != "" {
		addModel(*rs, reply.text, size)
	}
	return "", reply.model
}
