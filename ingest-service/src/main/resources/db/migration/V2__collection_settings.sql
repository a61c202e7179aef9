-- What was said about a collection; what is absent follows the service's own defaults.
alter table collection add column settings jsonb not null default '{}';

-- The chunking that the collection asked for when the version was put; empty for the service's own.
alter table document add column chunking jsonb not null default '{}';

-- Span that is read in place of a chunk, around it; null where that is the chunk itself.
alter table chunk
    add column context_start    integer,
    add column context_end      integer,
    add column context_page     integer,
    add column context_page_end integer;
