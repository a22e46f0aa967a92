-- +goose Up

-- By which id readers know an entry whose original one is another story's too;
-- empty: by the original one. What is stored already keeps the id that readers
-- know, be there another of the same or not.
alter table entries add column known_as text not null default '';

-- Which entries have an id that doesn't name one thing in the world, such as a
-- number: the few among which a new one has to be told apart.
create table plain_ids (
    id    text not null,
    entry text not null,
    primary key (id, entry)
);
insert into plain_ids (id, entry) select original_id, id from entries
    where original_id not like '%://%' and original_id not like 'tag:%' and original_id not like 'urn:%' and length(original_id) <= 200;

-- +goose Down
drop table plain_ids;
alter table entries drop column known_as;
