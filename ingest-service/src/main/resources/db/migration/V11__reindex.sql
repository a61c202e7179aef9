-- A collection can be built anew beside itself: its next generation is a collection of its own, with ~ and a number behind the
-- name, which documents are copied to and written to as well. One generation is live: the one that callers mean by the name.
alter table collection
    add column base text generated always as (split_part(name, '~', 1)) stored,
    add column live boolean not null default true,
    -- Generations made so far; counted on the first one. A number is used once, so that what is late of an older one stays there.
    add column generations integer not null default 1,
    -- Orders what the index is told of the collection; 0 while it was told nothing.
    add column choice bigint not null default 0;

create unique index collection_live on collection (base) where live;

create sequence generation_choice;

create table reindex (
    id              bigint generated always as identity primary key,
    base            text not null references collection (name),
    old_collection  text not null references collection (name),
    new_collection  text not null references collection (name),
    state           text not null,
    -- How vectors are to be searched; null for as by default.
    index_kind      text,
    index_parameters jsonb not null default '{}',
    -- When it goes live by itself: AUTO if it holds the bounds, ALWAYS, or NEVER.
    switch_mode     text not null,
    max_ndcg_loss   double precision not null,
    min_overlap     double precision not null,
    -- Documents up to this id are copied; copied once all are.
    copied_to       text collate "C" not null default '',
    copied          boolean not null default false,
    comparison      jsonb,
    -- Why it is HELD or FAILED, or what it waits for.
    reason          text,
    message         text,
    attempts        integer not null default 0,
    started_at      timestamptz not null default clock_timestamp(),
    changed_at      timestamptz not null default clock_timestamp()
);

-- At most one of a collection is under way.
create unique index reindex_active on reindex (base) where state not in ('FINISHED', 'DISCARDED');

-- What the generations of a collection are compared on.
create table question (
    collection text    not null references collection (name),
    ordinal    integer not null,
    query      text    not null,
    -- Grades of relevant documents by id; empty for a question that nobody judged.
    relevant   jsonb   not null,
    primary key (collection, ordinal)
);
