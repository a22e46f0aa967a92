-- +goose Up

-- The settings that decided what was shown, as they were, by a number that
-- cursors of the API name; see feed/publish.Terms.
create table terms (
    id       bigint not null primary key,
    digest   text not null unique,
    settings text not null
);

-- +goose Down
drop table terms;
