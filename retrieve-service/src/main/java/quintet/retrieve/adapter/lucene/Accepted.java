package quintet.retrieve.adapter.lucene;

import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of a segment that may be found: those that are neither deleted nor filtered out.
 *
 * @param ordinals null if there are all
 * @param count about how many there are; never fewer are
 * @param total vectors of the segment
 */
record Accepted(@Nullable Bits ordinals, int count, int total) {
    boolean contains(int ordinal) {
        return ordinals == null || ordinals.get(ordinal);
    }
}
