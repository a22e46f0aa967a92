package report

import (
	"fmt"
	"html/template"
	"strings"
)

// The charts are a few rectangles: made here, they need no font files and can
// be read aloud.

// bar is a value with its name.
type bar struct {
	name  string
	value int
}

// columnsChart shows values side by side, every fifth with its name below.
func columnsChart(title string, bars []bar) template.HTML {
	const width, height, bottom, top = 720, 180, 22, 14
	most := highest(bars)
	var b strings.Builder
	open(&b, title, width, height)
	step := float64(width) / float64(max(len(bars), 1))
	for i, v := range bars {
		x, h := float64(i)*step, float64(height-bottom-top)*float64(v.value)/float64(most)
		if v.value > 0 {
			fmt.Fprintf(&b, `<rect class="bar" x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="2"><title>%s: %d</title></rect>`,
				x+step*0.12, float64(height-bottom)-h, step*0.76, h, template.HTMLEscapeString(v.name), v.value)
			fmt.Fprintf(&b, `<text class="n" x="%.1f" y="%.1f" text-anchor="middle">%d</text>`, x+step/2, float64(height-bottom)-h-4, v.value)
		}
		if i == 0 || (i+1)%5 == 0 {
			fmt.Fprintf(&b, `<text x="%.1f" y="%d" text-anchor="middle">%s</text>`, x+step/2, height-6, template.HTMLEscapeString(v.name))
		}
	}
	fmt.Fprintf(&b, `<line class="axis" x1="0" y1="%d" x2="%d" y2="%d"/></svg>`, height-bottom, width, height-bottom)
	return template.HTML(b.String()) //nolint:gosec // built of numbers and escaped names
}

// rowsChart shows values one below the other, with their names before them.
func rowsChart(title string, bars []bar) template.HTML {
	const width, row, names = 720, 26, 240
	most := highest(bars)
	var b strings.Builder
	open(&b, title, width, row*max(len(bars), 1))
	for i, v := range bars {
		y := i * row
		w := float64(width-names-50) * float64(v.value) / float64(most)
		fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end">%s</text>`, names-10, y+17, template.HTMLEscapeString(short(v.name, 34)))
		fmt.Fprintf(&b, `<rect class="bar" x="%d" y="%d" width="%.1f" height="%d" rx="2"><title>%s: %d</title></rect>`, names, y+4, max(w, 1), row-9, template.HTMLEscapeString(v.name), v.value)
		fmt.Fprintf(&b, `<text class="n" x="%.1f" y="%d">%d</text>`, names+w+8, y+17, v.value)
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String()) //nolint:gosec // built of numbers and escaped names
}

func open(b *strings.Builder, title string, width, height int) {
	fmt.Fprintf(b, `<svg role="img" aria-label="%s" viewBox="0 0 %d %d" xmlns="http://www.w3.org/2000/svg">`, template.HTMLEscapeString(title), width, height)
}

func highest(bars []bar) int {
	most := 1
	for _, v := range bars {
		most = max(most, v.value)
	}
	return most
}
