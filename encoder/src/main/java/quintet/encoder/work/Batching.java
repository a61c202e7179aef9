package quintet.encoder.work;

/** Which waiting items go through the model together. */
public interface Batching<I> {
    /** Returns the size of an item, at least 1: its part of what a run costs. */
    int size(I item);

    /**
     * Returns whether one more item may join a run.
     *
     * @param items in the run, at least 1
     * @param largest size of the largest of them
     * @param next size of the one that would join
     */
    boolean joins(int items, int largest, int next);
}
