package llm

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// CleanJSON strips what models wrap around JSON: a thinking block, a code fence, words before and after. It
// returns the one JSON value in text, or an error when there is none or more than one.
func CleanJSON(text string) (string, error) {
	s := text
	if i := strings.LastIndex(s, "</think>"); i >= 0 {
		s = s[i+len("</think>"):]
	}
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, "{["); i > 0 {
		s = s[i:]
	}
	dec := json.NewDecoder(strings.NewReader(s))
	var raw json.RawMessage
	if err := dec.Decode(&raw); err != nil {
		return "", errors.New("答复不是 JSON")
	}
	rest := strings.Trim(s[dec.InputOffset():], " \r\n\t`")
	if strings.HasPrefix(rest, "{") || strings.HasPrefix(rest, "[") {
		return "", errors.New("答复含有多个 JSON 值")
	}
	return string(raw), nil
}

type schema struct {
	Type       any               `json:"type"`
	Properties map[string]schema `json:"properties"`
	Required   []string          `json:"required"`
	Additional any               `json:"additionalProperties"`
	Items      *schema           `json:"items"`
	Enum       []any             `json:"enum"`
	MinItems   int               `json:"minItems"`
	MaxItems   *int              `json:"maxItems"`
}

// CheckSchema checks a JSON text against the part of JSON schema that structured output uses: type, properties,
// required, additionalProperties false, items, enum, minItems, maxItems. Not every server enforces what it is
// asked for. The error names the place, never the value.
func CheckSchema(schemaJSON json.RawMessage, text string) error {
	var s schema
	if err := json.Unmarshal(schemaJSON, &s); err != nil {
		return fmt.Errorf("schema: %w", err)
	}
	dec := json.NewDecoder(bytes.NewReader([]byte(text)))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return errors.New("$: 不是 JSON")
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("$: 多余的内容")
	}
	return s.check("$", v)
}

func (s schema) check(at string, v any) error {
	if !typeOK(s.Type, v) {
		return fmt.Errorf("%s: 应为 %v", at, s.Type)
	}
	if len(s.Enum) > 0 && !slices.ContainsFunc(s.Enum, func(e any) bool { return fmt.Sprint(e) == fmt.Sprint(v) }) {
		return fmt.Errorf("%s: 不在允许的取值中", at)
	}
	switch v := v.(type) {
	case map[string]any:
		for _, k := range s.Required {
			if _, ok := v[k]; !ok {
				return fmt.Errorf("%s.%s: 缺少", at, k)
			}
		}
		for _, k := range sortedKeys(v) {
			p, known := s.Properties[k]
			if !known {
				if s.Additional == false {
					return fmt.Errorf("%s: 多出未定义的键", at)
				}
				continue
			}
			if err := p.check(at+"."+k, v[k]); err != nil {
				return err
			}
		}
	case []any:
		if len(v) < s.MinItems || s.MaxItems != nil && len(v) > *s.MaxItems {
			return fmt.Errorf("%s: 项数 %d 超出范围", at, len(v))
		}
		for i := range v {
			if s.Items == nil {
				break
			}
			if err := s.Items.check(fmt.Sprintf("%s[%d]", at, i), v[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

func typeOK(want, v any) bool {
	switch w := want.(type) {
	case nil:
		return true
	case []any:
		return slices.ContainsFunc(w, func(t any) bool { return typeOK(t, v) })
	case string:
		switch x := v.(type) {
		case nil:
			return w == "null"
		case bool:
			return w == "boolean"
		case string:
			return w == "string"
		case json.Number:
			return w == "number" || w == "integer" && !strings.ContainsAny(x.String(), ".eE")
		case []any:
			return w == "array"
		case map[string]any:
			return w == "object"
		}
	}
	return false
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
