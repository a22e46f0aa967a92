-- +goose Up
create table sources (
    id           text primary key,
    next_visit   bigint not null,
    title        text not null,   -- the feed's own
    state        text not null,   -- JSON: sources.State without its fingerprints
    fingerprints bytea            -- 8 bytes each, big-endian
);

-- +goose Down
drop table sources;
