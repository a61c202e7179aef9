-- What the text of a document looks like to de-duplication. Originals have a row, aliases have none.
create table text_fingerprint (
    collection        text    not null,
    document_id       text collate "C" not null,
    -- Version that the text is of: the newest, or the one that searches find while a newer one is on its way.
    version           bigint  not null,
    -- Rises with each decision.
    sequence          bigint  generated always as identity,
    -- Only documents of one scope are compared.
    scope             text    not null,
    text_sha256       text    not null,
    -- How the signature was made, the signature (32-bit minima, big-endian) and its bucket in each band.
    sketch_parameters text,
    signature         bytea,
    buckets           bigint[],
    -- Model and unit vector (32-bit floats, big-endian).
    vector_model      text,
    vector            bytea,
    primary key (collection, document_id),
    foreign key (collection, document_id) references document (collection, document_id)
);

create index text_fingerprint_by_text on text_fingerprint (collection, text_sha256, scope, sequence);
create index text_fingerprint_by_bucket on text_fingerprint using gin (buckets);
create index text_fingerprint_by_vector on text_fingerprint (collection, scope, vector_model, sequence)
    where vector is not null;

-- Documents that another one answers for.
create table alias (
    collection  text   not null,
    document_id text collate "C" not null,
    version     bigint not null,
    original_id text collate "C" not null,
    kind        text   not null,
    score       double precision not null,
    decided_at  timestamptz not null default now(),
    primary key (collection, document_id),
    foreign key (collection, document_id) references document (collection, document_id),
    foreign key (collection, original_id) references text_fingerprint (collection, document_id)
);

create index alias_by_original on alias (collection, original_id, document_id);
