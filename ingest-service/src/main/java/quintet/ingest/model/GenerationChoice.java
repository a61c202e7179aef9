package quintet.ingest.model;

/**
 * What the index is told of a collection: where searches go.
 *
 * @param collection name under which the collection is stored
 * @param generation name under which the generation is stored
 * @param revision orders the choices; the highest counts
 */
public record GenerationChoice(String collection, String generation, long revision) {}
