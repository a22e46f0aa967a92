package config

import (
	"fmt"
	"slices"
	"strings"

	"warta/feed"
)

// document reads the sections of one file, and then the files it includes.
func (l *loader) document(v value) {
	top, _ := l.object(v, topSection)
	l.section(top, "site", siteSection, l.site)
	l.section(top, "fetch", fetchSection, l.fetch)
	l.section(top, "reading", readingSection, l.reading)
	l.section(top, "rights", rightsSection, l.rights)
	if top.has("database") && l.first(top, "database") {
		l.database(top)
	}
	for _, x := range top.list("sources") {
		l.source(x)
	}
	for _, x := range top.list("permissions") {
		l.permission(x)
	}
	for _, x := range top.list("channels") {
		l.channel(x)
	}
	for _, x := range top.list("partners") {
		l.partner(x)
	}
	l.include(top)
}

// moreSources reads sources of a list that was parsed in parts.
func (l *loader) moreSources(v value) {
	if top, ok := l.object(v, topSection); ok {
		for _, x := range top.list("sources") {
			l.source(x)
		}
	}
}

// section reads a section that stands once in all files.
func (l *loader) section(top *object, name string, s section, read func(*object)) {
	f, ok := top.fields[name]
	if !ok || !l.first(top, name) || kind(f.value.node) == "nothing" {
		return
	}
	if o, ok := l.object(f.value, s); ok {
		read(o)
	}
}

// first reports whether the section is met for the first time.
func (l *loader) first(top *object, name string) bool {
	at := top.fields[name].at
	if before, ok := l.once[name]; ok {
		l.problem(at, name+" is given in a second file", "first at "+before.String())
		return false
	}
	l.once[name] = at
	return true
}

// refer notes that an id must exist, which is known when all files are read.
func (l *loader) refer(at place, kind, id string) {
	l.refs = append(l.refs, reference{at, kind, id})
}

func (l *loader) checkReferences() {
	for _, r := range l.refs {
		known := l.ids[r.kind]
		if _, ok := known[r.id]; ok {
			continue
		}
		names := make([]string, 0, len(known))
		for id := range known {
			names = append(names, id)
		}
		slices.Sort(names)
		hint := suggest(r.id, names, "known are")
		if len(names) == 0 {
			hint = "no " + r.kind + " is described"
		}
		l.problem(r.at, fmt.Sprintf("there is no %s %q", r.kind, r.id), hint)
	}
}

// rights reads what the operator says about rights in general.
func (l *loader) rights(o *object) {
	l.cfg.Policy.Credit = o.creditForms(feed.CheckCredit)
	s, ok := o.scalar("default")
	if !ok {
		return
	}
	if s.text == feed.Full.String() {
		o.problem("default", "rights.default can't be full: silence of an owner is no leave to publish the text",
			"set rights: full at a source that allows it, or record a permission")
		return
	}
	if use, ok := o.use("default", feed.None, feed.Headline, feed.Excerpt); ok {
		l.cfg.Policy.Default = use
	}
}

// isPostgres reports whether a database is an address, not a file.
func isPostgres(s string) bool {
	return strings.HasPrefix(s, "postgres://") || strings.HasPrefix(s, "postgresql://")
}
