package quintet.retrieve.model;

/**
 * A turn of the conversation before a query.
 *
 * @param text at most {@value #MAX_LENGTH} UTF-16 code units; a blank one says nothing
 */
public record Turn(Speaker speaker, String text) {
    /** Longest text in UTF-16 code units. */
    public static final int MAX_LENGTH = 32_768;

    /** Refuses what is too long. */
    public Turn {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a turn has %d characters, must have at most %d".formatted(text.length(), MAX_LENGTH));
        }
    }
}
