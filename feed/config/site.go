package config

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"
)

// site reads who publishes, and where.
func (l *loader) site(o *object) {
	site := &l.cfg.Site
	if s := o.text("title"); s != "" {
		site.Title = s
	}
	if s := o.siteURL(); s != "" {
		site.URL = s
	}
	if s := o.hostPort("listen"); s != "" {
		l.cfg.Listen = s
	}
	l.cfg.Metrics = o.hostPort("metrics")
	site.Contact = o.contact()
	if s := o.language(); s != "" {
		site.Language = s
	}
	if b, ok := o.boolean("commercial"); ok {
		site.Commercial = b
	}
	if z := o.timezone(); z != nil {
		l.cfg.TimeZone = z
	}
	if s, ok := o.scalar("hub"); ok {
		switch s.text {
		case "own", "none":
			l.cfg.OwnHub = s.text == "own"
		default:
			site.Hub, l.cfg.OwnHub = o.address("hub"), false
		}
	}
	l.cfg.Proxies = o.addresses("proxies")
	l.tls(o)
}

// siteURL is the public address, which always ends in a slash: every other
// address of ours is made by appending to it.
func (o *object) siteURL() string {
	s := o.address("url")
	if s == "" {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		o.problem("url", "url is the address of a folder and can't have a ? or # part", "")
		return ""
	}
	if !strings.HasSuffix(s, "/") {
		s += "/"
	}
	return s
}

// abbreviations are Indonesia's zones by the names people use for them.
var abbreviations = map[string]string{
	"wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura",
	"jakarta": "Asia/Jakarta", "makassar": "Asia/Makassar", "jayapura": "Asia/Jayapura",
	"balikpapan": "Asia/Makassar", "samarinda": "Asia/Makassar",
}

// timezone is a zone of the IANA database.
func (o *object) timezone() *time.Location {
	s, ok := o.scalar("timezone")
	if !ok {
		return nil
	}
	if s.text != "" && s.text != "Local" { // Local is the machine's, and so nobody's
		if z, err := time.LoadLocation(s.text); err == nil {
			return z
		}
	}
	hint := "for example Asia/Makassar"
	if name, ok := abbreviations[strings.ToLower(s.raw)]; ok {
		hint = fmt.Sprintf("did you mean %q?", name)
	} else if near := nearest(s.raw, []string{"Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura", "UTC"}); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	o.problem("timezone", fmt.Sprintf("%s is no time zone", s.shown()), hint)
	return nil
}

// database is a file, relative to the main file's folder, or PostgreSQL.
// Messages don't quote it, as it may hold a password.
func (l *loader) database(top *object) {
	s, ok := top.scalar("database")
	if !ok {
		return
	}
	if !s.isText() {
		top.wrong("database", kind(s.node))
		return
	}
	switch {
	case isPostgres(s.text):
		if u, err := url.Parse(s.text); err != nil || u.Path == "" || u.Path == "/" {
			top.problem("database", "the database's address can't be read or names no database", "for example postgres://warta@localhost/warta")
			return
		}
		l.cfg.Database = s.text
		return
	case strings.Contains(s.text, "://"), strings.HasPrefix(s.text, "file:"), strings.HasPrefix(s.text, ":"):
		top.problem("database", "database must be a path (SQLite) or a postgres:// address", "for example database: warta.db")
		return
	case strings.TrimSpace(s.text) == "" || strings.HasSuffix(s.text, "/") || strings.ContainsAny(s.text, "?\n\x00"):
		top.problem("database", "database is no path of a file", "for example database: warta.db")
		return
	}
	path := filepath.FromSlash(s.text)
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(l.cfg.Path), path)
	}
	l.cfg.Database = path
}
