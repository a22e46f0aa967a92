// Package config reads warta.yaml, the operator's description of site,
// sources, permissions and channels (YAML 1.2): strictly, with every error at
// once and each with file, line and column.
//
// The words it fills are those of packages sources and feed. It opens no
// network and no database, and holds no state: a caller that wants a newer
// configuration loads it again and keeps the old one where that fails.
package config

import (
	"net/netip"
	"os"
	"path/filepath"
	"time"
	_ "time/tzdata" // site.timezone must be known on machines without zoneinfo

	"warta/feed"
	"warta/sources"
)

// Config is a configuration that was read without a problem.
type Config struct {
	Site     feed.Site
	TimeZone *time.Location // of permissions' days, and of dates shown to people
	Listen   string         // host:port
	Metrics  string         // host:port of the figures; empty: nowhere
	Database string         // a file's path, or a postgres:// address
	OwnHub   bool           // serve is the WebSub hub of its channels
	Proxies  []netip.Prefix // whose word is taken for where a request comes from
	TLS      TLS

	Fetch       Fetch
	Policy      feed.Policy
	Sources     []sources.Source
	Permissions []feed.Permission
	Channels    []feed.Channel
	Partners    []feed.Partner

	Path     string   // as given to Load
	Files    []string // every file read, Path first
	Patterns []string // globs of include, so that a new file is noticed
}

// Fetch is how sources are visited.
type Fetch struct {
	AllowPrivate bool           // loopback and private addresses may be asked
	Every        sources.Rhythm // bounds of the rhythm
	Timeout      time.Duration  // for one document in whole
	MaxBody      int64          // bytes, after decompression
	Workers      int            // hosts visited side by side
	Pages        bool           // article pages are visited again, too
}

// Options are what Load needs from outside. The zero Options serve.
type Options struct {
	// Env looks up a variable of the environment; nil: os.LookupEnv.
	Env func(string) (string, bool)
	// CheckSelect compiles a channel's select and says what is wrong with it;
	// nil: it is not checked. An error whose words begin with "line:column: ",
	// both from 1, is shown at that place of the file.
	CheckSelect func(expr string) error
}

// Source returns the source with the id.
func (c *Config) Source(id string) (sources.Source, bool) {
	for _, s := range c.Sources {
		if s.ID == id {
			return s, true
		}
	}
	return sources.Source{}, false
}

// Partner returns the partner with the id.
func (c *Config) Partner(id string) (feed.Partner, bool) {
	for _, p := range c.Partners {
		if p.ID == id {
			return p, true
		}
	}
	return feed.Partner{}, false
}

// Watched lists what Watch should look at: the files read and the patterns
// by which new ones would be found.
func (c *Config) Watched() []string {
	out := make([]string, 0, len(c.Files)+len(c.Patterns))
	return append(append(out, c.Files...), c.Patterns...)
}

// Load reads the file at path and those it includes. Where something is wrong
// the error is Problems, and the Config, never nil, holds only Path, Files and
// Patterns, so that the mended file can be waited for.
func Load(path string, opt Options) (*Config, error) {
	l := newLoader(path, opt)
	return l.load()
}

func newLoader(path string, opt Options) *loader {
	if opt.Env == nil {
		opt.Env = os.LookupEnv
	}
	return &loader{
		opt:   opt,
		cfg:   defaults(path),
		once:  map[string]place{},
		ids:   map[string]map[string]place{},
		read:  map[string]bool{},
		nodes: maxNodes,
	}
}

// defaults is the configuration of an empty file.
func defaults(path string) *Config {
	zone, err := time.LoadLocation(defaultZone)
	if err != nil { // can't be: the zones are compiled in
		zone = time.UTC
	}
	return &Config{
		Path: path,
		// Commercial until said otherwise: licences that exclude commerce are
		// opened only by an operator who declares the site non-commercial.
		Site:     feed.Site{Title: "Warta", URL: "http://127.0.0.1:8080/", Language: "id", Commercial: true},
		TimeZone: zone,
		Listen:   "127.0.0.1:8080",
		OwnHub:   true,
		Database: filepath.Join(filepath.Dir(path), "warta.db"),
		Fetch: Fetch{
			Every:   sources.Rhythm{Min: 15 * time.Minute, Max: 24 * time.Hour},
			Timeout: 30 * time.Second,
			MaxBody: 10 << 20,
			Workers: 16,
			Pages:   true,
		},
		Policy: feed.Policy{Default: feed.Excerpt, Commercial: true, Sources: map[string]feed.SourcePolicy{}},
	}
}

const (
	defaultZone  = "Asia/Makassar"
	defaultLimit = 100
)
