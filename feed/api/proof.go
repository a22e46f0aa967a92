package api

import "context"

// What a partner was answered is recorded like the documents it was served: see
// publish.Reader.Tell.

func (a *API) entriesTold(ctx context.Context, in *entriesInput) (*entriesOutput, error) {
	out, err := a.entries(ctx, in)
	if err == nil {
		for i := range out.Body.Entries {
			tell(ctx, &out.Body.Entries[i], in.Channel)
		}
	}
	return out, err
}

func (a *API) entryTold(ctx context.Context, in *entryInput) (*entryOutput, error) {
	out, err := a.entry(ctx, in)
	if err == nil {
		tell(ctx, &out.Body.Entry, "")
	}
	return out, err
}

func tell(ctx context.Context, e *Entry, channel string) {
	if e.sight != nil {
		readerOf(ctx).Tell(ctx, e.sight.Shown, channel, e.sight.Channels)
	}
}
