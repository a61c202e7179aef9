-- Parts of imported documents come with their vectors and wait for the index alone, in a lane of their own: they neither
-- delay what is to be embedded nor count in the rate at which that is done. The expression of a generated column can not be
-- changed before PostgreSQL 17, so the column is made again; its indexes go with it.
alter table outbox drop column lane;
alter table outbox
    add column lane text generated always as (
        case routing_key
            when 'ingest.document-deleted.v1' then 'REMOVE'
            when 'ingest.document-received.v1' then 'PARSE'
            when 'ingest.chunks-created.v1' then 'EMBED'
            when 'embed.chunks-embedded.v1' then 'INDEX'
        end) stored;

create index outbox_waiting on outbox (lane, collection, id) where lane is not null and turn is null;
create index outbox_publishable on outbox (id) where lane is null or turn is not null;

insert into dispatch_lane (lane) values ('INDEX');
