package quintet.ingest.port;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import quintet.failure.Failure;
import quintet.ingest.model.ChunkVector;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.VectorModel;

/** The vectors that the index holds. Blocking, with a deadline. Fails with {@link Failure.Kind#UNAVAILABLE}. */
public interface IndexVectors {
    /** Most chunks that are asked for at once. */
    int MAX_CHUNKS = 256;

    /** Returns the model of a collection's vectors; empty while it has none. */
    Optional<VectorModel> model(String collection);

    /**
     * Returns vectors of a document, all from one commit.
     *
     * @param chunkIds 1 to {@value #MAX_CHUNKS}
     */
    Found find(DocumentKey key, List<UUID> chunkIds);

    /**
     * Vectors of the version that searches find.
     *
     * @param version that version; 0 if there is none
     * @param model their model; empty if there are none
     * @param vectors by the id of the chunk; those that are not there are missing
     */
    record Found(long version, Optional<VectorModel> model, Map<UUID, ChunkVector> vectors) {
        /** Copies the map. */
        public Found {
            vectors = Map.copyOf(vectors);
        }
    }
}
