package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"warta/feed"
)

// reserved ids would collide with addresses of our own: /entries/…, /healthz.
var reserved = []string{
	"about", "api", "assets", "channels", "desk", "entries", "healthz", "hub",
	"metrics", "p", "readyz", "sources", "takedown",
}

// channel reads one channel.
func (l *loader) channel(v value) {
	o, ok := l.object(v, channelSection)
	if !ok {
		return
	}
	o.require("id")
	c := feed.Channel{
		ID:          o.id(),
		Title:       o.text("title"),
		Description: o.text("description"),
		Language:    o.language(),
		Limit:       defaultLimit,
		Hub:         o.address("hub"),
	}
	if slices.Contains(reserved, c.ID) {
		o.problem("id", fmt.Sprintf("no channel can be called %q: the address /%s is warta's own", c.ID, c.ID), "choose another id, such as kabar-"+c.ID)
	}
	if n, ok := o.whole("limit", 1, 5000); ok {
		c.Limit = n
	}
	c.Embargo, _ = o.duration("embargo", time.Minute, 365*24*time.Hour)
	if s, ok := o.scalar("select"); ok && strings.TrimSpace(o.words("select", s)) != "" {
		c.Select = s.text
		l.checkSelect(s)
	}
	if public, ok := o.boolean("public"); ok {
		c.Private = !public
	}
	c.Title = cmp.Or(c.Title, c.ID)
	i := len(l.cfg.Channels)
	l.cfg.Channels = append(l.cfg.Channels, c)
	l.later = append(l.later, func() {
		l.cfg.Channels[i].Language = cmp.Or(c.Language, l.cfg.Site.Language)
	})
}
