-- +goose Up

-- What a channel said last of each entry to one audience; see feed.Release.
create table streams (
    id       text primary key,
    channel  text not null,
    basis    text not null,
    seq      bigint not null,
    head     bigint not null,
    until    bigint            -- milliseconds since 1970, UTC; null: never
);
create table releases (
    stream text not null references streams (id) on delete cascade,
    entry  text not null references entries (id) on delete cascade,
    n      bigint not null,
    digest text not null,
    gone   bigint not null,
    primary key (stream, entry)
);
create unique index releases_n on releases (stream, n);
create index releases_entry on releases (entry);

create table subscriptions (
    id        text primary key,
    kind      text not null,
    callback  text not null,
    host      text not null,
    topic     text not null,
    channel   text not null,
    audience  text not null,
    token     text not null,     -- digest of the credential it was asked for with
    format    text not null,
    secret    text not null,
    stream    text not null,
    cursor    bigint not null,
    sending   bigint not null,
    created   bigint not null,
    until     bigint,
    delivered bigint,
    failures  bigint not null,
    failing   bigint,
    next      bigint,
    said      text not null
);
create index subscriptions_host on subscriptions (host);
create index subscriptions_stream on subscriptions (stream);

-- Wishes that the hub has yet to have confirmed.
create table intents (
    id    text primary key,
    host  text not null,
    seq   bigint not null,
    state text not null      -- JSON
);
create index intents_host on intents (host);

-- What webhooks are signed with, where the configuration names no secret.
create table webhook_secrets (
    partner text primary key,
    secret  text not null
);

-- +goose Down
drop table webhook_secrets;
drop table intents;
drop table subscriptions;
drop table releases;
drop table streams;
