package quintet.retrieve.model;

/**
 * The generation of a collection that searches go to.
 *
 * @param generation name under which it is stored
 * @param revision orders the choices for one collection: the highest counts; 0 if none was ever made
 */
public record ChosenGeneration(CollectionName generation, long revision) {
    /** Refuses a revision that none has. */
    public ChosenGeneration {
        if (revision < 0) {
            throw new IllegalArgumentException("revision is %d, must not be negative".formatted(revision));
        }
    }

    /** Returns the collection that it is a generation of. */
    public CollectionName collection() {
        return generation.base();
    }
}
