package quintet.ingest.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a document stands to others that say the same.
 *
 * @param of the document that answers for this one; absent unless this one is an alias
 * @param aliases ids of documents that this one answers for, rising, the first {@value #MAX_LISTED}
 * @param aliasCount how many there are in all
 */
public record Duplicates(@Nullable DuplicateOf of, List<String> aliases, int aliasCount) {
    /** Most aliases that are named. */
    public static final int MAX_LISTED = 100;

    /** A document like no other. */
    public static final Duplicates NONE = new Duplicates(null, List.of(), 0);

    /** Copies the list. */
    public Duplicates {
        aliases = List.copyOf(aliases);
    }
}
