-- +goose Up

-- What stood in each version of what partners were served. A version is a
-- number within its stream (a channel as one class of partners sees it, fetched
-- or pushed); a state of an entry stands in all versions from since to before
-- until. Only versions that somebody was served have one.
create table listings (
    stream text not null,
    v      bigint not null,
    digest text not null,
    primary key (stream, v)
);
create index listings_digest on listings (stream, digest);
create table listed (
    stream     text not null,
    entry      text not null,
    revision   bigint not null,
    use        text not null,
    permission text not null,   -- where it is a partner's own: a name that all with equal ones share
    words      bigint not null,
    images     bigint not null,
    since      bigint not null,
    until      bigint,          -- null: it stands in the newest version
    primary key (stream, entry, since)
);
create index listed_since on listed (stream, since);
create index listed_entry on listed (entry);

-- Who was served which version, in which month.
create table shipments (
    partner text not null,
    stream  text not null,
    v       bigint not null,
    month   text not null,      -- 2026-11
    channel text not null,
    pushed  bigint not null,
    first   bigint not null,    -- milliseconds since 1970, UTC
    last    bigint not null,
    count   bigint not null,
    primary key (partner, month, stream, v)
);
create index shipments_stream on shipments (stream, v);

-- What a partner's own permissions are called.
create table shipment_names (
    partner    text not null,
    shared     text not null,
    permission text not null,
    primary key (partner, shared)
);

-- +goose Down
drop table shipment_names;
drop table shipments;
drop table listed;
drop table listings;
