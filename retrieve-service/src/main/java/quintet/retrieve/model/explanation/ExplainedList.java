package quintet.retrieve.model.explanation;

import java.util.List;
import java.util.Optional;
import quintet.retrieve.model.ListDetail;

/**
 * What a list found.
 *
 * @param count number of its candidates
 * @param first the first {@value #MAX_ENTRIES} of them, best first
 * @param detail how they were found, if the store tells
 * @param tookUs microseconds
 */
public record ExplainedList(int count, List<Entry> first, Optional<ListDetail> detail, long tookUs) {
    /** Most candidates of a list that are told. */
    public static final int MAX_ENTRIES = 100;

    /** A candidate. */
    public record Entry(String chunkId, double score) {}

    /** Copies the list. */
    public ExplainedList {
        first = List.copyOf(first);
    }
}
