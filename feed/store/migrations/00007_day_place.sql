-- +goose Up

-- Which of its source's entries of its day an entry was, from 1: what a
-- permission for so many entries a day goes by. Days are numbered since 1970
-- in the site's time zone.
create table source_days (
    source  text not null,
    day     bigint not null,
    entries bigint not null,  -- first seen that day
    primary key (source, day)
);
alter table entries add column day_place bigint not null default 0;

-- What was read before: by days of UTC, as the zone is not known here.
update entries set day_place = r.n from (
    select id, row_number() over (partition by source, first_seen / 86400000 order by first_seen, seq, id) as n from entries
) r where r.id = entries.id;
insert into source_days (source, day, entries)
    select source, first_seen / 86400000, count(*) from entries group by source, first_seen / 86400000;

-- +goose Down
alter table entries drop column day_place;
drop table source_days;
