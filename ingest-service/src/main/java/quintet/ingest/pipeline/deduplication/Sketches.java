package quintet.ingest.pipeline.deduplication;

import java.util.Optional;
import quintet.ingest.model.Fingerprint.Sketch;
import quintet.ingest.model.MinHashSignature;

/** Makes sketches of texts. Immutable. */
public final class Sketches {
    private final int shingleSize;
    private final MinHash minHash;
    private final LshBands bands;
    private final String parameters;

    /**
     * Takes the parameters by their names in the literature.
     *
     * @param bands number of bands; times {@code rows} at most {@code permutations}
     */
    public Sketches(int shingleSize, int permutations, int bands, int rows) {
        if (bands * rows > permutations) {
            throw new IllegalArgumentException(
                    "quintet.ingest.deduplication: bands %d times rows %d must be at most permutations %d"
                            .formatted(bands, rows, permutations));
        }
        this.shingleSize = shingleSize;
        this.bands = new LshBands(bands, rows);
        minHash = new MinHash(permutations);
        parameters =
                "shingleSize=%d permutations=%d bands=%d rows=%d".formatted(shingleSize, permutations, bands, rows);
    }

    static Sketches of(DeduplicationConfig config) {
        return new Sketches(config.shingleSize(), config.permutations(), config.bands(), config.rows());
    }

    /** Returns the shingles of a normal text. */
    Shingles shingles(String normal) {
        return Shingles.of(normal, shingleSize);
    }

    /** Returns the sketch of a text of a collection of its own; absent if it has no words. */
    public Optional<Sketch> sketch(String text) {
        return sketch("", "", shingles(NormalText.of(text)));
    }

    /** Returns the sketch of shingles, if there are any; it shares no bucket with those of other collections and scopes. */
    Optional<Sketch> sketch(String collection, String scope, Shingles shingles) {
        if (shingles.isEmpty()) {
            return Optional.empty();
        }
        MinHashSignature signature = minHash.signature(shingles);
        long seed = Words.hash("%s/%s/%s".formatted(collection, scope, parameters));
        return Optional.of(new Sketch(parameters, signature, bands.buckets(seed, signature)));
    }
}
