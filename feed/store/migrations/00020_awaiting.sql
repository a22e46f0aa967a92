-- +goose Up

-- What corrections, replies and withdrawals say of stories that were not stored
-- yet, so that a story that comes later is linked with them all the same.
create table awaiting (
    source text not null,
    key    text not null,    -- "address ", "id " or "title ", and which
    entry  text not null,    -- the story that corrects
    notice text not null,    -- JSON: feed.Notice
    made   bigint not null,  -- milliseconds since 1970, UTC
    primary key (source, key, entry)
);
create index waiting_order on waiting (source, n);

-- +goose Down
drop index waiting_order;
drop table awaiting;
