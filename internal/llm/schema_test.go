package llm

import "testing"

func TestCleanJSON(t *testing.T) {
	for in, want := range map[string]string{
		`{"a":1}`: `{"a":1}`, "```json\n[1]\n```": `[1]`, "<think>{x</think>好的：{\"a\":\"}\"}": `{"a":"}"}`,
		"": "!", "没有": "!", `{"a":`: "!", `{"a":1}{"b":2}`: "!", `{"a":1} 以上`: `{"a":1}`,
	} {
		got, err := CleanJSON(in)
		if err != nil {
			got = "!"
		}
		if got != want {
			t.Errorf("%q: got %q", in, got)
		}
	}
}

func TestCheckSchema(t *testing.T) {
	schema := []byte(`{"type":"object","required":["s"],"additionalProperties":false,"properties":{
		"s":{"type":"array","minItems":1,"maxItems":2,"items":{"type":"object","required":["text"],"properties":{
			"text":{"type":"string"},"kind":{"enum":["a","b"]},"n":{"type":["integer","null"]}}}}}}`)
	for in, ok := range map[string]bool{
		`{"s":[{"text":"x"}]}`: true, `{"s":[{"text":"x","kind":"b","n":null}]}`: true, `{"s":[{"text":"x","n":3}]}`: true,
		`{}`: false, `{"s":[]}`: false, `{"s":[{"text":1}]}`: false, `{"s":[{"text":"x","kind":"c"}]}`: false, `{"s":[{"text":"x","n":1.5}]}`: false,
		`{"s":[{"text":"x"}],"t":1}`: false, `{"s":{"text":"x"}}`: false, `{"s":[{"text":"1"},{"text":"2"},{"text":"3"}]}`: false, `[]`: false, `{} {}`: false,
	} {
		if err := CheckSchema(schema, in); (err == nil) != ok {
			t.Errorf("%s: %v", in, err)
		}
	}
}
