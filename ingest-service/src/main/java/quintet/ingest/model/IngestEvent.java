package quintet.ingest.model;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the service tells others, through the outbox. */
public sealed interface IngestEvent {
    /** Returns the version that it is about. */
    DocumentRef ref();

    /**
     * A version is stored and waits for parsing.
     *
     * @param ref the version
     */
    record DocumentReceived(DocumentRef ref) implements IngestEvent {}

    /**
     * A part of a version is cut into chunks.
     *
     * @param ref the version
     * @param part number of the part, from 0
     * @param partCount parts of the version, at least 1
     * @param chunkCount chunks of the version in all parts
     * @param info what every chunk shares
     * @param text the text that the chunks point into
     * @param chunks 1 to {@value #MAX_CHUNKS} chunks by rising ordinal
     * @param unchanged ordinals of the chunks whose vectors the index is expected to hold
     */
    record ChunksCreated(
            DocumentRef ref,
            int part,
            int partCount,
            int chunkCount,
            DocumentInfo info,
            CleanText text,
            List<Chunk> chunks,
            Set<Integer> unchanged)
            implements IngestEvent {
        /** Most chunks of one event. */
        public static final int MAX_CHUNKS = 64;

        /** Copies chunks and ordinals. */
        public ChunksCreated {
            chunks = List.copyOf(chunks);
            unchanged = Set.copyOf(unchanged);
        }

        /** A part of which every chunk is to be embedded. */
        public ChunksCreated(
                DocumentRef ref,
                int part,
                int partCount,
                int chunkCount,
                DocumentInfo info,
                CleanText text,
                List<Chunk> chunks) {
            this(ref, part, partCount, chunkCount, info, text, chunks, Set.of());
        }

        /** Returns this part with those chunks marked as unchanged that are among {@code embedded}. */
        public ChunksCreated unchangedSince(Set<EmbeddingKey> embedded) {
            Set<Integer> ordinals = chunks.stream()
                    .filter(chunk -> embedded.contains(embeddingKey(chunk)))
                    .map(Chunk::ordinal)
                    .collect(Collectors.toSet());
            return new ChunksCreated(ref, part, partCount, chunkCount, info, text, chunks, ordinals);
        }

        /** Returns what the vector of one of the chunks is made from. */
        public EmbeddingKey embeddingKey(Chunk chunk) {
            String title = info.title().isBlank() ? info.given().filename() : info.title();
            return EmbeddingKey.of(title, chunk.sectionPath(), chunk.textIn(text));
        }
    }

    /**
     * A part of a version comes with its vectors, as it would from embed-service.
     *
     * @param part the part
     * @param model of the vectors
     * @param vectors one for each of its chunks, in their order
     */
    record ChunksEmbedded(ChunksCreated part, VectorModel model, List<ChunkVector> vectors) implements IngestEvent {
        /** Copies the vectors, and rejects others than one for each chunk. */
        public ChunksEmbedded {
            vectors = List.copyOf(vectors);
            if (vectors.size() != part.chunks().size()) {
                throw new IllegalArgumentException("there are %d vectors for %d chunks"
                        .formatted(vectors.size(), part.chunks().size()));
            }
        }

        @Override
        public DocumentRef ref() {
            return part.ref();
        }
    }

    /**
     * A document is deleted.
     *
     * @param ref the version of the deletion, above any that had content
     */
    record DocumentDeleted(DocumentRef ref) implements IngestEvent {}

    /**
     * A version is given up before it was READY.
     *
     * @param ref the version
     */
    record VersionCancelled(DocumentRef ref) implements IngestEvent {}

    /**
     * What every passage of a document carries into the index.
     *
     * @param given what the caller said
     * @param found what the parser found
     */
    record DocumentInfo(Attributes given, Findings found) {
        /** Returns the title: the caller's, else the document's own, else empty. */
        public String title() {
            return given.title().isEmpty() ? found.title() : given.title();
        }
    }
}
