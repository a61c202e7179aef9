package quintet.ingest.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle says about itself before its documents.
 *
 * @param collection that it was exported from, as its tenant knows it
 * @param createdAt when the export began
 * @param model that made the vectors; absent where there are none
 * @param settings those of the collection
 */
public record BundleManifest(
        String collection, Instant createdAt, @Nullable VectorModel model, CollectionSettings settings) {
    /** Rejects a collection that can be none. */
    public BundleManifest {
        if (collection.indexOf('.') >= 0
                || !DocumentKey.COLLECTION.matcher(collection).matches()) {
            throw new IllegalArgumentException("collection is '%s'".formatted(collection));
        }
    }
}
