package quintet.retrieve.model;

import java.util.Optional;

/**
 * What a search was answered from.
 *
 * @param model model of the collection's vectors; empty while it has none
 * @param kind kind of the vector index with its parameters, such as {@code hnsw m=16 efConstruction=100 bits=32 ef=100 rescore=5};
 *     empty where a store does not tell
 * @param version of the index: another one after each commit, rising within one index; 0 where a store does not tell
 */
public record IndexFacts(Optional<ModelRef> model, String kind, long version) {}
