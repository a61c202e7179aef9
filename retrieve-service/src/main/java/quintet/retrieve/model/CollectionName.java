package quintet.retrieve.model;

import java.util.regex.Pattern;

/**
 * Name of a collection; safe as the name of a folder.
 *
 * @param value 1 to 64 of lower-case letters, digits, {@code _} and {@code -}
 */
public record CollectionName(String value) implements Comparable<CollectionName> {
    private static final Pattern VALID = Pattern.compile("[a-z0-9_-]{1,64}");

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

    @Override
    public int compareTo(CollectionName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
