-- +goose Up
create table channels (
    id   text primary key,
    rule text not null,
    seq  bigint not null
);

create table channel_entries (
    channel text not null references channels (id) on delete cascade,
    entry   text not null references entries (id) on delete cascade,
    place   bigint not null,
    primary key (channel, entry)
);
create index channel_entries_place on channel_entries (channel, place, entry);

create table documents (
    path     text primary key,
    etag     text not null,
    modified bigint not null,
    entries  bigint not null
);

-- +goose Down
drop table documents;
drop table channel_entries;
drop table channels;
