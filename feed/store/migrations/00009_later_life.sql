-- +goose Up

-- JSON: a list of feed.Notice, what happened to a story after it was
-- published: corrections, replies, updates, withdrawals; empty: nothing. No
-- fetch changes it.
alter table entries add column later text not null default '';

-- The stories that were withdrawn, so that none comes back under another id.
create table withdrawals (
    source  text not null,
    entry   text not null,
    url_key text not null,
    primary key (source, entry)
);
insert into withdrawals (source, entry, url_key)
    select e.source, e.id, e.url_key from entries e left join desk d on d.entry = e.id
    where e.page like '%"Kind":"withdrawal"%' or e.meta like '%"Kind":"withdrawal"%' or d.state like '%"withdrawn":{%';

-- What owners asked to be taken down, and what was decided.
create table takedowns (
    id      text primary key,
    created bigint not null,  -- milliseconds since 1970, UTC
    status  text not null,    -- open, accepted or rejected
    state   text not null     -- JSON: feed.Takedown
);
create index takedowns_status on takedowns (status, created);

-- +goose Down
drop table takedowns;
drop table withdrawals;
alter table entries drop column later;
