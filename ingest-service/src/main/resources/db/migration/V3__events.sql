-- What a document waits for: its place in the queue, the last sign of progress, and a deletion that is decided and under way.
alter table document
    add column received_at   timestamptz not null default now(),
    add column progressed_at timestamptz not null default now(),
    -- Decided on together with others and not yet carried out; a new version takes it back.
    add column doomed        boolean     not null default false;

create index document_in_progress on document (received_at)
    where state in ('RECEIVED', 'PARSED', 'CHUNKED', 'EMBEDDED');
create index document_doomed on document (collection, document_id) where doomed;

-- Every content that a document ever had: a receipt tells what became of each.
create table document_blob (
    collection  text not null,
    document_id text collate "C" not null,
    sha256      text not null,
    primary key (collection, document_id, sha256),
    foreign key (collection, document_id) references document (collection, document_id)
);
insert into document_blob (collection, document_id, sha256) select collection, document_id, sha256 from document;

create index outbox_by_document on outbox (collection, document_id);

-- State changes in the order of their statements, written with the state itself. Commits happen in another order, so
-- nobody reads these by id: they get their position in document_event once they are committed.
create table pending_event (
    id              bigint generated always as identity primary key,
    collection      text        not null,
    document_id     text collate "C" not null,
    version         bigint      not null,
    state           text        not null,
    at              timestamptz not null,
    chunk_count     integer     not null,
    chunks_indexed  integer     not null,
    attempts        integer     not null,
    failure_stage   text,
    failure_reason  text,
    failure_message text
);

-- State changes in the order in which everybody sees them. A position becomes visible after all below it.
create table document_event (
    position        bigint      primary key,
    collection      text        not null,
    document_id     text collate "C" not null,
    version         bigint      not null,
    state           text        not null,
    at              timestamptz not null,
    chunk_count     integer     not null,
    chunks_indexed  integer     not null,
    attempts        integer     not null,
    failure_stage   text,
    failure_reason  text,
    failure_message text
);
create index document_event_of_collection on document_event (collection, position);
create index document_event_ready on document_event (at) where state = 'READY';

-- One row: its lock makes one sequencer at a time give positions, whatever the number of replicas.
create table event_clock (
    last bigint not null
);
insert into event_clock (last) values (0);

-- The events of a collection: position of the newest, of the newest that was forgotten, and how far the webhook is.
create table event_stream (
    collection       text        primary key,
    head             bigint      not null,
    floor            bigint      not null default 0,
    webhook_position bigint      not null default 0,
    webhook_attempts integer     not null default 0,
    webhook_due      timestamptz not null default now()
);

-- How far the exchange of events is.
create table event_publication (
    position bigint not null
);
insert into event_publication (position) values (0);
