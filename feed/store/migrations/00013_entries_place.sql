-- +goose Up

-- For lists of the newest entries of all, page by page.
create index entries_place on entries (place, id);

-- +goose Down
drop index entries_place;
