//go:build race

package render_test

// raced says that the race detector is on, which makes reading and writing
// several times slower and sees nothing new in the second hundred of feeds.
const raced = true
