package quintet.retrieve.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quintet.failure.Failure;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentVectors;
import quintet.retrieve.port.StoredVectors;

/** Hands out vectors of a document, so that a collection can be taken elsewhere. Blocking, for virtual threads. */
@ApplicationScoped
public class VectorPipeline {
    private static final int MAX_CHUNKS = 256;

    private final StoredVectors vectors;

    VectorPipeline(StoredVectors vectors) {
        this.vectors = vectors;
    }

    /**
     * Reads vectors of the version of a document that searches find.
     *
     * @param chunkIds 1 to {@value #MAX_CHUNKS}, each once
     */
    public DocumentVectors read(CollectionName collection, String documentId, List<String> chunkIds) {
        Set<String> wanted = new HashSet<>(chunkIds);
        if (chunkIds.isEmpty() || chunkIds.size() > MAX_CHUNKS || wanted.size() != chunkIds.size()) {
            throw Failure.invalidInput(
                    "INVALID_CHUNK_IDS",
                    "there are %d chunk ids, %d of them distinct, must be 1 to %d, each once"
                            .formatted(chunkIds.size(), wanted.size(), MAX_CHUNKS),
                    Map.of("count", Integer.toString(chunkIds.size()), "bound", Integer.toString(MAX_CHUNKS)));
        }
        return vectors.read(collection, documentId, wanted);
    }
}
