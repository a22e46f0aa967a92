//go:build race

package parse

// The race detector costs tenfold: what measures time and memory goes without.
const racing = true
