//go:build !race

package render_test

const raced = false
