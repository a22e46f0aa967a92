-- +goose Up

-- Whether a subscription counted in another stream before: it may have been
-- shown what its present stream never said; see feed.Subscription.
alter table subscriptions add column moved bigint not null default 0;

-- +goose Down
alter table subscriptions drop column moved;
