package quintet.retrieve.model;

/**
 * How the vectors of a collection are searched, and how far that has come.
 *
 * @param kind that was chosen, or else is configured
 * @param passages that searches find
 * @param rebuilt those of them that lie in an index of this kind already; the others are searched as they were until then
 */
public record IndexState(IndexKind kind, long passages, long rebuilt) {
    /** Returns whether nothing is left to rebuild. */
    public boolean ready() {
        return rebuilt >= passages;
    }
}
