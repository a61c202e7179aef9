-- What waits does so here, where collections take turns, and not in the broker's queues, which know only the order of arrival:
-- an event of a lane is published when it is granted, and as much is granted as may be under way. One without a lane is
-- published at once.
alter table outbox
    add column lane text generated always as (
        case routing_key
            when 'ingest.document-deleted.v1' then 'REMOVE'
            when 'ingest.document-received.v1' then 'PARSE'
            when 'ingest.chunks-created.v1' then 'EMBED'
        end) stored,
    -- Part of the version that the event hands over; 0 where it is about the whole.
    add column part integer not null default 0,
    -- Set when its turn comes; the order in which its lane is published.
    add column turn bigint;

create index outbox_waiting on outbox (lane, collection, id) where lane is not null and turn is null;
create index outbox_publishable on outbox (id) where lane is null or turn is not null;

-- Work that was granted and is not known to be done. Whether it is done is read from the registry, so that nothing has to be
-- taken back when a process dies; rows that are too old count no more, so that a lost message does not narrow its lane.
create table in_flight (
    outbox_id   bigint primary key,
    lane        text        not null,
    collection  text        not null,
    document_id text collate "C" not null,
    version     bigint      not null,
    part        integer     not null,
    cost        bigint      not null,
    granted_at  timestamptz not null default now()
);

-- Start-time fair queuing: a lane's virtual time is the start of the last turn granted. Whoever grants holds the row.
create table dispatch_lane (
    lane         text primary key,
    virtual_time double precision not null default 0,
    -- Entries granted so far: its growth is the rate at which the lane drains.
    granted      bigint           not null default 0
);

insert into dispatch_lane (lane) values ('REMOVE'), ('PARSE'), ('EMBED');

-- Where a collection's last turn ends, while that is ahead of its lane's virtual time.
create table fair_share (
    lane       text             not null references dispatch_lane (lane),
    collection text             not null,
    finish     double precision not null,
    primary key (lane, collection)
);
