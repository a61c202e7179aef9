-- A collection exists from its first document on.
create table collection (
    name       text primary key,
    created_at timestamptz not null default now()
);

-- One row a document: its newest version. Columns given_* are the caller's words, found_* the parser's.
create table document (
    collection       text        not null references collection (name),
    document_id      text collate "C" not null,
    version          bigint      not null check (version >= 1),
    state            text        not null,
    given_filename   text        not null,
    given_title      text        not null,
    given_source     text        not null,
    given_mime_type  text        not null,
    given_metadata   jsonb       not null,
    found_mime_type  text        not null default '',
    found_title      text        not null default '',
    found_language   text        not null default '',
    found_page_count integer     not null default 0,
    found_metadata   jsonb       not null default '{}',
    sha256           text        not null,
    size_bytes       bigint      not null,
    chunk_count      integer     not null default 0,
    chunks_indexed   integer     not null default 0,
    -- Version that searches find now; the one before the newest keeps answering until the newest is whole.
    ready_version    bigint,
    -- How often processing of this version was begun: a file that kills the process is not tried for ever.
    attempts         integer     not null default 0,
    failure_stage    text,
    failure_reason   text,
    failure_message  text,
    trace_id         text        not null default '',
    -- When the index had nothing of a deleted document left.
    removed_at       timestamptz,
    primary key (collection, document_id)
);

create index document_by_state on document (collection, state, document_id);
create index document_by_content on document (sha256);

-- Every state that a version reached, in the order it happened.
create table state_change (
    sequence    bigint generated always as identity primary key,
    collection  text        not null,
    document_id text collate "C" not null,
    version     bigint      not null,
    state       text        not null,
    at          timestamptz not null default now(),
    unique (collection, document_id, version, state),
    foreign key (collection, document_id) references document (collection, document_id)
);

-- The cleaned text of a version: what chunks and citations point into.
create table document_text (
    collection  text   not null,
    document_id text collate "C" not null,
    version     bigint not null,
    content     text   not null,
    primary key (collection, document_id, version),
    foreign key (collection, document_id) references document (collection, document_id)
);

-- Spans of document_text.content, in UTF-16 code units.
create table chunk (
    collection   text    not null,
    document_id  text collate "C" not null,
    version      bigint  not null,
    ordinal      integer not null,
    start_offset integer not null,
    end_offset   integer not null,
    page         integer not null,
    page_end     integer not null,
    section_path text[]  not null,
    token_count  integer not null,
    -- SHA-256 of the chunk's characters: a new version embeds only what changed.
    text_sha256  bytea   not null,
    primary key (collection, document_id, version, ordinal),
    foreign key (collection, document_id, version) references document_text (collection, document_id, version)
        on delete cascade
);

-- Parts of a version that the index stores durably; counts each part once however often it is reported.
create table staged_part (
    collection  text    not null,
    document_id text collate "C" not null,
    version     bigint  not null,
    part        integer not null,
    chunk_count integer not null,
    primary key (collection, document_id, version, part),
    foreign key (collection, document_id) references document (collection, document_id)
);

-- Events that are durable and wait to be published.
create table outbox (
    id            bigint generated always as identity primary key,
    collection    text        not null,
    document_id   text        not null,
    version       bigint      not null,
    routing_key   text        not null,
    payload       bytea       not null,
    trace_headers jsonb       not null default '{}',
    created_at    timestamptz not null default now()
);
