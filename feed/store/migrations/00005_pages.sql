-- +goose Up

-- When an entry's article page is visited next, and what is remembered of it.
create table pages (
    entry   text primary key references entries (id) on delete cascade,
    source  text not null,
    due     bigint,           -- milliseconds since 1970, UTC; null: never again
    visited bigint not null,  -- when it last answered; 0: not yet
    suspect bigint not null,  -- 1: it looked withdrawn then
    state   text not null     -- JSON: sources.PageState; empty: never visited
);
create index pages_due on pages (due, source) where due is not null;
create index pages_source on pages (source, due);
create index pages_visited on pages (source, visited);

-- What a whole host says under an address agreed on for it.
create table host_files (
    host    text primary key,
    fetched bigint not null,
    body    text not null
);

-- Up to which change of an entry its page is on the list above.
insert into counters (name, value) values ('pages', 0);

-- JSON: what the article's page said, apart from what the feed says; empty:
-- nothing. It stands last, where whoever reads the text passes anyway.
alter table entries add column page text not null default '';

-- +goose Down
alter table entries drop column page;
delete from counters where name = 'pages';
drop table host_files;
drop table pages;
