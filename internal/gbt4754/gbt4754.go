// Package gbt4754 holds the national economic classification GB/T 4754-2017.
package gbt4754

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"sort"
	"strings"
	"sync"
)

//go:embed classes.csv
var table []byte

// Class is a section (C), division (35), group (352) or class (3525).
type Class struct {
	Code    string // digits; the letter itself for a section
	Section string // letter
	Name    string
}

// Full is the code with its section letter: C3525.
func (c Class) Full() string {
	if c.Code == c.Section {
		return c.Code
	}
	return c.Section + c.Code
}

var classes = sync.OnceValue(func() map[string]Class {
	rows, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		panic("gbt4754: classes.csv: " + err.Error()) // embedded, so a fault of the build
	}
	out := make(map[string]Class, len(rows))
	for _, r := range rows[1:] {
		out[r[0]] = Class{r[0], r[1], r[2]}
	}
	return out
})

// Lookup finds a class by its code, with or without the letter.
func Lookup(code string) (Class, bool) {
	code = strings.ToUpper(strings.TrimSpace(code))
	if len(code) > 1 && code[0] >= 'A' && code[0] <= 'T' {
		c, ok := classes()[code[1:]]
		return c, ok && c.Section == code[:1]
	}
	c, ok := classes()[code]
	return c, ok
}

// Path returns the class with what it stands under, the section first.
func Path(code string) []Class {
	c, ok := Lookup(code)
	if !ok {
		return nil
	}
	out := []Class{classes()[c.Section]}
	for n := 2; n <= len(c.Code); n++ {
		if p, ok := classes()[c.Code[:n]]; ok && c.Code != c.Section {
			out = append(out, p)
		}
	}
	return out
}

// Named returns the four-digit classes with exactly that name, by code.
func Named(name string) []Class {
	var out []Class
	for _, c := range classes() {
		if len(c.Code) == 4 && c.Name == name {
			out = append(out, c)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Code < out[j].Code })
	return out
}
