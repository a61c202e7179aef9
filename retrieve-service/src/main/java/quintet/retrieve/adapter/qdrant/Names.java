package quintet.retrieve.adapter.qdrant;

import java.util.Optional;
import quintet.retrieve.model.CollectionName;

/**
 * The names of a collection in Qdrant. The dot between the parts is in no name of a collection, so that no two meet.
 *
 * <p>Passages are read and written by an alias, {@code quintet.handbook}, which names the physical collection of the dimension
 * of the vectors, {@code quintet.handbook.d384}, since Qdrant fixes a dimension for good. Heads have no vectors and are in
 * {@code quintet.handbook.heads}. Which generations searches go to is in {@code quintet..generations}, where a tenant without a
 * name would begin.
 */
record Names(String prefix) {
    private static final String HEADS = ".heads";

    /** Behind the tenant: one dot would make {@code heads} of tenant {@code acme} the heads of {@code acme}. */
    private static final String TENANT_END = "..";

    String passages(CollectionName collection) {
        return prefix + '.' + collection.value().replace(".", TENANT_END);
    }

    String physical(CollectionName collection, int dimension) {
        return passages(collection) + ".d" + dimension;
    }

    String heads(CollectionName collection) {
        return passages(collection) + HEADS;
    }

    String generations() {
        return prefix + TENANT_END + "generations";
    }

    /** Returns the collection whose heads {@code name} holds; empty if it is another one's or somebody else's. */
    Optional<CollectionName> ofHeads(String name) {
        String start = prefix + '.';
        if (!name.startsWith(start) || !name.endsWith(HEADS) || name.length() < start.length() + HEADS.length()) {
            return Optional.empty();
        }
        String collection =
                name.substring(start.length(), name.length() - HEADS.length()).replace(TENANT_END, ".");
        return CollectionName.isValid(collection) ? Optional.of(new CollectionName(collection)) : Optional.empty();
    }
}
