package quintet.retrieve.model;

import java.util.Set;

/**
 * A collection, and what of it may be seen: the passages of its tenant that have no access groups, and those of these groups.
 *
 * @param everyGroup whether all groups may be seen, those to come too
 * @param groups groups that may be seen; none of a passage's is among them: it is as if it were not there
 */
public record CollectionAccess(CollectionName collection, boolean everyGroup, Set<String> groups) {
    /** Copies the groups. */
    public CollectionAccess {
        groups = Set.copyOf(groups);
    }

    /** Returns access to all of a collection. */
    public static CollectionAccess toAllOf(CollectionName collection) {
        return new CollectionAccess(collection, true, Set.of());
    }
}
