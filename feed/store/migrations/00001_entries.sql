-- +goose Up

-- Holds the number that the newest change of an entry carries. Its row is
-- locked by whoever saves, so numbers become visible in their order.
create table counters (
    name  text primary key,
    value bigint not null
);
insert into counters (name, value) values ('seq', 0);

-- id is the digest of (source, original_id), which makes the pair unique too.
-- The long texts come last: SQLite reads a row from its start.
create table entries (
    id          text primary key,
    source      text not null,
    original_id text not null,
    url_key     text not null,
    digest      text not null,
    revision    bigint not null,
    seq         bigint not null,
    published   bigint,           -- milliseconds since 1970, UTC; null: unknown
    first_seen  bigint not null,
    changed     bigint not null,
    place       bigint not null,  -- its place in order: feed.Entry.Time
    title       text not null,
    meta        text not null,    -- JSON: everything that has no column
    summary     text not null,
    content     text not null
);
create unique index entries_seq on entries (seq);
create index entries_url on entries (source, url_key);

-- What an entry was before it became what it is.
create table revisions (
    entry    text not null references entries (id) on delete cascade,
    revision bigint not null,
    changed  bigint not null,
    digest   text not null,
    title    text not null,
    meta     text not null,
    summary  text not null,
    content  text not null,
    primary key (entry, revision)
);

-- +goose Down
drop table revisions;
drop table entries;
drop table counters;
