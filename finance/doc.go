// Package finance turns documents into figures: statements, ratios, working-capital need, bank flows and
// cross-checks, each figure with its place or its formula.
//
// Everything here is a pure function of its arguments: the same documents give the same figures and issues, in the
// same order. Line items (lines/*.yaml) and ratios (ratios/*.yaml) are data; each file carries examples that
// go test runs.
package finance
