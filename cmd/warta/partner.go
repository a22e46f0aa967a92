package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"warta/feed"
	"warta/feed/config"
)

type partnerCmd struct {
	List  partnerListCmd  `cmd:"" default:"withargs" help:"List the partners, their contracts and tokens."`
	Token partnerTokenCmd `cmd:"" help:"Make, list and revoke partners' credentials."`

	Report  partnerReportCmd  `cmd:"" help:"Say what a partner was served in a month, or who showed a source's stories."`
	Notices partnerNoticesCmd `cmd:"" help:"Say which corrections and withdrawals reached whom."`
	Webhook partnerWebhookCmd `cmd:"" help:"Print what a partner's webhooks are signed with."`
}

func (partnerCmd) Help() string {
	return `A partner is a portal that reads channels with a token, as much of each story as its owner granted to that partner. Partners and what they were granted stand in the configuration (partners, and permissions with audience: "partner:ID"); their tokens are made here.

Examples:
  warta partner
  warta partner token add portal --label "server utama"
  warta partner report portal --month 2026-11`
}

type partnerListCmd struct {
	JSON bool `name:"json" help:"Print the list as JSON."`
}

func (partnerListCmd) Help() string {
	return "Lists every partner of the configuration: whether its contract runs, what it reads and how much at most, how many good tokens it has and when one was used last.\n\nExample:\n  warta partner list --json"
}

// partnerLine is a partner as the list shows it.
type partnerLine struct {
	ID       string    `json:"id"`
	Title    string    `json:"title"`
	State    string    `json:"state"` // running, not begun, ended
	Channels []string  `json:"channels"`
	Use      feed.Use  `json:"use"`
	Formats  []string  `json:"formats,omitempty"`
	From     string    `json:"from,omitempty"`
	Until    string    `json:"until,omitempty"` // the last day
	Contact  string    `json:"contact,omitempty"`
	Granted  int       `json:"permissions"` // for this partner, in force
	Tokens   int       `json:"tokens"`      // that are good
	LastUsed time.Time `json:"last_used,omitzero"`
}

func (c *partnerListCmd) Run(a *app) error {
	cfg, st, err := a.openDesk(true)
	if err != nil {
		return err
	}
	defer st.Close()
	tokens, err := st.Tokens(a.ctx, "")
	if err != nil {
		return err
	}
	lines := []partnerLine{}
	for i := range cfg.Partners {
		lines = append(lines, describePartner(cfg, &cfg.Partners[i], tokens, a.now()))
	}
	if c.JSON {
		return a.printJSON(lines)
	}
	if len(lines) == 0 {
		_, err := fmt.Fprintln(a.out, "The configuration describes no partners; see docs/partners.md.")
		return err
	}
	return printPartners(a.out, lines, cfg.TimeZone)
}

func describePartner(cfg *config.Config, p *feed.Partner, tokens []feed.Token, now time.Time) partnerLine {
	line := partnerLine{
		ID: p.ID, Title: p.Title, State: "running", Channels: p.Channels, Use: p.Use, Formats: p.Formats, Contact: p.Contact,
		From: dayOf(p.From, 0, cfg.TimeZone), Until: dayOf(p.Until, -1, cfg.TimeZone),
	}
	switch {
	case now.Before(p.From):
		line.State = "not begun"
	case !p.InForce(now):
		line.State = "ended"
	}
	for i := range cfg.Permissions {
		if perm := &cfg.Permissions[i]; perm.Audience != feed.Public && perm.InForce(p.Audience(), now) {
			line.Granted++
		}
	}
	for _, t := range tokens {
		if t.Partner != p.ID {
			continue
		}
		if t.Revoked.IsZero() {
			line.Tokens++
		}
		if t.LastUsed.After(line.LastUsed) {
			line.LastUsed = t.LastUsed
		}
	}
	return line
}

// dayOf is a day as the configuration writes it, some days later.
func dayOf(t time.Time, later int, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).AddDate(0, 0, later).Format(time.DateOnly)
}

func printPartners(out io.Writer, lines []partnerLine, zone *time.Location) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "PARTNER\tTITLE\tCONTRACT\tUNTIL\tUSE\tCHANNELS\tPERMISSIONS\tTOKENS\tLAST USED")
	for _, p := range lines {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%d\t%d\t%s\n", p.ID, shorten(p.Title, 30), p.State, orDash(p.Until), p.Use,
			orDash(strings.Join(p.Channels, " ")), p.Granted, p.Tokens, moment(p.LastUsed, zone))
	}
	return w.Flush()
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// moment is a time to the minute, as people read it.
func moment(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return "–"
	}
	return t.In(zone).Format("2006-01-02 15:04")
}

// partnerNamed finds a partner of the configuration.
func partnerNamed(cfg *config.Config, id string) (feed.Partner, error) {
	if p, ok := cfg.Partner(id); ok {
		return p, nil
	}
	var known []string
	for _, p := range cfg.Partners {
		known = append(known, p.ID)
	}
	hint := "it describes none; see docs/partners.md"
	if len(known) > 0 {
		hint = "it has " + strings.Join(known, ", ")
	}
	return feed.Partner{}, usageError{fmt.Errorf("the configuration %s has no partner %q; %s", cfg.Path, id, hint)}
}
