package quintet.ingest.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the text of a document version looks like to de-duplication.
 *
 * @param scope only documents of the same scope are compared
 * @param textSha256 SHA-256 of the normal text, 64 lower-case hexadecimal digits
 * @param sketch what its words look like; absent where nobody compares them, or there are none
 * @param vector what it means; absent where nobody compares that
 */
public record Fingerprint(
        String scope,
        String textSha256,
        @Nullable Sketch sketch,
        @Nullable DocumentVector vector) {
    /**
     * A MinHash signature and where it is found.
     *
     * @param parameters names how it was made; only sketches of equal parameters are comparable
     * @param signature the signature
     * @param buckets its bucket in each band; documents that share one are candidates
     */
    public record Sketch(String parameters, MinHashSignature signature, List<Long> buckets) {
        /** Copies the buckets. */
        public Sketch {
            buckets = List.copyOf(buckets);
        }
    }

    /** Returns the same with a vector. */
    public Fingerprint with(DocumentVector newVector) {
        return new Fingerprint(scope, textSha256, sketch, newVector);
    }
}
