package quintet.retrieve.model;

import java.util.List;
import java.util.Optional;

/**
 * Vectors of one version of a document, all from one commit.
 *
 * @param version version that searches find; 0 if the index knows none or if it is deleted
 * @param model model of the collection's vectors; empty while it has none
 * @param vectors those of the passages asked for that the index holds, in any order
 */
public record DocumentVectors(long version, Optional<ModelRef> model, List<StoredVector> vectors) {
    /** Of a document that searches do not find. */
    public static final DocumentVectors NONE = new DocumentVectors(0, Optional.empty(), List.of());

    /** Copies the vectors. */
    public DocumentVectors {
        vectors = List.copyOf(vectors);
    }
}
