package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"warta/sources/refresh"
)

// progress draws a bar on a terminal, and nothing anywhere else.
type progress struct {
	mu     sync.Mutex
	w      io.Writer // nil: draw nothing
	total  int
	n      int
	failed int
}

func newProgress(w io.Writer, total int, off bool) *progress {
	p := &progress{total: total}
	if f, ok := w.(*os.File); ok && !off && total > 0 && isTerminal(f) {
		p.w = w
		p.draw()
	}
	return p
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
}

func (p *progress) done(r refresh.Result) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.n++
	if r.Err != nil {
		p.failed++
	}
	if p.w != nil {
		p.draw()
	}
}

func (p *progress) draw() {
	const width = 30
	full := min(width, p.n*width/p.total)
	fmt.Fprintf(p.w, "\r[%s%s] %d of at most %d sources, %d failed ", strings.Repeat("#", full), strings.Repeat(".", width-full), p.n, p.total, p.failed)
}

func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.w != nil {
		fmt.Fprint(p.w, "\r\033[K")
	}
}
