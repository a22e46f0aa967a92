-- +goose Up

-- What a source is like, learned from what it brought, and whether it stopped
-- looking like itself.
create table guards (
    source     text primary key,
    profile    text not null,  -- JSON: feed.Profile; empty: nothing known yet
    quarantine text not null   -- JSON: feed.Quarantine; empty: none
);

-- What such a source brought since: stories that are in no way entries yet.
create table waiting (
    source     text not null,
    entry      text not null,
    n          bigint not null,  -- the order in which they came
    first_seen bigint not null,
    draft      text not null,    -- JSON
    primary key (source, entry)
);

-- +goose Down
drop table waiting;
drop table guards;
