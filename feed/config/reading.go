package config

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"warta/sources"
)

// reading reads how stories are tidied, in general.
func (l *loader) reading(o *object) {
	l.cfg.Policy.Future = o.future()
	debris := o.debris()
	l.later = append(l.later, func() {
		for i := range l.cfg.Sources {
			src := &l.cfg.Sources[i]
			if src.Future == "" {
				src.Future = l.cfg.Policy.Future
			}
			for _, p := range debris {
				if !slices.Contains(src.Debris, p) {
					src.Debris = append(src.Debris, p)
				}
			}
		}
	})
}

// future is what a date in the future is worth; empty where nothing is said.
func (o *object) future() sources.Future {
	word, _ := o.choice("future", []string{string(sources.FutureKeep), string(sources.FutureHold), string(sources.FutureIgnore)})
	return sources.Future(word)
}

// Bounds of what an operator may add: every line of every story is held
// against it.
const (
	maxDebrisPatterns = 100
	maxDebrisLength   = 500
)

// ordinary are lines that no pattern may take away.
var ordinary = [...]string{
	"", "Bupati meresmikan jembatan itu bersama warga desa, Kamis pagi.", "The minister opened a new bridge on Thursday.",
}

// debris are patterns for whole lines that are no part of stories, each a
// regular expression, or class: and the class of elements.
func (o *object) debris() []string {
	var out []string
	for _, s := range o.scalars("debris") {
		wrong := func(message, hint string) { o.l.problem(s.place, message, hint) }
		if len(out) == maxDebrisPatterns {
			wrong(fmt.Sprintf("debris has more than %d patterns", maxDebrisPatterns), "join some with |")
			break
		}
		if len(s.text) > maxDebrisLength {
			wrong(fmt.Sprintf("a pattern of debris is at most %d bytes long", maxDebrisLength), "make two of it")
			continue
		}
		if class, ok := strings.CutPrefix(s.text, "class:"); ok {
			if class = strings.TrimSpace(class); class == "" || strings.ContainsAny(class, " \t.#>") {
				wrong(fmt.Sprintf("%s names no class of elements", s.shown()), "write one class as it stands in the page, such as class:iklan-bawah")
				continue
			}
			out = append(out, "class:"+class)
			continue
		}
		expr, err := regexp.Compile("(?is)^(?:" + s.text + ")$")
		if err != nil {
			wrong(fmt.Sprintf("the pattern %s can't be read: %s", s.shown(), strings.TrimPrefix(err.Error(), "error parsing regexp: ")), `put \ before a sign that is meant as itself: "Klik di sini \\(gratis\\)"`)
			continue
		}
		if slices.ContainsFunc(ordinary[:], expr.MatchString) {
			wrong(fmt.Sprintf("the pattern %s matches every line of a story", s.shown()), `begin it with words of the debris, such as "Pasang iklan.*"`)
			continue
		}
		out = append(out, s.text)
	}
	return out
}
