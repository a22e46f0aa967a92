//go:build race

package storetest

// Raced says that the race detector is on, which makes everything several times
// slower: what it can see, it sees in a part.
const Raced = true
