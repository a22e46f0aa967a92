-- +goose Up

-- The versions that documents had, for deltas (RFC 3229); see feed.Lineage.
create table lineages (
    path  text not null,
    class text not null,
    state text not null,
    kept  bigint not null,    -- milliseconds since 1970, UTC
    primary key (path, class)
);
create index lineages_kept on lineages (kept);

-- +goose Down
drop table lineages;
