package refresh

import (
	"context"
	"fmt"

	"warta/sources"
	"warta/sources/fetch"
)

// maxAsked bounds a page that is asked for only to see where it leads.
const maxAsked = 4 << 20

// askAndAccept answers what the Accepter wants to know of a visit, and has it
// accepted again with the answers.
func (r *Refresher) askAndAccept(ctx context.Context, v sources.Visit, was sources.Accepted) (sources.Accepted, error) {
	for _, q := range was.Ask {
		v.Answers = append(v.Answers, r.ask(ctx, q))
	}
	var again []sources.Accepted
	err := r.opt.Pace.do(ctx, func() (err error) {
		again, err = r.opt.Accepter.Accept(ctx, []sources.Visit{v})
		return err
	})
	if err != nil {
		return was, err
	}
	if len(again) != 1 {
		return was, fmt.Errorf("one visit to %s was accepted as %d", v.Source.ID, len(again))
	}
	return again[0], nil
}

// ask follows one address to where it leads. robots.txt is obeyed.
func (r *Refresher) ask(ctx context.Context, q sources.Question) sources.Answer {
	a := sources.Answer{Key: q.Key}
	resp, err := r.opt.Getter.Get(ctx, fetch.Request{URL: q.URL, Accept: "text/html, */*;q=0.1", Robots: true, MaxBody: maxAsked})
	if err != nil {
		return a
	}
	a.To, a.Moved = resp.URL, len(resp.Redirects) > 0
	for _, hop := range resp.Redirects {
		a.Moved = a.Moved && hop.Permanent()
	}
	return a
}
