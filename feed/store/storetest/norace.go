//go:build !race

package storetest

// Raced says that the race detector is on.
const Raced = false
