package quintet.mock;

/**
 * The times that a stamped token carries, on the clock of {@link System#nanoTime}, which all processes of a Linux machine share.
 *
 * @param leftNanos when the token was handed to the connection
 * @param arrivedNanos when its request had arrived whole
 */
public record Stamp(long leftNanos, long arrivedNanos) {
    /** Returns the text of a token: two numbers, a colon between and a space behind. */
    public String token() {
        return leftNanos + ":" + arrivedNanos + " ";
    }

    /**
     * Returns the stamp that is the text of a token.
     *
     * @throws NumberFormatException if it is none
     */
    public static Stamp parse(String token) {
        int colon = token.indexOf(':');
        if (colon < 0) {
            throw new NumberFormatException("'%s' is no stamp".formatted(token));
        }
        return new Stamp(
                Long.parseLong(token.substring(0, colon).strip()),
                Long.parseLong(token.substring(colon + 1).strip()));
    }
}
