package quintet.retrieve.model;

import java.util.regex.Pattern;

/**
 * Name under which a collection is stored; safe as the name of a folder. Those of a tenant other than {@code default} begin with
 * the tenant and a {@code .}, so that no two tenants meet in one folder.
 *
 * @param value 1 to 64 of lower-case letters, digits, {@code _} and {@code -}, behind the tenant if there is one
 */
public record CollectionName(String value) implements Comparable<CollectionName> {
    private static final Pattern VALID = Pattern.compile("([a-z0-9-]{1,32}\\.)?[a-z0-9_-]{1,64}");
    private static final String DEFAULT_TENANT = "default";

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

    /** Returns the name as its tenant knows it. */
    public String shown() {
        return value.substring(value.indexOf('.') + 1);
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
