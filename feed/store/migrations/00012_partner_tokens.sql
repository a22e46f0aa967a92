-- +goose Up

-- Partners' credentials, as digests: who reads the database can't read as a
-- partner. Revoked ones stay, so that a list tells of them.
create table partner_tokens (
    id        text primary key,
    partner   text not null,
    label     text not null,
    digest    text not null,     -- hexadecimal SHA-256 of the secret
    created   bigint not null,   -- milliseconds since 1970, UTC
    last_used bigint,            -- null: never
    revoked   bigint             -- null: good
);
create unique index partner_tokens_digest on partner_tokens (digest);

-- +goose Down
drop table partner_tokens;
