package quintet.ingest.model;

/**
 * The embedding model of vectors. Vectors of two models never meet.
 *
 * @param name such as {@code bge-small-en-v1.5-int8}
 * @param revision the first 12 hexadecimal digits of the SHA-256 of its file
 * @param dimension length of its vectors, 1 to {@value #MAX_DIMENSION}
 */
public record VectorModel(String name, String revision, int dimension) {
    /** Longest vector that the index takes. */
    public static final int MAX_DIMENSION = 1024;

    /** Refuses what can be no model. */
    public VectorModel {
        if (name.isBlank() || revision.isBlank()) {
            throw new IllegalArgumentException("name and revision of the model must not be blank");
        }
        if (dimension < 1 || dimension > MAX_DIMENSION) {
            throw new IllegalArgumentException("dimension is %d, must be 1 to %d".formatted(dimension, MAX_DIMENSION));
        }
    }

    @Override
    public String toString() {
        return "%s@%s (%d dimensions)".formatted(name, revision, dimension);
    }
}
