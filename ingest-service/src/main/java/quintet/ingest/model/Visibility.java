package quintet.ingest.model;

import java.util.Set;

/**
 * Which documents of a collection somebody may see: those without access groups, and those of these groups.
 *
 * @param everyGroup whether all groups may be seen, those to come too
 * @param groups groups that may be seen
 */
public record Visibility(boolean everyGroup, Set<String> groups) {
    /** All documents. */
    public static final Visibility EVERYTHING = new Visibility(true, Set.of());

    /** Copies the groups. */
    public Visibility {
        groups = Set.copyOf(groups);
    }

    /** Returns whether a document may be seen. */
    public boolean shows(Document document) {
        return everyGroup
                || document.given().groups().isEmpty()
                || document.given().groups().stream().anyMatch(groups::contains);
    }
}
