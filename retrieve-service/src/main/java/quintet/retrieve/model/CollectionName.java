package quintet.retrieve.model;

import java.util.regex.Pattern;

/**
 * Name under which a collection is stored; safe as the name of a folder. Those of a tenant other than {@code default} begin with
 * the tenant and a {@code .}, so that no two tenants meet in one folder. The index of a collection that was built anew beside
 * the first one is its next generation, which has {@code ~} and its number behind the name.
 *
 * @param value 1 to 64 of lower-case letters, digits, {@code _} and {@code -}, behind the tenant if there is one
 */
public record CollectionName(String value) implements Comparable<CollectionName> {
    private static final Pattern VALID = Pattern.compile("([a-z0-9-]{1,32}\\.)?[a-z0-9_-]{1,64}(~[1-9][0-9]{0,8})?");
    private static final String DEFAULT_TENANT = "default";
    private static final char GENERATION = '~';

    /** Refuses a value that is no name. */
    public CollectionName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("collection must match " + VALID);
        }
    }

    /** Returns whether {@code value} can be the name of a collection. */
    public static boolean isValid(String value) {
        return VALID.matcher(value).matches();
    }

    /** Returns whose it is. */
    public String tenant() {
        int separator = value.indexOf('.');
        return separator < 0 ? DEFAULT_TENANT : value.substring(0, separator);
    }

    /** Returns the name as its tenant knows it, whichever generation it is. */
    public String shown() {
        String base = base().value;
        return base.substring(base.indexOf('.') + 1);
    }

    /** Returns whether this can only be a generation, not what a caller calls a collection. */
    public boolean namesGeneration() {
        return value.indexOf(GENERATION) >= 0;
    }

    /** Returns the name of the collection that this is a generation of, which is also that of its first one. */
    public CollectionName base() {
        int mark = value.indexOf(GENERATION);
        return mark < 0 ? this : new CollectionName(value.substring(0, mark));
    }

    @Override
    public int compareTo(CollectionName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
