-- +goose Up

-- What editors said of single entries: verdicts and withdrawals. It stands
-- beside the entries, where no fetch can undo it.
create table desk (
    entry text primary key references entries (id) on delete cascade,
    state text not null     -- JSON: feed.Desk
);

-- The append-only record: see docs/ledger.md. Entries may go, records stay.
create table ledger (
    n      bigint primary key,  -- 1 is the first, and none is left out
    entry  text not null,       -- '' where the record is about none
    record text not null,       -- canonical JSON, sealed byte for byte
    seal   text not null        -- hexadecimal SHA-256
);
insert into counters (name, value) values ('ledger', 0);

-- What the ledger said last of a permission or decision, to know what changed.
create table told (
    kind  text not null,
    id    text not null,
    state text not null,
    primary key (kind, id)
);

-- +goose Down
drop table told;
delete from counters where name = 'ledger';
drop table ledger;
drop table desk;
