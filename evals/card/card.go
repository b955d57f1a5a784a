// Package card prints and reads the scorecards that are committed, whatever suite they are of.
package card

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
)

// JSON prints a card for committing: indented, maps by key, no HTML escapes.
func JSON(c any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(c)
	return b.Bytes(), err
}

// Load reads a committed card into c; a key that c does not know is an error.
func Load(file string, c any) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(c); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}
