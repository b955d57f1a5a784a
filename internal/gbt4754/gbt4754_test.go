package gbt4754

import "testing"

func TestLookup(t *testing.T) {
	for _, code := range []string{"3525", "C3525", " c3525 "} {
		c, ok := Lookup(code)
		if !ok || c.Name != "模具制造" || c.Full() != "C3525" {
			t.Errorf("Lookup(%q) = %v %v", code, c, ok)
		}
	}
	for _, code := range []string{"F3525", "9999", "", "X"} {
		if c, ok := Lookup(code); ok {
			t.Errorf("Lookup(%q) = %v, want none", code, c)
		}
	}
	p := Path("3525")
	if len(p) != 4 || p[0].Name != "制造业" || p[1].Code != "35" || p[3].Code != "3525" {
		t.Errorf("Path = %v", p)
	}
	if n := Named("模具制造"); len(n) != 1 || n[0].Code != "3525" {
		t.Errorf("Named = %v", n)
	}
}
