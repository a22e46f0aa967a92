-- +goose Up

-- A channel's archive documents (RFC 5005): entries of one month, filed
-- together for good. number is their order in the chain, part tells those of
-- one month apart.
create table volumes (
    channel text not null references channels (id) on delete cascade,
    number  bigint not null,
    month   text not null,
    part    bigint not null,
    primary key (channel, number),
    unique (channel, month, part)
);

-- The volume that an entry is filed in; 0: in none yet. told is when readers
-- were last told something new of it, its revision or notice: with that it
-- leaves its volume and is told again.
alter table channel_entries add column volume bigint not null default 0;
alter table channel_entries add column told bigint not null default 0;
update channel_entries set told = (select changed from entries where id = channel_entries.entry);
create index channel_entries_unfiled on channel_entries (channel, place, entry) where volume = 0;
create index channel_entries_volume on channel_entries (channel, volume) where volume <> 0;

-- What was filed before a channel's rule changed, so that a volume keeps what
-- the new rule selects too.
create table filed (
    channel text not null references channels (id) on delete cascade,
    entry   text not null references entries (id) on delete cascade,
    told    bigint not null,
    volume  bigint not null,
    primary key (channel, entry)
);

-- +goose Down
drop table filed;
drop index channel_entries_volume;
drop index channel_entries_unfiled;
alter table channel_entries drop column told;
alter table channel_entries drop column volume;
drop table volumes;
