-- How often the reconciler has repaired a version lately: it does not try for ever. Swept after a week.
create table heal (
    collection  text        not null,
    document_id text collate "C" not null,
    version     bigint      not null,
    heals       integer     not null,
    healed_at   timestamptz not null,
    primary key (collection, document_id, version)
);
