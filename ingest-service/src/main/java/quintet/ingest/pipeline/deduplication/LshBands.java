package quintet.ingest.pipeline.deduplication;

import java.util.ArrayList;
import java.util.List;
import quintet.ingest.model.MinHashSignature;

/**
 * Locality-sensitive hashing by banding (Leskovec, Rajaraman and Ullman, "Mining of massive datasets", 3.4): a signature is
 * cut into {@code bands} of {@code rows} minima, and two documents are candidates if they share a bucket of any band. Sets of
 * Jaccard similarity J do with probability {@code 1 - (1 - J^rows)^bands}.
 */
final class LshBands {
    private final int bands;
    private final int rows;

    LshBands(int bands, int rows) {
        this.bands = bands;
        this.rows = rows;
    }

    /** Returns the bucket of each band, in order. Those of other bands and of other seeds are never the same. */
    List<Long> buckets(long seed, MinHashSignature signature) {
        int[] minima = signature.toArray();
        List<Long> buckets = new ArrayList<>(bands);
        for (int band = 0; band < bands; band++) {
            long bucket = Mix.mix(Mix.mix(seed) + band);
            for (int row = 0; row < rows; row++) {
                bucket = Mix.mix(bucket ^ minima[band * rows + row]);
            }
            buckets.add(bucket);
        }
        return List.copyOf(buckets);
    }
}
