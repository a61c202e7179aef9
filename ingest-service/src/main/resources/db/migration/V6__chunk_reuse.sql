-- What the vectors of a part's chunks are made from: a new version embeds only what is not here.
create table part_embedding (
    collection     text    not null,
    document_id    text collate "C" not null,
    version        bigint  not null,
    part           integer not null,
    -- One SHA-256 a chunk, in their order, of everything that its vector depends on.
    embedding_keys bytea[] not null,
    -- How many of the chunks take the vector that the index has.
    reused         integer not null,
    primary key (collection, document_id, version, part),
    foreign key (collection, document_id, version) references document_text (collection, document_id, version)
        on delete cascade
);
