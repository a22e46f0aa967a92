package main

import (
	"fmt"

	"warta/feed/deliver"
)

type partnerWebhookCmd struct {
	Partner string `arg:"" help:"The id of the partner in the configuration."`
	New     bool   `help:"Make another secret; the old one is good for nothing once serve was told (SIGHUP)."`
}

func (partnerWebhookCmd) Help() string {
	return `Prints the secret that a partner's webhooks are signed with, alone on standard output, for the partner to verify them by. It is made when first asked for. Where the configuration has a webhook_secret, that one is used and nothing is printed.

Example:
  warta partner webhook portal`
}

func (c *partnerWebhookCmd) Run(a *app) error {
	cfg, st, err := a.openDesk(false)
	if err != nil {
		return err
	}
	defer st.Close()
	p, err := partnerNamed(cfg, c.Partner)
	if err != nil {
		return err
	}
	if p.WebhookSecret != "" {
		return usageError{fmt.Errorf("the webhooks of %s are signed with the webhook_secret of the configuration %s", p.ID, cfg.Path)}
	}
	if p.Webhook == "" {
		fmt.Fprintf(a.err, "warta: %s has no webhook in the configuration yet\n", p.ID)
	}
	secret, err := deliver.Secret(a.ctx, st, p.ID, c.New)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.out, secret)
	return err
}
