package quintet.retrieve.model.history;

import java.util.regex.Pattern;

/**
 * By which a kept search is found: the replica that keeps it (8 hexadecimal digits), the time (12) and a random number (12), such as
 * {@code 3f9a1c07-0193a5b2c7d4-8e21f0a96b35}. Who knows it needs the right to see the search all the same.
 */
public record SearchId(String value) {
    /** Length of every id, in ASCII characters. */
    public static final int LENGTH = 34;

    private static final Pattern VALID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{12}-[0-9a-f]{12}");

    /** Refuses a value that is no id. */
    public SearchId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("the id of a search must match " + VALID);
        }
    }

    /** Returns whether {@code value} can be the id of a search. */
    public static boolean isValid(String value) {
        return VALID.matcher(value).matches();
    }

    /** Returns the replica that keeps the search. */
    public String replica() {
        return value.substring(0, value.indexOf('-'));
    }
}
