package main

import (
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"warta/feed"
)

type partnerTokenCmd struct {
	Add    partnerTokenAddCmd    `cmd:"" help:"Make a token for a partner and print it, once."`
	List   partnerTokenListCmd   `cmd:"" help:"List tokens: when they were made, used and revoked."`
	Revoke partnerTokenRevokeCmd `cmd:"" help:"Make a token good for nothing, at once."`
}

type partnerTokenAddCmd struct {
	Partner string `arg:"" help:"The id of the partner in the configuration."`
	Label   string `placeholder:"TEXT" help:"What it is for, so that you know it in the list."`
}

func (partnerTokenAddCmd) Help() string {
	return `Prints the token alone on standard output; nothing else is ever told of it, as only its digest is kept. Give it to the partner by a safe way. A partner may have several, so that one can be exchanged without a gap. A running serve knows it at once.

The partner sends it as a bearer token, as the password of Basic with any user name, or, where a reader can do neither, reads at /p/TOKEN/CHANNEL.atom.

Example:
  warta partner token add portal --label "server utama"
  curl -H "Authorization: Bearer $TOKEN" https://warta.example.id/paser.atom`
}

func (c *partnerTokenAddCmd) Run(a *app) error {
	cfg, st, err := a.openDesk(false)
	if err != nil {
		return err
	}
	defer st.Close()
	p, err := partnerNamed(cfg, c.Partner)
	if err != nil {
		return err
	}
	secret, digest := feed.NewSecret()
	t := feed.Token{ID: newTokenID(), Partner: p.ID, Label: strings.TrimSpace(c.Label), Created: a.now().UTC()}
	if err := st.AddToken(a.ctx, t, digest); err != nil {
		return err
	}
	if now := a.now(); !p.InForce(now) {
		fmt.Fprintf(a.err, "warta: the contract of %s does not run today; until it does, the token opens nothing\n", p.ID)
	}
	fmt.Fprintf(a.err, "Token %s of %s, shown this once:\n", t.ID, p.ID)
	_, err = fmt.Fprintln(a.out, secret)
	return err
}

// newTokenID names a token for people: 40 random bits, which tell nothing of
// the secret.
func newTokenID() string {
	b := make([]byte, 5)
	rand.Read(b) // never fails
	return strings.ToLower(base32.StdEncoding.EncodeToString(b))
}

type partnerTokenListCmd struct {
	Partner string `arg:"" optional:"" help:"The id of a partner (default: all)."`
	JSON    bool   `name:"json" help:"Print the list as JSON."`
}

func (partnerTokenListCmd) Help() string {
	return "Lists tokens, those of partners that the configuration no longer has too. The tokens themselves are not kept and can't be shown.\n\nExample:\n  warta partner token list portal"
}

// tokenLine is a token as the list shows it.
type tokenLine struct {
	ID       string    `json:"id"`
	Partner  string    `json:"partner"`
	Label    string    `json:"label,omitempty"`
	State    string    `json:"state"` // good, revoked, or why it opens nothing
	Created  time.Time `json:"created"`
	LastUsed time.Time `json:"last_used,omitzero"`
	Revoked  time.Time `json:"revoked,omitzero"`
}

func (c *partnerTokenListCmd) Run(a *app) error {
	cfg, st, err := a.openDesk(true)
	if err != nil {
		return err
	}
	defer st.Close()
	list, err := st.Tokens(a.ctx, c.Partner)
	if err != nil {
		return err
	}
	if len(list) == 0 && c.Partner != "" {
		if _, err := partnerNamed(cfg, c.Partner); err != nil {
			return err
		}
	}
	lines := []tokenLine{}
	for _, t := range list {
		line := tokenLine{ID: t.ID, Partner: t.Partner, Label: t.Label, State: "good", Created: t.Created, LastUsed: t.LastUsed, Revoked: t.Revoked}
		p, known := cfg.Partner(t.Partner)
		switch {
		case !t.Revoked.IsZero():
			line.State = "revoked"
		case !known:
			line.State = "no such partner"
		case !p.InForce(a.now()):
			line.State = "contract does not run"
		}
		lines = append(lines, line)
	}
	if c.JSON {
		return a.printJSON(lines)
	}
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "TOKEN\tPARTNER\tSTATE\tCREATED\tLAST USED\tREVOKED\tLABEL")
	for _, t := range lines {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", t.ID, t.Partner, t.State, moment(t.Created, cfg.TimeZone), moment(t.LastUsed, cfg.TimeZone), moment(t.Revoked, cfg.TimeZone), t.Label)
	}
	return w.Flush()
}

type partnerTokenRevokeCmd struct {
	Token string `arg:"" help:"The id of the token, as the list has it; or the token itself."`
}

func (partnerTokenRevokeCmd) Help() string {
	return "A running serve heeds it with the next request.\n\nExample:\n  warta partner token revoke k3xq2mzu"
}

func (c *partnerTokenRevokeCmd) Run(a *app) error {
	_, st, err := a.openDesk(false)
	if err != nil {
		return err
	}
	defer st.Close()
	id := c.Token
	if digest, ok := feed.SecretDigest(id); ok { // somebody found one and wants it gone
		t, err := st.TokenOf(a.ctx, digest)
		if err != nil {
			return fmt.Errorf("this token is not known, or was revoked: %w", err)
		}
		id = t.ID
	}
	t, err := st.RevokeToken(a.ctx, id, a.now())
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "Token %s of %s is revoked.\n", t.ID, t.Partner)
	return err
}
