package quintet.ingest.model;

/** A chunk and its vector. */
public record EmbeddedChunk(Chunk chunk, ChunkVector vector) {}
