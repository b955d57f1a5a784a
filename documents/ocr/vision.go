package ocr

import (
	"context"
	"errors"
	"image"
	"strings"
	"unicode"
)

// vision asks an OpenAI-compatible model to write down what stands on the image. A model gives text without places and
// may make up what it cannot see, so its text only votes on lines that tesseract found, and a digit of it counts next
// to nothing unless tesseract saw it too.
type vision struct {
	service
	model string
}

const visionAsk = "请逐行抄录图片中的全部文字，保持原有的换行、数字和标点，看不清的字写作□，不要解释、翻译或补充。"

func (v vision) ask(ctx context.Context, img *image.Gray) (serviceReply, error) {
	data, _, err := base64PNG(img)
	if err != nil {
		return serviceReply{}, err
	}
	in := map[string]any{"model": v.model, "temperature": 0, "max_tokens": 4096, "messages": []any{map[string]any{"role": "user", "content": []any{
		map[string]any{"type": "text", "text": visionAsk},
		map[string]any{"type": "image_url", "image_url": map[string]any{"url": "data:image/png;base64," + data}},
	}}}}
	var out struct {
		Choices []struct {
			Message struct {
				Content string `json:"content"`
			} `json:"message"`
		} `json:"choices"`
	}
	if err := v.post(ctx, "chat/completions", in, &out); err != nil {
		return serviceReply{}, err
	}
	if len(out.Choices) == 0 || strings.TrimSpace(out.Choices[0].Message.Content) == "" {
		return serviceReply{}, errors.New("识别服务没有给出文字")
	}
	text := out.Choices[0].Message.Content
	if len(text) > 1<<18 {
		text = text[:1<<18]
	}
	return serviceReply{text: text, model: v.model}, nil
}

// addModel adds a model's text as a reading to the lines that it clearly stands for.
func addModel(rs []*region, text string, size float64) {
	var lines [][]rune
	for _, l := range strings.Split(text, "\n") {
		l = strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) || r == '|' || r == '□' {
				return -1
			}
			return r
		}, l)
		if rs := []rune(l); len(rs) > 0 && len(rs) <= maxAligned && len(lines) < 400 {
			lines = append(lines, rs)
		}
	}
	for _, r := range rs {
		own := []rune(r.text())
		if len(own) < 3 || len(own) > 120 || r.proof != "" {
			continue
		}
		best, limit := []rune(nil), (2*len(own)+2)/5 // two characters in five may differ
		for _, l := range lines {
			if from, to, d := within(own, l); d < limit || d == limit && best == nil {
				best, limit = l[from:to], d
			}
		}
		if len(best) < 3 {
			continue
		}
		cs := evenly(string(best), r.box, 0.75)
		for i := range cs {
			if unicode.IsDigit(cs[i].r) {
				cs[i].conf = 0.1
			}
		}
		r.read = append(r.read, cs)
		r.elect(size)
	}
}

// within finds the stretch of line that is nearest to s by edit distance (Sellers 1980).
func within(s, line []rune) (from, to, dist int) {
	prev, start := make([]int, len(line)+1), make([]int, len(line)+1)
	for j := range start {
		start[j] = j
	}
	for i := range s {
		cur, at := make([]int, len(line)+1), make([]int, len(line)+1)
		cur[0] = i + 1
		for j := range line {
			d, a := prev[j], start[j]
			if s[i] != line[j] {
				d++
			}
			if prev[j+1]+1 < d {
				d, a = prev[j+1]+1, start[j+1]
			}
			if cur[j]+1 < d {
				d, a = cur[j]+1, at[j]
			}
			cur[j+1], at[j+1] = d, a
		}
		prev, start = cur, at
	}
	dist = len(s) + 1
	for j, d := range prev {
		if d < dist {
			from, to, dist = start[j], j, d
		}
	}
	return from, to, dist
}
