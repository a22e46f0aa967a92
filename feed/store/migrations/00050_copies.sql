-- +goose Up

-- On whose word a story was withdrawn: the domain of its source, "*" for its
-- own page and the operator, who speak for any; empty: not known. looked is 0
-- while copies of it are to be looked for.
alter table withdrawals add column home text not null default '';
alter table withdrawals add column looked integer not null default 1;
create index withdrawals_url on withdrawals (url_key);

-- +goose Down
drop index withdrawals_url;
alter table withdrawals drop column looked;
alter table withdrawals drop column home;
